import type { Fact } from '../protocol.ts';

/**
 * Merges the requested properties of a clip with those of its file, one per name. The file's value wins; where the requested one
 * differs, both are shown in the pattern `both` (`{0}`: file, `{1}`: requested).
 */
export function mergeFacts(
  requested: readonly Fact[],
  found: readonly Fact[],
  both: string,
): readonly Fact[] {
  const real = new Map(found);
  const names = new Set(requested.map(([name]) => name));
  return [
    ...requested.map(([name, value]): Fact => {
      const is = real.get(name);
      return [name, is === undefined ? value : agree(value, is) ? is : bothIn(both, is, value)];
    }),
    ...found.filter(([name]) => !names.has(name)),
  ];
}

/** The heights of the formats that are named after their width. */
const CALLED_BY_WIDTH: Readonly<Record<string, string>> = { '2k': '1440p', '4k': '2160p', '8k': '4320p' };

/** The largest difference that does not count: frames and encoders shift durations and rates slightly. */
const HARDLY = 0.5;

/** Whether the file has what was requested. A resolution is requested by its shorter side. */
function agree(requested: string, found: string): boolean {
  const name = requested.toLowerCase();
  const size = /^(\d+) × (\d+)$/.exec(found);
  if (size) {
    const [width, height] = size.slice(1).map(Number) as [number, number];
    return (CALLED_BY_WIDTH[name] ?? name) === `${Math.min(width, height)}p` || name === `${width}x${height}`;
  }
  const [one, other] = [requested, found].map(text => /^([\d.]+)( \D+)$/.exec(text));
  return one && other
    ? one[2] === other[2] && Math.abs(Number(one[1]) - Number(other[1])) <= HARDLY
    : requested === found;
}

function bothIn(pattern: string, found: string, requested: string): string {
  return pattern.replace(/\{([01])\}/g, (_sign, index) => (index === '0' ? found : requested));
}
