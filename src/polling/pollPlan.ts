import { HORIZON, runningSums, type Durations } from './durations.ts';

/** How many seconds of delay in noticing a finished clip weigh as much as one request (design.md, poll policy). */
export const DELAY_PER_REQUEST = 5;

/** The widest gap between two polls of one task, s (design.md). */
export const WIDEST_GAP = 300;

/**
 * When to poll a task: `gaps[t]` is how long to wait, s, after it was found unfinished `t` seconds after its
 * creation; `gaps[0]` is the wait for the first poll of a task just created.
 */
export type PollPlan = Uint16Array;

/**
 * The plan with the least expected cost, requests + delay / 5 s, under a shortest gap in seconds: dynamic
 * programming from the end of the grid backwards.
 */
export function planPolls(durations: Durations, shortestGap: number): PollPlan {
  const finished = runningSums(durations).subarray(1);
  const area = runningSums(finished);
  const gaps = new Uint16Array(HORIZON + 1).fill(Math.max(WIDEST_GAP, shortestGap));
  // costs[t]: what is still to pay, over all tasks unfinished at t and polled just then.
  const costs = new Float64Array(HORIZON + WIDEST_GAP + shortestGap + 1);
  for (let t = HORIZON - 1; t >= 0; t--) {
    const done = finished[t] ?? 1;
    let best = Infinity;
    const widest = Math.max(WIDEST_GAP, shortestGap);
    // Nothing was polled yet at the creation, so the first poll may come at any time.
    for (let gap = t === 0 ? 1 : shortestGap; gap <= widest; gap++) {
      const next = Math.min(t + gap, HORIZON);
      const delay = (area[next] ?? 0) - (area[t] ?? 0) - (next - t) * done;
      const cost = 1 - done + delay / DELAY_PER_REQUEST + (costs[next] ?? 0);
      if (cost < best) {
        best = cost;
        gaps[t] = gap;
      }
    }
    costs[t] = best;
  }
  return gaps;
}
