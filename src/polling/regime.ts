import type { Observation } from '../tasks/observation.ts';

/** The finished tasks that show how long tasks take now, and those before the last change of the gateway's pace. */
export interface Regime {
  /** Newest first. */
  readonly recent: readonly Observation[];
  /** What went before the change, newest first; empty where nothing has changed. */
  readonly before: readonly Observation[];
}

/** So few finished tasks may be a change of pace; fewer are chance. */
const FEWEST = 5;

/** A change is detected against at least so many tasks before it. */
const FEWEST_BEFORE = 8;

/**
 * How unlikely it must be that the newest tasks took as long as those before, in standard deviations of the rank sum
 * (Mann and Whitney 1947). Each new task is looked at with several lengths, so this is well above the usual 2.
 */
const SURELY = 3.2;

/** How many of the newest tasks are held against those before: each half as long again as the one before. */
const LENGTHS = [5, 6, 7, 8, 10, 13, 18, 26, 40] as const;

/**
 * Where the gateway's pace last changed, in a history with the newest first: a busy day doubles durations, and what was learned
 * before it is then wrong twice, on that day and after it.
 */
export function regimeOf(history: readonly Observation[]): Regime {
  const oldestFirst = history.map(({ after, until }) => (after + until) / 2).reverse();
  let start = 0;
  for (let end = FEWEST; end <= oldestFirst.length; end++) {
    start = changeWithin(oldestFirst.slice(start, end), start) ?? start;
  }
  const count = history.length - start;
  return { recent: history.slice(0, count), before: history.slice(count) };
}

/** The position in the history from which on these durations differ; `undefined` where they do not. */
function changeWithin(durations: readonly number[], offset: number): number | undefined {
  let strongest = SURELY;
  let place: number | undefined;
  for (const length of LENGTHS) {
    const border = durations.length - length;
    if (border < Math.max(FEWEST_BEFORE, length)) {
      break;
    }
    const strength = Math.abs(rankSum(durations.slice(border), durations.slice(0, border)));
    if (strength > strongest) {
      strongest = strength;
      place = offset + border;
    }
  }
  return place;
}

/** How far the first values lie above the others, in standard deviations of what chance would give. */
function rankSum(first: readonly number[], others: readonly number[]): number {
  let above = 0;
  for (const one of first) {
    for (const other of others) {
      above += one > other ? 1 : one === other ? 0.5 : 0;
    }
  }
  const pairs = first.length * others.length;
  return (above - pairs / 2) / Math.sqrt((pairs * (first.length + others.length + 1)) / 12);
}
