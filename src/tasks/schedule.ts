import { HOUR, MINUTE, SECOND } from '../base/clock.ts';
import type { GatewayAddress } from './gatewayAddress.ts';
import type { Task } from './task.ts';
import { isFinal } from './task.ts';

/** The person's wish and the gateway's rule, as they bind one task. */
export interface PollPace {
  /** Time between two questions about one task, ms. Never less than the gateway allows. */
  readonly interval: number;
  /** After how long without a final answer a task counts as stalled, ms. */
  readonly watchLimit: number;
}

/** How long a task without a final answer is watched at full pace (design.md: past the life of its link). */
const WATCH_LIMIT = 26 * HOUR;

/** A completed answer without a link is asked again for this long (design.md). */
const LINK_GRACE = 10 * MINUTE;

/** The slowest pace a person can choose, ms (design.md). */
const LONGEST_INTERVAL = 300 * SECOND;

const STALLED_INTERVAL = HOUR;
const LONGEST_BACKOFF = 10 * MINUTE;

/** The longest Retry-After that is obeyed (design.md, poll policy); a longer one is a mistake or an attack. */
const LONGEST_RETRY_AFTER = 150 * SECOND;

/** The pace for tasks of a gateway: the person's wish in seconds, within what the gateway allows. */
export function paceFor(gateway: GatewayAddress, wishInSeconds: number): PollPace {
  const wish = Number.isFinite(wishInSeconds) ? wishInSeconds * SECOND : gateway.shortestInterval;
  return {
    interval: Math.min(Math.max(wish, gateway.shortestInterval), LONGEST_INTERVAL),
    watchLimit: WATCH_LIMIT,
  };
}

/**
 * When to ask about a task next, after an attempt that ended at `now` and left the task as given; `null` when there
 * is nothing more to ask. `random` is in [0, 1) and spreads tasks that began together; it only ever delays, so that
 * no task is asked sooner than its pace allows.
 */
export function nextPollAt(task: Task, pace: PollPace, now: number, random: number): number | null {
  if (task.generation === 'notFound') {
    return null;
  }
  if (isFinal(task.generation)) {
    const waitsForLink = task.generation === 'completed' && task.videoUrl === null;
    return waitsForLink && now - (task.completedSeenAt ?? now) < LINK_GRACE ? now + pace.interval : null;
  }
  const base = task.generation === 'stalled' ? Math.max(STALLED_INTERVAL, pace.interval) : pace.interval;
  const wait = task.failedAsks > 0 ? backoff(base, task.failedAsks) : base;
  return Math.ceil(now + wait * (1 + 0.1 * random));
}

/** How long to leave a whole gateway alone after its `count`-th 429 in a row, ms. */
export function rateLimitPause(retryAfter: number | null, count: number): number {
  return retryAfter === null
    ? Math.min(30 * SECOND * 2 ** (count - 1), LONGEST_BACKOFF)
    : Math.min(Math.max(retryAfter, SECOND), LONGEST_RETRY_AFTER);
}

function backoff(interval: number, failures: number): number {
  return Math.max(interval, Math.min(interval * 2 ** (failures - 1), LONGEST_BACKOFF));
}
