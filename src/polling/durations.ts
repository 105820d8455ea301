import type { Observation } from '../tasks/observation.ts';
import { regimeOf } from './regime.ts';

/**
 * How long tasks take, as probabilities on a grid of one second: `p[t]` is the chance that a task is finished in
 * second `t` after its creation. Sums to 1; the last second stands for everything later.
 */
export type Durations = Float64Array;

/** The window that documentation gives for a kind of task, s. */
export interface DurationWindow {
  readonly from: number;
  readonly to: number;
}

/** The longest duration that is distinguished, s. Later than this, tasks are polled at the slowest pace anyway. */
export const HORIZON = 3_600;

/** From so many finished tasks of a kind on, the person's own history counts (design.md, poll policy). */
export const ENOUGH_HISTORY = 5;

/** How much the documented window still counts besides the history, in finished tasks. */
const PRIOR_WEIGHT = 2;

/** How the documented window is believed: most tasks end within, a few before, some long after. */
const WITHIN = 0.72;
const BEFORE = 0.06;

/** The history's shape stands after some twenty rounds; more change nothing that a poll would notice. */
const ROUNDS = 25;

/** The documented window as a distribution with tails, so that a task outside of it is still polled in time. */
export function documentedDurations(window: DurationWindow): Durations {
  const durations = new Float64Array(HORIZON + 1);
  const tail = 0.5 * window.to;
  for (let t = 1; t <= HORIZON; t++) {
    durations[t] =
      t <= window.from
        ? BEFORE / window.from
        : t <= window.to
          ? WITHIN / (window.to - window.from)
          : ((1 - WITHIN - BEFORE) / tail) * Math.exp(-(t - window.to) / tail);
  }
  return normalised(durations);
}

/**
 * The distribution behind a history of finished tasks, smoothed. Each was seen finished only at some poll, so
 * its duration is known as an interval; the estimate shares each task's weight over its interval by what the others
 * say (expectation-maximisation with smoothing, after Silverman et al. 1990). Where the gateway's pace has changed, only what
 * came after counts in full; before that, the shape counts as `documented` does. Falls back on `documented` where
 * the history is too short. Newest first.
 */
export function learnedDurations(documented: Durations, history: readonly Observation[]): Durations {
  if (history.length < ENOUGH_HISTORY) {
    return documented;
  }
  const { recent, before } = regimeOf(history);
  if (before.length === 0) {
    return estimate(documented, recent);
  }
  const earlier = learnedDurations(documented, before);
  return estimate(stretched(earlier, middleOf(recent) / middleOf(before)), recent);
}

/** The distribution behind finished tasks of one pace, by what is expected of them and what was seen. */
function estimate(expected: Durations, history: readonly Observation[]): Durations {
  const radius = smoothingRadius(history);
  let durations = expected;
  for (let round = 0; round < ROUNDS; round++) {
    const shared = shareOut(durations, history);
    const smoothed = smooth(smooth(shared, radius), radius);
    durations = normalised(smoothed.map((weight, t) => weight + PRIOR_WEIGHT * (expected[t] ?? 0)));
  }
  return durations;
}

/** The same shape for tasks that take `factor` times as long. */
function stretched(durations: Durations, factor: number): Durations {
  const result = new Float64Array(HORIZON + 1);
  for (let t = 0; t <= HORIZON; t++) {
    // A second's share goes to the seconds that it becomes.
    const [from, to] = [Math.min(t * factor, HORIZON), Math.min((t + 1) * factor, HORIZON)];
    const pieces = Math.max(1, Math.ceil(to - from));
    for (let piece = 0; piece < pieces; piece++) {
      const second = Math.min(HORIZON, Math.round(from + ((piece + 0.5) * (to - from)) / pieces));
      result[second] = at(result, second) + at(durations, t) / pieces;
    }
  }
  return normalised(smooth(result, 1));
}

/** The duration that half of the tasks took longer than, s. */
function middleOf(history: readonly Observation[]): number {
  const middles = history.map(({ after, until }) => (after + until) / 2).sort((a, b) => a - b);
  return Math.max(1, middles[Math.floor(middles.length / 2)] ?? 1);
}

/** `sums[t]` is the sum of all values before `t`; one longer than the values. */
export function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let t = 0; t < values.length; t++) {
    sums[t + 1] = at(sums, t) + at(values, t);
  }
  return sums;
}

/** The second by which a share of the tasks that are not finished at `elapsed` will be, s from creation. */
export function quantile(durations: Durations, share: number, elapsed: number): number {
  const start = Math.min(Math.max(0, Math.floor(elapsed)), HORIZON);
  const sums = runningSums(durations);
  const before = at(sums, start + 1);
  const wanted = before + share * (at(sums, HORIZON + 1) - before);
  let t = start;
  while (t < HORIZON && at(sums, t + 1) < wanted) {
    t++;
  }
  return t;
}

/** The chance that a task takes longer than `elapsed` seconds. */
export function chanceOfLonger(durations: Durations, elapsed: number): number {
  return 1 - at(runningSums(durations), Math.min(Math.max(0, Math.floor(elapsed)), HORIZON) + 1);
}

/** Each task's weight, 1, spread over its interval in proportion to the distribution so far. */
function shareOut(durations: Durations, history: readonly Observation[]): Float64Array {
  const sums = runningSums(durations);
  // How much weight each second takes per unit of its probability, kept as differences between neighbours.
  const steps = new Float64Array(HORIZON + 2);
  for (const observation of history) {
    const { first, last } = secondsOf(observation);
    const chance = at(sums, last + 1) - at(sums, first);
    if (chance > 0) {
      steps[first] = at(steps, first) + 1 / chance;
      steps[last + 1] = at(steps, last + 1) - 1 / chance;
    }
  }
  const shared = new Float64Array(HORIZON + 1);
  let level = 0;
  for (let t = 0; t <= HORIZON; t++) {
    level += at(steps, t);
    shared[t] = level * at(durations, t);
  }
  return shared;
}

function secondsOf(observation: Observation): { first: number; last: number } {
  const last = Math.min(HORIZON, Math.max(1, Math.ceil(observation.until)));
  return { first: Math.min(last, Math.max(0, Math.floor(observation.after)) + 1), last };
}

/**
 * Silverman's rule of thumb for the width of smoothing, over the middles of the intervals; as a box's radius, s. The
 * spread is that of the middle half, so that one task seen only after a night does not blur all others.
 */
function smoothingRadius(history: readonly Observation[]): number {
  const middles = history
    .map(({ after, until }) => Math.min((after + until) / 2, HORIZON))
    .sort((a, b) => a - b);
  const quarter = (share: number): number => middles[Math.floor(share * (middles.length - 1))] ?? 0;
  const spread = (quarter(0.75) - quarter(0.25)) / 1.34;
  // A box applied twice has the spread of a bell of `width` when its radius is 1.22 times that.
  const width = 0.9 * spread * middles.length ** -0.2;
  return Math.round(Math.min(Math.max(0.6 * width, 3), 120));
}

/** Each value replaced by the mean around it; what would leave the grid stays inside. */
function smooth(values: Float64Array, radius: number): Float64Array {
  const sums = runningSums(values);
  return values.map((_value, t) => {
    const first = Math.max(0, t - radius);
    const last = Math.min(values.length - 1, t + radius);
    return (at(sums, last + 1) - at(sums, first)) / (last - first + 1);
  });
}

function normalised(values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map(value => value / total);
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
