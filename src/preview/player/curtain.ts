import { OPEN_EXTERNALLY, type Action, type PageWords } from '../protocol.ts';
import { create, icon } from './dom.ts';

/** What stands in the stage while there is no picture of a clip that is here. */
export interface Curtain {
  readonly element: HTMLElement;
  /** The picture is on its way. */
  showLoading(): void;
  /** The file cannot be played here, and why. */
  showFailure(why: string): void;
  /** There is a picture. */
  open(): void;
}

export function curtain(words: PageWords, act: (action: Action) => void): Curtain {
  const message = create('p', { className: 'message', role: 'status' });
  const button = create('button', { type: 'button', className: 'text' }, words.openExternally);
  const element = create('div', { className: 'curtain' }, icon('warning'), message, button);
  button.addEventListener('click', () => {
    act(OPEN_EXTERNALLY);
  });
  /** The stylesheet shows what belongs to each state. */
  const enter = (state: 'loading' | 'error' | 'ready', text: string): void => {
    document.body.dataset.state = state;
    message.textContent = text;
  };
  return {
    element,
    showLoading: () => {
      enter('loading', words.loading);
    },
    showFailure: why => {
      enter('error', why);
    },
    open: () => {
      enter('ready', '');
    },
  };
}
