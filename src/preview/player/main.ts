import type { FromPage, PageState, ToPage } from '../protocol.ts';

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

const video = element('video', HTMLVideoElement);
const message = element('.message', HTMLElement);
const title = element('h1', HTMLElement);
const facts = element('dl', HTMLElement);
const sound = element('.sound', HTMLElement);
const soundNote = element('.sound span', HTMLElement);
const openButton = element('.sound button', HTMLButtonElement);

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
  video.onloadeddata = () => {
    enter('ready');
  };
  video.onerror = () => {
    enter('error', clip.words.cannotPlay);
    host.postMessage({ type: 'playerFailed', reason: video.error?.message ?? '' });
  };
  video.setAttribute('aria-label', clip.name);
  video.src = clip.source;
  // microsoft/vscode#167685: VS Code on the desktop has no AAC decoder, and clips carry AAC.
  sound.hidden = video.canPlayType('audio/mp4; codecs="mp4a.40.2"') !== '';
  soundNote.textContent = clip.words.noAac;
  openButton.textContent = clip.words.openExternally;
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

openButton.addEventListener('click', () => {
  host.postMessage({ type: 'openExternally' });
});

host.postMessage({ type: 'ready' });
