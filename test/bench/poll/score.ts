import { mean, percentile, rounded } from '../lib/statistics.ts';

/** How one task was followed to its end. */
export interface Followed {
  /** Questions asked about it. */
  readonly requests: number;
  /** From its completion to the answer that said so, s. */
  readonly delay: number;
}

/** How a policy did over many tasks. */
export interface Score {
  /** Per task. */
  readonly requests: number;
  readonly meanDelayS: number;
  readonly p95DelayS: number;
}

/** Sums up a policy. */
export function scoreOf(followed: readonly Followed[]): Score {
  const delays = followed.map(task => task.delay);
  return {
    requests: rounded(mean(followed.map(task => task.requests)), 3),
    meanDelayS: rounded(mean(delays), 2),
    p95DelayS: rounded(percentile(delays, 0.95), 2),
  };
}

/** What design.md's poll policy minimises: requests + mean delay / 5 s. */
export function costOf(score: Score): number {
  return score.requests + score.meanDelayS / 5;
}

/** Follows tasks by fixed moments to ask, s from their creation, in rising order and beyond every duration. */
export function followBy(moments: readonly number[], durations: readonly number[]): Followed[] {
  return durations.map(duration => {
    const index = moments.findIndex(moment => moment >= duration);
    const seen = moments[index];
    if (seen === undefined) {
      throw new Error(`No moment to ask is left for a task of ${duration} s.`);
    }
    return { requests: index + 1, delay: seen - duration };
  });
}

/** Every `gap` seconds, for two hours. */
export function every(gap: number): number[] {
  return Array.from({ length: Math.ceil(7_200 / gap) }, (_, index) => (index + 1) * gap);
}
