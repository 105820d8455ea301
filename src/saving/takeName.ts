import { numbered } from './fileName.ts';

/**
 * Gives a file the first name that `take` can give it: the plain one, else one with a number. What a folder holds under one of
 * `endings` is left out, and the file has the first of them; `list` reads the folder, once, where the plain name has not
 * done: one name can be that of thousands. Resolves to the name; rejects with what `take` rejects with.
 */
export async function takeName(
  name: string,
  endings: readonly [string, ...string[]],
  list: () => Promise<readonly string[]>,
  take: (candidate: string) => Promise<boolean>,
): Promise<string> {
  let listed: ReadonlySet<string> = new Set();
  for (let count = 1; ; count++) {
    if (count === 2) {
      // Some folders can be written to and not be read: then each name is tried.
      listed = new Set((await list().catch(() => [])).map(comparable));
    }
    const isListed = endings.some(ending => listed.has(comparable(numbered(name, count, ending))));
    const candidate = numbered(name, count, endings[0]);
    if (!isListed && (await take(candidate))) {
      return candidate;
    }
  }
}

/** What most systems take for the same name. */
function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
