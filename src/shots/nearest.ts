/**
 * How many single signs must be put in, taken out, changed or swapped with the next to make one text of another; `most + 1` where it is
 * more than `most`.
 */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) {
    return most + 1;
  }
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swap = isSwapped ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return Math.min(row[other.length] ?? 0, most + 1);
}

/** The name that was probably meant: the only ones considered are a few slips away. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[\s_.-]/g, '');
  const wanted = plain(name).slice(0, 60);
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const judged = [...known].map(one => ({ one, by: distance(wanted, plain(one), most) }));
  const [best] = judged.filter(({ by }) => by <= most).sort((a, b) => a.by - b.by);
  return best?.one;
}

/** Allowed values by how near they are to what was written: numbers and ratios by their size, else by their letters. */
export function nearestValues(value: unknown, allowed: readonly (string | number)[]): (string | number)[] {
  const size = sizeOf(value);
  const text = String(value).toLowerCase().slice(0, 60);
  const away = (one: string | number): number => {
    const its = sizeOf(one);
    return size !== undefined && its !== undefined
      ? Math.abs(Math.log(its / size))
      : 100 + distance(text, String(one).toLowerCase(), 60);
  };
  return allowed
    .map(one => ({ one, by: away(one) }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one);
}

/** What a value measures: seconds, a ratio's quotient, the lines of a resolution. */
function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return value > 0 ? value : undefined;
  }
  const text = typeof value === 'string' ? value.trim() : '';
  const ratio = /^(\d{1,5}(?:\.\d+)?)\s*[:x×/]\s*(\d{1,5}(?:\.\d+)?)$/i.exec(text);
  if (ratio) {
    const [wide, high] = [Number(ratio[1]), Number(ratio[2])];
    return wide > 0 && high > 0 ? wide / high : undefined;
  }
  const thousands = /^(\d{1,2})\s*k$/i.exec(text)?.[1];
  if (thousands !== undefined) {
    return Number(thousands) * 540 || undefined;
  }
  const plain = /^(\d{1,6}(?:\.\d+)?)\s*[a-z]*$/i.exec(text)?.[1];
  return plain === undefined ? undefined : Number(plain) || undefined;
}
