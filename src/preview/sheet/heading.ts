import { create } from '../player/dom.ts';
import type { SheetHeading } from '../sheetProtocol.ts';

/** The height of a heading's text, em; the space around it is the gap. */
export const HEADING = 2.2;

/** The cell of a heading: the name of a shot, and its takes in a few words. */
export function makeHeading({ title, note }: SheetHeading, columns: number): HTMLElement {
  const cell = create(
    'div',
    { className: 'heading', role: 'rowheader', title },
    create('span', { className: 'shot' }, title),
    create('span', { className: 'takes' }, note),
  );
  cell.ariaColIndex = '1';
  cell.ariaColSpan = String(columns);
  return cell;
}
