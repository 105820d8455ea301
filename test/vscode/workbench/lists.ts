import type { Locator } from 'playwright-core';
import { evaluateOnAll, wholeText } from './inPage.ts';

/** One row of a list or tree, whether or not it is in the part that is drawn. */
export interface ListRow {
  /** Position in the whole list, from 0. */
  readonly index: number;
  readonly label: string;
  readonly description: string;
  /** The second line of a quick pick row. */
  readonly detail: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** Depth in a tree, from 1. */
  readonly level: number;
  /** undefined for a row that has nothing to expand. */
  readonly isExpanded: boolean | undefined;
  readonly isSelected: boolean;
  /** Whether keys go to this row. */
  readonly isActive: boolean;
  /** Whether its check box is on; `false` where it has none. */
  readonly isChecked: boolean;
  /** The name of the row's codicon, as in `$(name)`, or undefined when its icon is another or none. */
  readonly icon: string | undefined;
  /** What decorates the row at its end, or ''. */
  readonly mark: string;
  /** The colour of the row's name. */
  readonly colour: string;
  /** The names of the row's inline buttons. */
  readonly actions: readonly string[];
  /** The heading above a quick pick row, or ''. */
  readonly separator: string;
}

/**
 * Reads every row of a list, or the first `most` and a few; none where there is no list. VS Code draws only the rows in view, so a
 * long list is scrolled through, and put back where it was when all was read.
 */
export async function readRows(list: Locator, most?: number): Promise<ListRow[]> {
  return scan(list, readRow, most === undefined ? undefined : `row => row.index >= ${most}`);
}

/**
 * Scrolls until the row with this label (or "label description") is drawn, and returns it; undefined when there is none. What is
 * returned is the row only as long as it stays where it is.
 */
export async function revealRow(list: Locator, row: string): Promise<Locator | undefined> {
  const isWanted = `found => found.label === wanted || (found.label + ' ' + found.description) === wanted`;
  const rows = await scan(list, readRow, `(wanted => ${isWanted})(${JSON.stringify(row)})`);
  const found = rows.find(each => each.label === row || `${each.label} ${each.description}` === row);
  return (
    found &&
    list
      .locator(`.monaco-list-row[data-index="${found.index}"]`)
      .filter({ has: list.page().locator('.label-name', { hasText: wholeText(found.label) }) })
      .first()
  );
}

/**
 * Collects the rows of the lists that are there, in one step: a list that goes meanwhile would be waited for. Ends where
 * `isWanted`, a function of a row as source text, says so; without it the lists are put back where they were.
 */
export async function scan<T extends { index: number }>(
  lists: Locator,
  read: (row: Element) => T,
  isWanted?: string,
): Promise<T[]> {
  // Functions travel as source text: one that is sent by itself cannot refer to another.
  const call = `(${scanInPage.toString()})(list, ${read.toString()}, ${isWanted ?? 'undefined'})`;
  return evaluateOnAll(lists, `lists => lists.flatMap(list => ${call})`);
}

/** Collects rows from the top of the list until one is wanted or the end is reached. Runs in the page: refers to nothing outside. */
function scanInPage<T extends { index: number }>(
  list: HTMLElement,
  read: (row: Element) => T,
  isWanted?: (row: T) => boolean,
): T[] {
  const rows = list.querySelector<HTMLElement>('.monaco-list-rows');
  if (!rows) return [];
  const position = (): number => -Number.parseFloat(rows.style.top || '0');
  const scrollBy = (pixels: number): void => {
    // VS Code goes by the older wheelDeltaY where there is one, 50 pixels to a notch of 120, and draws before it returns.
    const wheel = { deltaY: pixels, wheelDeltaY: (-pixels * 120) / 50, bubbles: true, cancelable: true };
    rows.dispatchEvent(new WheelEvent('wheel', wheel));
  };
  const start = position();
  if (start > 0) scrollBy(-start);
  const found = new Map<number, T>();
  const inOrder = (): T[] => [...found.values()].sort((a, b) => a.index - b.index);
  for (;;) {
    for (const element of rows.querySelectorAll('.monaco-list-row')) {
      const row = read(element);
      found.set(row.index, row);
      if (isWanted?.(row)) return inOrder();
    }
    const before = position();
    if (before + list.clientHeight >= rows.offsetHeight) break;
    scrollBy(Math.max(list.clientHeight / 2, 20));
    if (position() === before) break;
  }
  if (!isWanted) scrollBy(start - position());
  return inOrder();
}

/** Runs in the page: refers to nothing outside. */
function readRow(row: Element): ListRow {
  const text = (selector: string): string => row.querySelector(selector)?.textContent.trim() ?? '';
  // Rows are used again, and keep what the row that they were before said, out of sight.
  const shownText = (selector: string): string =>
    row.querySelector<HTMLElement>(selector)?.offsetParent ? text(selector) : '';
  const label = row.querySelector('.monaco-icon-label');
  const mark = label ? getComputedStyle(label, '::after').content : 'none';
  const icon = row.querySelector('.custom-view-tree-node-item-icon, .quick-input-list-icon')?.className;
  return {
    index: Number(row.getAttribute('data-index')),
    label: text('.label-name'),
    description: text('.label-description'),
    detail: shownText('.quick-input-list-label-meta .label-name'),
    ariaLabel: row.getAttribute('aria-label') ?? '',
    level: Number(row.getAttribute('aria-level') ?? '1'),
    isExpanded: row.hasAttribute('aria-expanded') ? row.getAttribute('aria-expanded') === 'true' : undefined,
    isSelected: row.getAttribute('aria-selected') === 'true',
    isActive: row.classList.contains('focused'),
    isChecked:
      row.querySelector('.monaco-checkbox.checked, [aria-checked="true"], input:checked') !== null ||
      row.getAttribute('aria-checked') === 'true',
    icon: icon && /\bcodicon-(?!colored)([\w-]+)/.exec(icon)?.[1],
    mark: mark === 'none' ? '' : mark.replaceAll('"', ''),
    colour: label ? getComputedStyle(label).color : '',
    actions: [
      ...row.querySelectorAll('.actions .action-label, .quick-input-list-entry-action-bar .action-label'),
    ].map(action => action.getAttribute('aria-label') ?? ''),
    separator: shownText('.quick-input-list-separator'),
  };
}
