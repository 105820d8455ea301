import { OPEN_EXTERNALLY, type Action, type PageWords } from '../protocol.ts';
import type { ControlContext } from './controlContext.ts';
import { create, filled, icon } from './dom.ts';
import { host } from './host.ts';
import type { AudioState } from './media/clipSource.ts';

/** The line below the video that shows that audio is being converted, or why it cannot be played; hidden otherwise. */
export function audioNote(
  { player, words }: Pick<ControlContext, 'player' | 'words'>,
  act: (action: Action) => void,
): HTMLElement {
  const text = create('span', { role: 'status' });
  const button = create('button', { type: 'button', className: 'text' }, words.openExternally);
  const element = create('div', { className: 'audio-note' }, icon('mute'), text, button);
  button.addEventListener('click', () => {
    act(OPEN_EXTERNALLY);
  });
  const draw = (): void => {
    const { audio, element: video } = player.playback;
    const said = video.error ? '' : wordsFor(audio, words);
    const isFailed = typeof audio === 'object';
    text.textContent = said;
    element.hidden = said === '';
    // A clip that cannot be read may have no audio, so this is not a warning.
    element.classList.toggle('warning', isFailed && audio.failed !== 'unreadable');
    button.hidden = !isFailed;
    if (isFailed && said !== '') {
      host.postMessage({ type: 'audioFailed', reason: `${audio.failed}: ${audio.detail}` });
    }
  };
  draw();
  player.playback.addEventListener('audio', draw);
  return element;
}

function wordsFor(audio: AudioState, words: PageWords): string {
  if (typeof audio === 'object') {
    return audio.failed === 'unreadable'
      ? words.unreadable
      : filled(words.audioFailed, words.audioProblems[audio.failed]);
  }
  switch (audio) {
    case 'converting':
      return words.preparingAudio;
    case 'unknown':
    // The mute button shows this.
    case 'none':
    case 'native':
    case 'converted':
      return '';
  }
}
