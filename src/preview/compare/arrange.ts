/** A rectangle, px. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The available space, px. */
export interface Space {
  readonly width: number;
  readonly height: number;
  /** Between two clips. */
  readonly gap: number;
  /** Height of the header above each clip. */
  readonly header: number;
  /** The least width of a clip, so that its name can be read. */
  readonly minWidth: number;
}

/** The rectangles of the clips, in their order, and how many there are in each row. */
export interface Arrangement {
  readonly rects: readonly Rect[];
  readonly rows: readonly number[];
}

/** A clip without its header: as wide as its video, or as its name needs. */
interface Pane {
  readonly width: number;
  readonly video: Size;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The ways to divide so many clips into rows, the fewest rows first. Never one above three, which would look as if it were
 * something else.
 */
const DIVISIONS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[1]],
  2: [[2], [1, 1]],
  3: [[3], [2, 1], [1, 1, 1]],
  4: [[4], [2, 2], [1, 1, 1, 1]],
};

/** Steps of the bisection for the video size: enough for a millionth of a pixel in any window. */
const STEPS = 32;

/**
 * Arranges one to four clips so that their videos are as large as possible. Videos get the same area, so that a portrait one is not
 * small next to a landscape one, unless they have reached the height of their row. Videos of the same shape thus always have the
 * same size. `aspects`: width divided by height.
 */
export function arrange(aspects: readonly number[], space: Space): Arrangement {
  const divisions = DIVISIONS[aspects.length] ?? [];
  const candidates = divisions.map(rows => ({ rows, panes: fill(rows, aspects, space) }));
  const best = candidates.reduce((one, other) => (isBetter(other.panes, one.panes) ? other : one));
  return { rows: best.rows, rects: rectsOf(best.rows, best.panes, space) };
}

/** The panes with the largest videos at which every row still fits. */
function fill(rows: readonly number[], aspects: readonly number[], space: Space): readonly Pane[] {
  const { width, height, gap, header } = space;
  const highest = Math.max(0, (height - (rows.length - 1) * gap) / rows.length - header);
  const minWidth = Math.min(space.minWidth, width);
  // The size of a video is the side of a square with its area.
  const panesAt = (size: number): Pane[] =>
    aspects.map(aspect => {
      const video = sizeOf(aspect, Math.min(size / Math.sqrt(aspect), highest));
      return { video, width: Math.max(video.width, minWidth) };
    });
  const fits = (panes: readonly Pane[]): boolean =>
    inRows(rows, panes).every(row => widthOf(row, gap) <= width + 1e-6);
  let [low, high] = [0, Math.max(width, highest * Math.sqrt(Math.max(...aspects)))];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    [low, high] = fits(panesAt(middle)) ? [middle, high] : [low, middle];
  }
  const panes = panesAt(low);
  // If not even the names fit, this division is ruled out by giving the videos no size.
  return fits(panes) ? panes : panesAt(0);
}

function sizeOf(aspect: number, height: number): Size {
  return { width: aspect * height, height };
}

/** Compares the products of the areas, so that one large video does not make up for a tiny one. Differences below 1 % do not count. */
function isBetter(panes: readonly Pane[], than: readonly Pane[]): boolean {
  const [product, other] = [panes, than].map(all =>
    all.reduce((total, { video }) => total * video.width * video.height, 1),
  ) as [number, number];
  return product > other * 1.01;
}

/** Centres the rows, and the panes in each row. A row is as high as its highest video. */
function rectsOf(rows: readonly number[], panes: readonly Pane[], space: Space): Rect[] {
  const lines = inRows(rows, panes).map(row => ({
    row,
    height: Math.max(...row.map(({ video }) => video.height)) + space.header,
  }));
  let top = (space.height - sum(lines.map(({ height }) => height)) - (rows.length - 1) * space.gap) / 2;
  return lines.flatMap(({ row, height }) => {
    let left = (space.width - widthOf(row, space.gap)) / 2;
    const rects = row.map(({ width }) => {
      const rect = { left, top, width, height };
      left += width + space.gap;
      return rect;
    });
    top += height + space.gap;
    return rects;
  });
}

function inRows(rows: readonly number[], panes: readonly Pane[]): (readonly Pane[])[] {
  let at = 0;
  return rows.map(count => panes.slice(at, (at += count)));
}

function widthOf(row: readonly Pane[], gap: number): number {
  return sum(row.map(({ width }) => width)) + (row.length - 1) * gap;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
