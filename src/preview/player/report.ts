import type { Action, PageWords, Show, WithoutClip } from '../protocol.ts';
import { chainSection, chainText } from './chain.ts';
import { iconButton } from './controls/iconButton.ts';
import type { ControlContext } from './controlContext.ts';
import { factList } from './details.ts';
import { create, icon, themeColour } from './dom.ts';
import { isIconName } from './iconNames.ts';

/** The page of a task without a clip: its state, the reason, what happens next, the actions, and its properties. */
export interface Report {
  readonly element: HTMLElement;
  show(show: Show, content: WithoutClip): void;
  /** Removes the report from the page, because there is a clip. */
  clear(): void;
  /** The report as plain text, one line per property; `undefined` while a clip is shown. */
  text(): string | undefined;
}

export function reportPage(
  context: ControlContext,
  act: (action: Action) => void,
  open: (key: number) => void,
): Report {
  const { words } = context;
  const name = create('h1');
  const state = create('p', { className: 'state', role: 'status' });
  const bar = create('progress', { max: 1 });
  const reason = create('p', { className: 'reason' });
  const outlook = create('p', { className: 'outlook' });
  const buttons = create('div', { className: 'actions' });
  const prompt = create('p', { className: 'prompt' });
  const facts = create('dl');
  const chain = chainSection(words, open);
  const tools = create('div', { className: 'tools' }, iconButton(context, 'copyDetails', 'copy'));
  const head = create('header', {}, name, tools);
  const column = create('div', {}, head, state, bar, reason, outlook, buttons, prompt, chain.element, facts);
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
      chain.show(show.chain);
    },
    text: () => (shown && isShown() ? textOf(shown.show, shown.content, words) : undefined),
  };
}

/** Draws the icon as in the list, with its theme colour; `~spin` in its name makes it spin. */
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

/** Replaces the buttons only if they have changed, so that a focused one keeps the focus. */
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
  { name, prompt, facts, chain }: Show,
  { state, time, reason, next }: WithoutClip,
  words: PageWords,
): string {
  return [
    name,
    [state, time].filter(text => text !== '').join(' · '),
    ...[reason, next].filter(text => text !== ''),
    ...(prompt === null ? [] : [`${words.prompt}: ${prompt}`]),
    ...facts.map(([fact, value]) => `${fact}: ${value}`),
    ...chainText(chain, words),
  ].join('\n');
}
