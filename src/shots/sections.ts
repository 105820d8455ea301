import type { ShotFile } from '../making/shotFile.ts';

/** How each shot of a file is known: by its heading, with a number where that is not its alone; '' for the only one without. */
export function sectionsOf({ shots }: Pick<ShotFile, 'shots'>): string[] {
  const seen = new Map<string, number>();
  return shots.map(({ heading }) => {
    const name = heading ?? '';
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`.trim();
  });
}
