import type { FromPage, PageState, PageWords, ToPage } from '../protocol.ts';
import { ClipPlayback } from './playback.ts';
import { ClipReader } from './sound/clipReader.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: PageState): void;
};

const host = acquireVsCodeApi();

function element<T extends Element>(selector: string, kind: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) {
    throw new Error(`The page has no ${selector}.`);
  }
  return found;
}

// dist/sound.js lies beside this script.
const soundScript = new URL('sound.js', element('script[src]', HTMLScriptElement).src).href;
const playback = new ClipPlayback(element('.stage', HTMLElement), new ClipReader(soundScript));
playback.loop = true;
playback.element.controls = true;
const message = element('.message', HTMLElement);
const title = element('h1', HTMLElement);
const facts = element('dl', HTMLElement);
const sound = element('.sound', HTMLElement);
const soundNote = element('.sound span', HTMLElement);
const openButton = element('.sound button', HTMLButtonElement);

let words: PageWords | undefined;

/** The page is in one of four states; the stylesheet shows what belongs to each. */
function enter(state: 'loading' | 'waiting' | 'ready' | 'error', words = ''): void {
  document.body.className = state;
  message.textContent = words;
}

function show(clip: Extract<ToPage, { type: 'show' }>): void {
  host.setState(clip.state);
  enter('loading', clip.words.loading);
  title.textContent = clip.name;
  facts.replaceChildren(
    ...clip.facts.flatMap(([name, value]) => [textElement('dt', name), textElement('dd', value)]),
  );
  words = clip.words;
  soundNote.textContent = clip.words.noAac;
  openButton.textContent = clip.words.openExternally;
  playback.element.setAttribute('aria-label', clip.name);
  playback.load(clip.source);
  playback.play().catch(() => {
    // A browser may want a click first, and the controls are there for it; errors of the file come as events.
  });
}

function textElement(name: 'dt' | 'dd', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

window.addEventListener('message', (event: MessageEvent<ToPage>) => {
  const received = event.data;
  switch (received.type) {
    case 'show':
      show(received);
      break;
    case 'unavailable':
      if (received.state) {
        host.setState(received.state);
      }
      title.textContent = received.name;
      enter(received.isWaiting ? 'waiting' : 'error', received.why);
      break;
  }
});

playback.addEventListener('loadeddata', () => {
  enter('ready');
});

playback.addEventListener('error', () => {
  enter('error', words?.cannotPlay);
  host.postMessage({ type: 'playerFailed', reason: playback.element.error?.message ?? '' });
});

playback.addEventListener('sound', () => {
  const failed = typeof playback.sound === 'object' ? playback.sound : undefined;
  sound.hidden = !failed;
  if (failed) {
    host.postMessage({ type: 'playerFailed', reason: `${failed.failed}: ${failed.detail}` });
  }
});

openButton.addEventListener('click', () => {
  host.postMessage({ type: 'openExternally' });
});

host.postMessage({ type: 'ready' });
