import type { CompareWords } from '../compareProtocol.ts';
import { mediaRows } from '../player/details.ts';
import { create, filled } from '../player/dom.ts';
import type { Card } from './card.ts';
import { compareFacts } from './differences.ts';

/** Where a clip has nothing under a name. */
const NOTHING = '–';

/** What differs between the clips as a table with a column for each; what is the same in all is folded away. */
export function differenceTable(words: CompareWords): {
  element: HTMLElement;
  draw: (cards: readonly Card[], heard: Card) => void;
} {
  const none = create('p', {}, words.noDifferences);
  const table = create('table');
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
      const parts = [
        compareFacts(cards.map(card => card.shown.facts)),
        compareFacts(cards.map(card => fileFacts(card, cards, words))),
      ];
      const different = parts.flatMap(part => part.different);
      const alike = parts.flatMap(part => part.same);
      none.hidden = different.length > 0;
      table.hidden = different.length === 0;
      same.hidden = alike.length === 0;
      table.replaceChildren(
        create('thead', {}, headRow(cards, heard, words)),
        create(
          'tbody',
          {},
          ...different.map(({ name, values }) =>
            create(
              'tr',
              {},
              create('th', { scope: 'row' }, name),
              ...values.map(value => create('td', {}, value ?? NOTHING)),
            ),
          ),
        ),
      );
      summary.textContent = filled(words.sameInAll, String(alike.length));
      list.replaceChildren(
        ...alike.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value))),
      );
    },
  };
}

function headRow(cards: readonly Card[], heard: Card, words: CompareWords): HTMLElement {
  const columns = cards.map((card, index) => {
    const className = card === heard ? 'heard' : '';
    return create('th', { scope: 'col', className }, `${index + 1} ${card.shown.name}`);
  });
  return create('tr', {}, create('th', { scope: 'col' }, words.parameter), ...columns);
}

/** What a file says of itself; nothing until all have been read, or what is not known yet would look like a difference. */
function fileFacts(
  { member }: Card,
  cards: readonly Card[],
  words: CompareWords,
): ReturnType<typeof mediaRows> {
  const isKnown = cards.every(one => one.member.isRead || !one.member.isPlayable);
  const { facts } = member.playback;
  return isKnown && facts ? mediaRows(facts, words) : [];
}
