import { normal, type Random } from '../lib/random.ts';

/** How long tasks of a kind truly take in this bench, and as what Dailies knows them. */
export interface Distribution {
  readonly name: string;
  /** One task's duration, s. */
  readonly sample: (random: Random) => number;
  /** The share of tasks that take no longer than `seconds`. */
  readonly finishedBy: (seconds: number) => number;
  readonly model: string;
  /** The request that made the task, as JSON: it tells the mode, and with it the documented window. */
  readonly request: string;
}

function uniform(from: number, to: number): Pick<Distribution, 'name' | 'sample' | 'finishedBy'> {
  return {
    name: `uniform ${from}-${to} s`,
    sample: random => from + (to - from) * random(),
    finishedBy: seconds => Math.min(1, Math.max(0, (seconds - from) / (to - from))),
  };
}

function lognormal(median: number, sigma: number): Pick<Distribution, 'name' | 'sample' | 'finishedBy'> {
  return {
    name: `lognormal, median ${median} s, sigma ${sigma.toFixed(2)}`,
    sample: random => median * Math.exp(sigma * normal(random)),
    finishedBy: seconds => (seconds <= 0 ? 0 : normalShare(Math.log(seconds / median) / sigma)),
  };
}

/** The three of the goal. Their documented windows: 120-300 s, 120-240 s, 240-480 s. */
export const DISTRIBUTIONS: readonly Distribution[] = [
  { ...uniform(120, 300), model: 'veo_3_1_fast', request: '{"model":"veo_3_1_fast"}' },
  { ...lognormal(180, 0.35), model: 'grok_video3', request: '{"model":"grok_video3","duration":6}' },
  { ...lognormal(330, 0.4), model: 'grok_video3', request: '{"model":"grok_video3","duration":30}' },
];

/** The share of a standard normal distribution below `z`, within 1e-7 (Abramowitz and Stegun 26.2.17). */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z > 0 ? 1 - above : above;
}
