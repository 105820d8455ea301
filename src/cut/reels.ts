import { fileNameOf } from './mediaUrl.ts';

/** How long the name of a reel is at most, characters. */
export const REEL_LENGTH = 8;

/** Names that mean something else to whoever reads an EDL: black, auxiliary, colour bars. */
const RESERVED: ReadonlySet<string> = new Set(['BL', 'BLACK', 'AX', 'AUX', 'BARS']);

/** What each file's reel is called, by its path: like the file as far as letters and digits go, and another for each. */
export function reelsOf(paths: readonly string[]): ReadonlyMap<string, string> {
  const reels = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of paths) {
    if (!reels.has(path)) {
      const reel = freeName(path, taken);
      taken.add(reel);
      reels.set(path, reel);
    }
  }
  return reels;
}

function freeName(path: string, taken: ReadonlySet<string>): string {
  const plain = fileNameOf(path)
    .replace(/\.[^.]*$/u, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/gu, '');
  const name = (plain === '' || RESERVED.has(plain) ? `CLIP${plain}` : plain).slice(0, REEL_LENGTH);
  if (!taken.has(name)) {
    return name;
  }
  for (let number = 2; ; number++) {
    const ending = String(number);
    const numbered = name.slice(0, REEL_LENGTH - ending.length) + ending;
    if (!taken.has(numbered)) {
      return numbered;
    }
  }
}
