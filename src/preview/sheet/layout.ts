/** Between tiles, and from them to the edge, CSS pixels. */
export const GAP = 8;

/** What a tile has around its picture, on each side, CSS pixels. */
export const PADDING = 4;

/** Pictures of clips are mostly as wide as this; others stand in the middle. */
const ASPECT = 16 / 9;

/** How many rows there are above and below those in view, so that scrolling meets tiles. */
const MARGIN = 2;

/** Where tiles stand: in rows that fill the width. CSS pixels. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  readonly pictureHeight: number;
  /** From the top of one row to that of the next. */
  readonly rowHeight: number;
}

/** `size`: how wide a tile is at least, where the width allows it. `captionHeight`: that of the words below a picture. */
export function layoutOf(width: number, size: number, count: number, captionHeight: number): Layout {
  const inner = Math.max(0, width - GAP);
  const columns = Math.max(1, Math.floor(inner / (size + GAP)));
  const pictureHeight = Math.max(0, Math.round((inner / columns - GAP - 2 * PADDING) / ASPECT));
  return {
    columns,
    rows: Math.ceil(count / columns),
    pictureHeight,
    rowHeight: pictureHeight + 2 * PADDING + captionHeight + GAP,
  };
}

/** The rows that exist, from the first to before the last: those in view and some around. */
export function rowsAround({ rows, rowHeight }: Layout, top: number, height: number): [number, number] {
  const from = Math.floor(top / rowHeight) - MARGIN;
  const to = Math.ceil((top + height) / rowHeight) + MARGIN;
  return [Math.max(0, from), Math.min(rows, to)];
}

/** Where a key leads from a tile; `undefined` for a key that leads nowhere. `page`: the rows in view. */
export function moved(
  key: string,
  index: number,
  count: number,
  columns: number,
  page: number,
): number | undefined {
  const last = count - 1;
  const within = (target: number): number => Math.min(Math.max(target, 0), last);
  const rowOf = (one: number): number => Math.floor(one / columns);
  switch (key) {
    case 'ArrowLeft':
      return within(index - 1);
    case 'ArrowRight':
      return within(index + 1);
    case 'ArrowUp':
      return index < columns ? index : index - columns;
    case 'ArrowDown':
      // A last row that is not full is reached from every column.
      return rowOf(index) === rowOf(last) ? index : within(index + columns);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageUp':
      return index - columns * Math.min(page, rowOf(index));
    case 'PageDown':
      return within(index + columns * Math.min(page, rowOf(last) - rowOf(index)));
    default:
      return undefined;
  }
}
