import type { Action, PageWords } from '../protocol.ts';
import { create, icon } from './dom.ts';
import type { IconName } from './iconNames.ts';

/** What stands in the stage while there is no picture. */
export interface Curtain {
  readonly element: HTMLElement;
  /** The picture is on its way. */
  showLoading(): void;
  /** There is no clip yet, or none at all. */
  showWhy(why: string, isWaiting: boolean, actions: readonly { action: Action; label: string }[]): void;
  /** There is a picture. */
  open(): void;
}

export function curtain(words: PageWords, act: (action: Action) => void): Curtain {
  const sign = create('div', { className: 'sign' });
  const message = create('p', { className: 'message', role: 'status' });
  const buttons = create('div', { className: 'actions' });
  const element = create('div', { className: 'curtain' }, sign, message, buttons);
  /** The stylesheet shows what belongs to each state. */
  const enter = (
    state: 'loading' | 'waiting' | 'error' | 'ready',
    text: string,
    iconName: IconName,
  ): void => {
    document.body.dataset.state = state;
    sign.replaceChildren(icon(iconName));
    message.textContent = text;
    buttons.replaceChildren();
  };
  return {
    element,
    showLoading: () => {
      enter('loading', words.loading, 'blank');
    },
    showWhy: (why, isWaiting, actions) => {
      enter(isWaiting ? 'waiting' : 'error', why, isWaiting ? 'clockface' : 'warning');
      buttons.replaceChildren(
        ...actions.map(({ action, label }) => {
          const button = create('button', { type: 'button', className: 'text' }, label);
          button.addEventListener('click', () => {
            act(action);
          });
          return button;
        }),
      );
    },
    open: () => {
      enter('ready', '', 'blank');
    },
  };
}
