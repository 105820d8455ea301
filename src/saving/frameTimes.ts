import type { Times } from './sampleTable.ts';
import type { VideoFacts } from './videoFacts.ts';

/** Rates that frames come at; times in files are often rounded. */
const USUAL_RATES: readonly (readonly [numerator: number, denominator: number])[] = [
  [24000, 1001],
  [24, 1],
  [25, 1],
  [30000, 1001],
  [30, 1],
  [48, 1],
  [50, 1],
  [60000, 1001],
  [60, 1],
];

/** How far the average may be from a usual rate: 23.976 and 24 are a thousandth apart. */
const NEAR = 0.0004;

/** The same where single frames are longer than the rest. */
const NEARLY = 0.005;

/** The rate that frames of these times come at: a usual one that is near, else what they come to. */
export function rateOf({ count, duration, longest, shortest }: Times, timescale: number): VideoFacts['rate'] {
  const average = (count * timescale) / duration;
  const isUneven = longest - shortest > 1;
  // Frames that are longer than the rest make the average smaller, which may come near another rate.
  const usual =
    (isUneven ? usualRate(timescale / shortest, NEAR, average) : undefined) ??
    usualRate(average, isUneven ? NEARLY : NEAR);
  const [numerator, denominator] =
    usual ?? (longest === shortest ? [timescale, longest] : [Math.max(1, Math.round(average * 1000)), 1000]);
  return reduced(numerator, denominator);
}

/** A usual rate as near as `limit` (its part of the rate), else the rate to a thousandth. */
export function rateNear(rate: number, limit = NEAR): VideoFacts['rate'] {
  const [numerator, denominator] = usualRate(rate, Math.max(limit, NEAR)) ?? [
    Math.max(1, Math.round(rate * 1000)),
    1000,
  ];
  return reduced(numerator, denominator);
}

function reduced(numerator: number, denominator: number): VideoFacts['rate'] {
  const divisor = commonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The usual rate nearest to another, if it is as near as `limit`; where an average is given, that has to be nearly the same. */
function usualRate(rate: number, limit: number, average = rate): readonly [number, number] | undefined {
  const off = ([top, bottom]: readonly [number, number], from: number): number =>
    Math.abs(from / (top / bottom) - 1);
  const nearest = USUAL_RATES.toSorted((a, b) => off(a, rate) - off(b, rate))[0];
  return nearest && off(nearest, rate) < limit && off(nearest, average) < NEARLY ? nearest : undefined;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
