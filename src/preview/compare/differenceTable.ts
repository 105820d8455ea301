import type { CompareWords } from '../compareProtocol.ts';
import { decisionIn } from '../decision.ts';
import { mediaRows } from '../player/details.ts';
import { create, filled, icon } from '../player/dom.ts';
import type { Fact } from '../protocol.ts';
import type { Rect } from './arrange.ts';
import type { Card } from './card.ts';
import { mergeFacts } from '../player/mergedFacts.ts';
import { compareFacts } from './differences.ts';
import { markDifferences } from './wordDiff.ts';

/** Shown where a clip does not have a property. */
const NOTHING = '–';

/** The width of property names to the left of the first clip, px. With less room they are placed above the values. */
const NAMES = 110;

/** The table of differences between the clips. */
export interface DifferenceTable {
  readonly element: HTMLElement;
  draw(cards: readonly Card[], active: Card): void;
  /** Aligns each column with its clip if the clips are in one row; `undefined` if they are not. Rectangles are relative to the page. */
  align(rects: readonly Rect[] | undefined): void;
}

/** Makes the table: a row per property that differs, a column per clip; what is identical is in a collapsed list. */
export function differenceTable(words: CompareWords): DifferenceTable {
  const none = create('p', {}, words.noDifferences);
  const columns = create('colgroup');
  const head = create('thead');
  const body = create('tbody');
  const table = create('table', {}, columns, head, body);
  const summary = create('summary');
  const list = create('dl');
  const same = create('details', {}, summary, list);
  const element = create(
    'section',
    { className: 'differences', ariaLabel: words.details },
    none,
    table,
    same,
  );
  // Focusable, so that it can be scrolled by keyboard.
  element.tabIndex = 0;
  return {
    element,
    draw: (cards, active) => {
      const { different, same: alike } = compareFacts(factsOf(cards, words));
      table.style.setProperty('--clips', String(cards.length));
      none.hidden = different.length > 0;
      table.hidden = different.length === 0;
      same.hidden = alike.length === 0;
      head.replaceChildren(headRow(cards, active, words));
      body.replaceChildren(
        ...different.map(({ name, values }) =>
          create('tr', {}, rowName(name), ...cellsOf(values, name === words.prompt)),
        ),
      );
      summary.textContent = filled(words.sameInAll, String(alike.length));
      list.replaceChildren(
        ...alike.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value))),
      );
    },
    align: rects => {
      const [first, ...others] = rects ?? [];
      element.classList.toggle('aligned', first !== undefined);
      element.classList.toggle('names-above', first !== undefined && first.left < NAMES);
      // A column extends to the next clip; its padding makes up for the gap.
      const edges = first
        ? [0, first.left, ...others.map(({ left }) => left), endOf(others.at(-1) ?? first)]
        : [];
      columns.replaceChildren(
        ...edges.slice(1).map((edge, index) => {
          const column = create('col');
          column.style.width = `${edge - (edges[index] ?? 0)}px`;
          return column;
        }),
      );
      table.style.width = first ? `${edges.at(-1) ?? 0}px` : '';
    },
  };
}

function endOf({ left, width }: Rect): number {
  return left + width;
}

function headRow(cards: readonly Card[], active: Card, words: CompareWords): HTMLElement {
  const columns = cards.map((card, index) => {
    const className = card === active ? 'active' : '';
    const star = decisionIn(card.shown.words) === 'picked' ? [starOf(words)] : [];
    return create('th', { scope: 'col', className }, `${index + 1} ${card.shown.name}`, ...star);
  });
  return create('tr', {}, create('th', { scope: 'col' }, create('span', {}, words.parameter)), ...columns);
}

function starOf({ picked }: CompareWords): HTMLElement {
  const star = create('span', { className: 'star', role: 'img', title: picked }, icon('star-full'));
  star.ariaLabel = picked;
  return star;
}

/** The values of a property; in prompts, what differs is marked word by word. */
function cellsOf(values: readonly (string | null)[], isPrompt: boolean): HTMLElement[] {
  const marked = isPrompt ? markDifferences(values, document.documentElement.lang) : [];
  return values.map((value, index) => {
    const pieces = marked[index]?.map(({ text, isOwn }) =>
      // What others lack, or have in its place: screen readers say which.
      isOwn ? create(index === 0 ? 'del' : 'ins', {}, text) : text,
    );
    return create('td', {}, ...(pieces ?? [value ?? NOTHING]));
  });
}

function rowName(name: string): HTMLElement {
  return create('th', { scope: 'row' }, create('span', {}, name));
}

/** The properties of each clip: those of its task, merged with those of its file. */
function factsOf(cards: readonly Card[], words: CompareWords): (readonly Fact[])[] {
  // Properties of files are left out until all files have been read: a missing value would look like a difference.
  const isKnown = cards.every(({ member }) => member.isRead || !member.isPlayable);
  return cards.map(({ shown, member }) => {
    const { facts } = member.playback;
    return mergeFacts(shown.facts, isKnown && facts ? mediaRows(facts, words) : [], words.requested);
  });
}
