/** A rectangle, px. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The room that there is, px: between two clips, above each for its name, and the least width that a name can be read in. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly header: number;
  readonly narrowest: number;
}

/** Where the clips stand, in their order, and how many in each row. */
export interface Arrangement {
  readonly places: readonly Place[];
  readonly rows: readonly number[];
}

/** A clip's pane without its name: as wide as the picture, or as a name needs. */
interface Pane {
  readonly width: number;
  readonly picture: Size;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The rows that so many clips may stand in, those with the fewest first: never one alone above three, which looks as if it were
 * another thing than they.
 */
const DIVISIONS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[1]],
  2: [[2], [1, 1]],
  3: [[3], [2, 1], [1, 1, 1]],
  4: [[4], [2, 2], [1, 1, 1, 1]],
};

/** How often the size of pictures is halved in on: to a millionth of a pixel in any window. */
const STEPS = 32;

/**
 * Where clips stand so that their pictures are the largest there can be. These have the same area, so that a tall one is not small
 * beside a wide one, unless one has reached the height of its row: those of one shape are always of one size, fit to compare. `aspects` are widths by heights, of one to four clips.
 */
export function arrange(aspects: readonly number[], room: Room): Arrangement {
  const divisions = DIVISIONS[aspects.length] ?? [];
  const candidates = divisions.map(rows => ({ rows, panes: fill(rows, aspects, room) }));
  const best = candidates.reduce((one, other) => (isBetter(other.panes, one.panes) ? other : one));
  return { rows: best.rows, places: standing(best.rows, best.panes, room) };
}

/** The panes at the greatest size of pictures at which every row is narrow enough. */
function fill(rows: readonly number[], aspects: readonly number[], room: Room): readonly Pane[] {
  const { width, height, gap, header } = room;
  const highest = Math.max(0, (height - (rows.length - 1) * gap) / rows.length - header);
  const narrowest = Math.min(room.narrowest, width);
  // A picture's size is that of the square with its area.
  const panesAt = (size: number): Pane[] =>
    aspects.map(aspect => {
      const picture = pictureOf(aspect, Math.min(size / Math.sqrt(aspect), highest));
      return { picture, width: Math.max(picture.width, narrowest) };
    });
  const fits = (panes: readonly Pane[]): boolean =>
    inRows(rows, panes).every(row => widthOf(row, gap) <= width + 1e-6);
  let [low, high] = [0, Math.max(width, highest * Math.sqrt(Math.max(...aspects)))];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    [low, high] = fits(panesAt(middle)) ? [middle, high] : [low, middle];
  }
  const panes = panesAt(low);
  // Where not even names find room, this is no way to stand.
  return fits(panes) ? panes : panesAt(0);
}

function pictureOf(aspect: number, height: number): Size {
  return { width: aspect * height, height };
}

/** By the product of their areas, so that one large picture does not make up for a tiny one. A hair is no difference. */
function isBetter(panes: readonly Pane[], than: readonly Pane[]): boolean {
  const [product, other] = [panes, than].map(all =>
    all.reduce((total, { picture }) => total * picture.width * picture.height, 1),
  ) as [number, number];
  return product > other * 1.01;
}

/** The panes in rows, the whole in the middle; each row is as high as its highest picture, and each picture in the middle of its row. */
function standing(rows: readonly number[], panes: readonly Pane[], room: Room): Place[] {
  const lines = inRows(rows, panes).map(row => ({
    row,
    height: Math.max(...row.map(({ picture }) => picture.height)) + room.header,
  }));
  let top = (room.height - sum(lines.map(({ height }) => height)) - (rows.length - 1) * room.gap) / 2;
  return lines.flatMap(({ row, height }) => {
    let left = (room.width - widthOf(row, room.gap)) / 2;
    const places = row.map(({ width }) => {
      const place = { left, top, width, height };
      left += width + room.gap;
      return place;
    });
    top += height + room.gap;
    return places;
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
