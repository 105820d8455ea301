import type { Action, PageWords, Show, WithoutClip } from '../protocol.ts';
import { iconButton } from './controls/iconButton.ts';
import type { Desk } from './desk.ts';
import { factList } from './details.ts';
import { create, icon, themeColour } from './dom.ts';
import { isIconName } from './iconNames.ts';

/** The page of a task that has no clip to show: how it is doing, why, what comes next and can be done, then all that is known. */
export interface Report {
  readonly element: HTMLElement;
  show(show: Show, content: WithoutClip): void;
  /** There is a clip: nothing of it stays on the page. */
  clear(): void;
  /** All of it, a line for each fact; `undefined` while a clip is shown. */
  text(): string | undefined;
}

export function reportPage(desk: Desk, act: (action: Action) => void): Report {
  const { words } = desk;
  const name = create('h1');
  const state = create('p', { className: 'state', role: 'status' });
  const bar = create('progress', { max: 1 });
  const reason = create('p', { className: 'reason' });
  const outlook = create('p', { className: 'outlook' });
  const buttons = create('div', { className: 'actions' });
  const prompt = create('p', { className: 'prompt' });
  const facts = create('dl');
  const tools = create('div', { className: 'tools' }, iconButton(desk, 'copyDetails', 'copy'));
  const head = create('header', {}, name, tools);
  const column = create('div', {}, head, state, bar, reason, outlook, buttons, prompt, facts);
  const element = create('article', { className: 'report', tabIndex: -1 });
  let shown: { show: Show; content: WithoutClip } | undefined;
  const isShown = (): boolean => document.body.dataset.state === 'report';
  return {
    element,
    clear: () => {
      column.remove();
    },
    show: (show, content) => {
      shown = { show, content };
      if (!column.isConnected) {
        element.append(column);
      }
      document.body.dataset.state = 'report';
      name.textContent = show.name;
      drawState(state, content);
      drawProgress(bar, content);
      say(reason, content.reason);
      say(outlook, content.next);
      drawButtons(buttons, content, act);
      say(prompt, show.prompt ?? '');
      facts.replaceChildren(...factList(show.facts));
    },
    text: () => (shown && isShown() ? textOf(shown.show, shown.content, words) : undefined),
  };
}

/** The icon turns where it turns in the list. The colour is one of the theme's. */
function drawState(element: HTMLElement, { icon: name, colour, state, time }: WithoutClip): void {
  const [still = '', turns] = name.split('~');
  const sign = icon(isIconName(still) ? still : 'info');
  sign.classList.toggle('spin', turns === 'spin');
  sign.style.color = themeColour(colour);
  element.replaceChildren(sign, create('strong', {}, state), create('span', {}, time));
}

function drawProgress(bar: HTMLProgressElement, { progress, state }: WithoutClip): void {
  bar.hidden = progress === undefined;
  bar.ariaLabel = state;
  if (typeof progress === 'number') {
    bar.value = progress;
  } else {
    bar.removeAttribute('value');
  }
}

/** A button that a person is at stays, so that the keyboard is not lost while there is only something new to say. */
function drawButtons(
  element: HTMLElement,
  { actions, helps }: WithoutClip,
  act: (action: Action) => void,
): void {
  const known = JSON.stringify([actions, helps]);
  if (element.dataset.known === known) {
    return;
  }
  element.dataset.known = known;
  element.replaceChildren(
    ...actions.map(({ action, label }, index) => {
      const isMain = index === 0 && helps > 0;
      const button = create('button', { type: 'button', className: isMain ? 'text main' : 'text' }, label);
      button.addEventListener('click', () => {
        act(action);
      });
      return button;
    }),
  );
}

function say(element: HTMLElement, text: string): void {
  element.textContent = text;
  element.hidden = text === '';
}

function textOf(
  { name, prompt, facts }: Show,
  { state, time, reason, next }: WithoutClip,
  words: PageWords,
): string {
  return [
    name,
    [state, time].filter(text => text !== '').join(' · '),
    ...[reason, next].filter(text => text !== ''),
    ...(prompt === null ? [] : [`${words.prompt}: ${prompt}`]),
    ...facts.map(([fact, value]) => `${fact}: ${value}`),
  ].join('\n');
}
