/** A rectangle, px. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The room that there is, px: between two clips, and above each for its name. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly header: number;
}

/**
 * Where clips stand, in their order and in rows from the middle: all pictures have the same height, which makes them fit to
 * compare, and it is the greatest there can be. `aspects` are widths by heights.
 */
export function arrange(aspects: readonly number[], room: Room): Place[] {
  const divisions = divisionsOf(aspects.length).map(counts => rowsOf(aspects, counts));
  const heights = divisions.map(rows => pictureHeight(rows, room));
  const height = Math.max(...heights);
  const rows = divisions[heights.indexOf(height)] ?? [];
  const rowHeight = height + room.header;
  const top = (room.height - rows.length * rowHeight - (rows.length - 1) * room.gap) / 2;
  return rows.flatMap((row, index) => {
    const widths = row.map(aspect => aspect * height);
    let left = (room.width - sum(widths) - (row.length - 1) * room.gap) / 2;
    return widths.map(width => {
      const place = { left, top: top + index * (rowHeight + room.gap), width, height: rowHeight };
      left += width + room.gap;
      return place;
    });
  });
}

/** The ways to put so many into rows, those with the fewest rows first: `[4]`, `[1, 3]`, … */
function divisionsOf(count: number): number[][] {
  const all = Array.from({ length: count }, (_, index) => index + 1).flatMap(last =>
    last === count ? [[count]] : divisionsOf(count - last).map(before => [...before, last]),
  );
  return all.sort((one, other) => one.length - other.length);
}

function rowsOf(aspects: readonly number[], counts: readonly number[]): number[][] {
  let at = 0;
  return counts.map(count => aspects.slice(at, (at += count)));
}

/** The greatest height at which every row is narrow enough and all of them are low enough. */
function pictureHeight(rows: readonly (readonly number[])[], { width, height, gap, header }: Room): number {
  const byWidth = rows.map(row => (width - (row.length - 1) * gap) / sum(row));
  const byHeight = (height - (rows.length - 1) * gap) / rows.length - header;
  return Math.max(0, Math.min(byHeight, ...byWidth));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
