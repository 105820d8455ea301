import type { Action, PageWords, WithoutClip } from '../protocol.ts';
import { create, icon } from './dom.ts';
import type { IconName } from './iconNames.ts';

/** What stands in the stage while there is no picture. */
export interface Curtain {
  readonly element: HTMLElement;
  /** The picture is on its way. */
  showLoading(): void;
  /** There is no clip yet, or none at all. */
  showWhy(without: WithoutClip): void;
  /** There is a picture. */
  open(): void;
}

export function curtain(words: PageWords, act: (action: Action) => void): Curtain {
  const sign = create('div', { className: 'sign' });
  const message = create('p', { className: 'message', role: 'status' });
  const buttons = create('div', { className: 'actions' });
  const bar = create('progress', { max: 1, hidden: true });
  const element = create('div', { className: 'curtain' }, bar, sign, message, buttons);
  /** The stylesheet shows what belongs to each state. */
  const enter = (
    state: 'loading' | 'waiting' | 'error' | 'ready',
    text: string,
    iconName: IconName,
  ): void => {
    document.body.dataset.state = state;
    sign.replaceChildren(icon(iconName));
    message.textContent = text;
    bar.hidden = true;
    buttons.replaceChildren();
  };
  return {
    element,
    showLoading: () => {
      enter('loading', words.loading, 'blank');
    },
    showWhy: ({ why, isWaiting, progress, actions }) => {
      const waits = progress === undefined ? 'clockface' : 'download';
      enter(isWaiting ? 'waiting' : 'error', why, isWaiting ? waits : 'warning');
      if (typeof progress === 'number') {
        bar.hidden = false;
        bar.value = progress;
        bar.ariaLabel = why;
      }
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
