import type { Action } from '../protocol.ts';
import type { Desk } from './desk.ts';
import { create, filled, icon } from './dom.ts';

/** A line about the sound, where there is something to say of it. */
export function soundNote({ player, words }: Desk, act: (action: Action) => void): HTMLElement {
  const text = create('span', { role: 'status' });
  const button = create('button', { type: 'button', className: 'text' }, words.openExternally);
  const element = create('div', { className: 'sound-note' }, icon('mute'), text, button);
  button.addEventListener('click', () => {
    act('openExternally');
  });
  const draw = (): void => {
    const { sound } = player.playback;
    const said =
      typeof sound === 'object'
        ? filled(words.soundFailed, sound.failed)
        : sound === 'none'
          ? words.noSound
          : sound === 'converting'
            ? words.preparingSound
            : '';
    text.textContent = said;
    element.hidden = said === '';
    element.classList.toggle('warning', typeof sound === 'object');
    button.hidden = typeof sound !== 'object';
  };
  draw();
  player.playback.addEventListener('sound', draw);
  return element;
}
