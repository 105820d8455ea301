import { OPEN_EXTERNALLY, type Action, type PageWords } from '../protocol.ts';
import { create, icon } from './dom.ts';

/** Covers the video while it has no frame to show. */
export interface Overlay {
  readonly element: HTMLElement;
  /** The clip is loading. */
  showLoading(): void;
  /** The clip cannot be played; `why` is shown. */
  showFailure(why: string): void;
  /** The clip shows a frame: hides the overlay. */
  open(): void;
}

export function overlay(words: PageWords, act: (action: Action) => void): Overlay {
  const message = create('p', { className: 'message', role: 'status' });
  const button = create('button', { type: 'button', className: 'text' }, words.openExternally);
  const element = create('div', { className: 'overlay' }, icon('warning'), message, button);
  button.addEventListener('click', () => {
    act(OPEN_EXTERNALLY);
  });
  /** The style sheet decides what each state shows. */
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
