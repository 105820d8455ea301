import type { CompareWords } from '../compareProtocol.ts';
import { mediaRows } from '../player/details.ts';
import { create, filled } from '../player/dom.ts';
import type { Fact } from '../protocol.ts';
import type { Place } from './arrange.ts';
import type { Card } from './card.ts';
import { mergeFacts } from '../player/mergedFacts.ts';
import { compareFacts } from './differences.ts';

/** Where a clip has nothing under a name. */
const NOTHING = '–';

/** What names of properties need beside the first clip; where there is less, they stand above the values, px. */
const NAMES = 110;

/** What differs between clips. */
export interface DifferenceTable {
  readonly element: HTMLElement;
  draw(cards: readonly Card[], heard: Card): void;
  /** Puts each column below its clip, where the clips stand in one row; their places are from the left of the page's content. */
  align(places: readonly Place[] | undefined): void;
}

/** What differs between the clips as a table with a column for each; what is the same in all is folded away. */
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
  // What is read by scrolling can be scrolled by keys.
  element.tabIndex = 0;
  return {
    element,
    draw: (cards, heard) => {
      const { different, same: alike } = compareFacts(factsOf(cards, words));
      table.style.setProperty('--clips', String(cards.length));
      none.hidden = different.length > 0;
      table.hidden = different.length === 0;
      same.hidden = alike.length === 0;
      head.replaceChildren(headRow(cards, heard, words));
      body.replaceChildren(
        ...different.map(({ name, values }) =>
          create('tr', {}, rowName(name), ...values.map(value => create('td', {}, value ?? NOTHING))),
        ),
      );
      summary.textContent = filled(words.sameInAll, String(alike.length));
      list.replaceChildren(
        ...alike.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value))),
      );
    },
    align: places => {
      const [first, ...others] = places ?? [];
      element.classList.toggle('aligned', first !== undefined);
      element.classList.toggle('names-above', first !== undefined && first.left < NAMES);
      // Each column goes on to the next clip; the gap between them is its padding.
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

function endOf({ left, width }: Place): number {
  return left + width;
}

function headRow(cards: readonly Card[], heard: Card, words: CompareWords): HTMLElement {
  const columns = cards.map((card, index) => {
    const className = card === heard ? 'heard' : '';
    return create('th', { scope: 'col', className }, `${index + 1} ${card.shown.name}`);
  });
  return create('tr', {}, create('th', { scope: 'col' }, create('span', {}, words.parameter)), ...columns);
}

function rowName(name: string): HTMLElement {
  return create('th', { scope: 'row' }, create('span', {}, name));
}

/** What is known of each clip: what it was made with, and what its file says of itself. */
function factsOf(cards: readonly Card[], words: CompareWords): (readonly Fact[])[] {
  // Nothing of the files until all have been read, or what is not known yet would look like a difference.
  const isKnown = cards.every(({ member }) => member.isRead || !member.isPlayable);
  return cards.map(({ shown, member }) => {
    const { facts } = member.playback;
    return mergeFacts(shown.facts, isKnown && facts ? mediaRows(facts, words) : [], words.requested);
  });
}
