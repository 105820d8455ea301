import type { Fact } from '../protocol.ts';

/**
 * What a clip was asked to be and what its file is, a fact for each name: what the file says counts, and what it was asked to be
 * is told with it where that is something else: `requested` is the words for both.
 */
export function mergeFacts(
  asked: readonly Fact[],
  found: readonly Fact[],
  requested: string,
): readonly Fact[] {
  const real = new Map(found);
  const names = new Set(asked.map(([name]) => name));
  return [
    ...asked.map(([name, value]): Fact => {
      const is = real.get(name);
      return [name, is === undefined ? value : agree(value, is) ? is : bothIn(requested, is, value)];
    }),
    ...found.filter(([name]) => !names.has(name)),
  ];
}

/** How high pictures are that are called by their width. */
const CALLED_BY_WIDTH: Readonly<Record<string, string>> = { '2k': '1440p', '4k': '2160p', '8k': '4320p' };

/** Two numbers are the same from here on: frames and encoders make lengths and rates a little other than what was asked for. */
const HARDLY = 0.5;

/** Whether a file is what was asked for. Resolutions are asked for by their shorter side. */
function agree(asked: string, found: string): boolean {
  const name = asked.toLowerCase();
  const size = /^(\d+) × (\d+)$/.exec(found);
  if (size) {
    const [width, height] = size.slice(1).map(Number) as [number, number];
    return (CALLED_BY_WIDTH[name] ?? name) === `${Math.min(width, height)}p` || name === `${width}x${height}`;
  }
  const [one, other] = [asked, found].map(text => /^([\d.]+)( \D+)$/.exec(text));
  return one && other
    ? one[2] === other[2] && Math.abs(Number(one[1]) - Number(other[1])) <= HARDLY
    : asked === found;
}

function bothIn(words: string, found: string, asked: string): string {
  return words.replace(/\{([01])\}/g, (_sign, index) => (index === '0' ? found : asked));
}
