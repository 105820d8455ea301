/** The gap between tiles, and to the edge, CSS pixels. */
export const GAP = 8;

/** The padding around a tile's thumbnail, CSS pixels. */
export const PADDING = 4;

/** The aspect ratio of thumbnails. Clips with another one are centred. */
const ASPECT = 16 / 9;

/** How many rows exist above and below those in view, so that scrolling does not reveal gaps. */
const MARGIN = 2;

/** The layout of the tiles, in rows that fill the width, CSS pixels. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  readonly thumbnailHeight: number;
  /** The distance from one row to the next. */
  readonly rowHeight: number;
}

/** The layout for a width. `size`: the minimum width of a tile. `captionHeight`: the height of the text below a thumbnail. */
export function layoutOf(width: number, size: number, count: number, captionHeight: number): Layout {
  const inner = Math.max(0, width - GAP);
  const columns = Math.max(1, Math.floor(inner / (size + GAP)));
  const thumbnailHeight = Math.max(0, Math.round((inner / columns - GAP - 2 * PADDING) / ASPECT));
  return {
    columns,
    rows: Math.ceil(count / columns),
    thumbnailHeight,
    rowHeight: thumbnailHeight + 2 * PADDING + captionHeight + GAP,
  };
}

/** The rows that have to exist (`to` is exclusive): those in view and some around. */
export function rowsAround({ rows, rowHeight }: Layout, top: number, height: number): [number, number] {
  const from = Math.floor(top / rowHeight) - MARGIN;
  const to = Math.ceil((top + height) / rowHeight) + MARGIN;
  return [Math.max(0, from), Math.min(rows, to)];
}

/** The index that a key moves to; `undefined` for other keys. `page`: the number of rows in view. */
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
      // An incomplete last row can be reached from every column.
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
