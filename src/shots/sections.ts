import type { ShotFile } from '../making/shotFile.ts';

/** How each shot of a file is known: by its heading, with a number where that is not its alone; '' for the only one without. */
export function sectionsOf({ shots }: Pick<ShotFile, 'shots'>): string[] {
  const headings = shots.map(({ heading }) => heading ?? '');
  // A heading can read as another with its number: each is known by a name of its own all the same.
  const used = new Set(headings);
  const seen = new Map<string, number>();
  return headings.map(heading => {
    let count = (seen.get(heading) ?? 0) + 1;
    let name = heading;
    while (count > 1 && used.has((name = `${heading} (${count})`.trim()))) {
      count += 1;
    }
    seen.set(heading, count);
    used.add(name);
    return name;
  });
}
