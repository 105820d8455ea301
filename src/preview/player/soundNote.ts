import { OPEN_EXTERNALLY, type Action, type PageWords } from '../protocol.ts';
import type { Desk } from './desk.ts';
import { create, filled, icon } from './dom.ts';
import { host } from './host.ts';
import type { SoundState } from './sound/source.ts';

/** A line about the sound, where there is something to say of it. */
export function soundNote(
  { player, words }: Pick<Desk, 'player' | 'words'>,
  act: (action: Action) => void,
): HTMLElement {
  const text = create('span', { role: 'status' });
  const button = create('button', { type: 'button', className: 'text' }, words.openExternally);
  const element = create('div', { className: 'sound-note' }, icon('mute'), text, button);
  button.addEventListener('click', () => {
    act(OPEN_EXTERNALLY);
  });
  const draw = (): void => {
    const { sound, element: video } = player.playback;
    const said = video.error ? '' : wordsFor(sound, words);
    const isFailed = typeof sound === 'object';
    text.textContent = said;
    element.hidden = said === '';
    // A clip that cannot be read may be without sound: nothing is known to be wrong.
    element.classList.toggle('warning', isFailed && sound.failed !== 'unreadable');
    button.hidden = !isFailed;
    if (isFailed && said !== '') {
      host.postMessage({ type: 'soundFailed', reason: `${sound.failed}: ${sound.detail}` });
    }
  };
  draw();
  player.playback.addEventListener('sound', draw);
  return element;
}

function wordsFor(sound: SoundState, words: PageWords): string {
  if (typeof sound === 'object') {
    return sound.failed === 'unreadable'
      ? words.unreadable
      : filled(words.soundFailed, words.soundProblems[sound.failed]);
  }
  switch (sound) {
    case 'converting':
      return words.preparingSound;
    case 'unknown':
    // The button that mutes says it.
    case 'none':
    case 'native':
    case 'converted':
      return '';
  }
}
