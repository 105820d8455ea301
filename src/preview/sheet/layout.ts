/** The gap between tiles, and to the edge, CSS pixels. */
export const GAP = 8;

/** The padding around a tile's thumbnail, CSS pixels. */
export const PADDING = 4;

/** The aspect ratio of thumbnails. Clips with another one are centred. */
const ASPECT = 16 / 9;

/** How many rows exist above and below those in view, so that scrolling does not reveal gaps. */
const MARGIN = 2;

/** A row of the grid: of tiles, or a heading above those of a shot. */
export interface Line {
  /** From the top of all rows, CSS pixels. */
  readonly top: number;
  readonly height: number;
  /** The index of its first clip, and how many it has; of a heading, those of the first clip below it, and 0. */
  readonly first: number;
  readonly count: number;
  /** The index of the heading that it is. */
  readonly heading?: number;
}

/** The layout of the tiles, in rows that fill the width, CSS pixels. */
export interface Layout {
  readonly columns: number;
  /** From top to bottom. */
  readonly lines: readonly Line[];
  readonly height: number;
  readonly thumbnailHeight: number;
  /** The distance from one row of tiles to the next. */
  readonly rowHeight: number;
}

/** What a layout is made for. */
export interface LayoutInput {
  /** CSS pixels. */
  readonly width: number;
  /** The minimum width of a tile, CSS pixels. */
  readonly size: number;
  /** How many clips there are. */
  readonly count: number;
  /** The height of the text below a thumbnail, CSS pixels. */
  readonly captionHeight: number;
  /** The indices of the clips that stand below a heading, ascending. */
  readonly headings: readonly number[];
  /** CSS pixels. */
  readonly headingHeight: number;
}

export function layoutOf({
  width,
  size,
  count,
  captionHeight,
  headings,
  headingHeight,
}: LayoutInput): Layout {
  const inner = Math.max(0, width - GAP);
  const columns = Math.max(1, Math.floor(inner / (size + GAP)));
  const thumbnailHeight = Math.max(0, Math.round((inner / columns - GAP - 2 * PADDING) / ASPECT));
  const rowHeight = thumbnailHeight + 2 * PADDING + captionHeight + GAP;
  const lines: Line[] = [];
  let top = GAP;
  const addTiles = (from: number, to: number): void => {
    for (let first = from; first < to; first += columns) {
      lines.push({ top, height: rowHeight, first, count: Math.min(columns, to - first) });
      top += rowHeight;
    }
  };
  addTiles(0, headings[0] ?? count);
  for (const [heading, first] of headings.entries()) {
    lines.push({ top, height: headingHeight, first, count: 0, heading });
    top += headingHeight;
    addTiles(first, headings[heading + 1] ?? count);
  }
  return { columns, lines, height: top, thumbnailHeight, rowHeight };
}

/** The rows that have to exist (`to` is exclusive): those in view and some around. */
export function rowsAround({ lines }: Layout, top: number, height: number): [number, number] {
  const from = lineBelow(lines, top) - 1 - MARGIN;
  const to = lineBelow(lines, top + height) + MARGIN;
  return [Math.max(0, from), Math.min(lines.length, to)];
}

/** The index of the first line that begins at or below a position; their number if there is none. */
export function lineBelow(lines: readonly Line[], top: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.top ?? 0) < top) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The index of the line of tiles that a clip is in. */
export function lineOf(lines: readonly Line[], index: number): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.first ?? 0) <= index) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  // A heading has the same first clip as the line below it, which comes later.
  return low;
}

/** The index that a key moves to; `undefined` for other keys. `page`: the number of rows in view. */
export function moved(
  key: string,
  index: number,
  count: number,
  { lines }: Pick<Layout, 'lines'>,
  page: number,
): number | undefined {
  const last = count - 1;
  const within = (target: number): number => Math.min(Math.max(target, 0), last);
  switch (key) {
    case 'ArrowLeft':
      return within(index - 1);
    case 'ArrowRight':
      return within(index + 1);
    case 'ArrowUp':
      return inLine(lines, index, -1);
    case 'ArrowDown':
      return inLine(lines, index, 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageUp':
      return inLine(lines, index, -page);
    case 'PageDown':
      return inLine(lines, index, page);
    default:
      return undefined;
  }
}

/** The clip in the same column so many rows of tiles away, or as far as there are rows; the last of a row that is shorter. */
function inLine(lines: readonly Line[], index: number, by: number): number {
  const step = Math.sign(by);
  const start = lineOf(lines, index);
  let at = start;
  for (let left = Math.abs(by), next = at + step; left > 0 && lines[next]; next += step) {
    if ((lines[next]?.count ?? 0) > 0) {
      at = next;
      left--;
    }
  }
  const line = lines[at];
  const column = index - (lines[start]?.first ?? 0);
  return line && at !== start ? line.first + Math.min(column, line.count - 1) : index;
}
