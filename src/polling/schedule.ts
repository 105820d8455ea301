import { HOUR, MINUTE, SECOND } from '../base/clock.ts';
import { HORIZON } from './durations.ts';
import { elapsedAt, type Forecast } from './forecast.ts';
import type { PollPace } from './pace.ts';
import { countOf } from '../tasks/pause.ts';
import { WIDEST_GAP } from './pollPlan.ts';
import type { Task } from '../tasks/task.ts';
import { isFinal, isUnderWay } from '../tasks/task.ts';

/** A completed answer without a link is asked again for this long (design.md). */
const LINK_GRACE = 10 * MINUTE;

/** A task that stalled or was not found is asked about so often, for so long after that; then only when a person wishes. */
const GIVEN_UP_INTERVAL = HOUR;
const GIVEN_UP_FOR = 7 * 24 * HOUR;

const LONGEST_BACKOFF = 10 * MINUTE;

/** Within this time after the network is back, asking goes on. */
const LONGEST_UNREACHABLE = 2 * MINUTE;

/** The longest Retry-After that is obeyed (design.md, poll policy); a longer one is a mistake or an attack. */
const LONGEST_RETRY_AFTER = 150 * SECOND;

/** How far a question may be moved so that many tasks do not fall together, as a share of the wait. */
const JITTER = 0.1;

/**
 * When to ask about a task next, after an attempt that ended at `now` and left the task as given; `null` when there
 * is nothing more to ask. `random` is in [0, 1) and spreads tasks that began together, never below the pace.
 */
export function nextPollAt(
  task: Task,
  forecast: Forecast,
  pace: PollPace,
  now: number,
  random: number,
): number | null {
  if (isFinal(task.generation)) {
    const waitsForLink = task.generation === 'completed' && task.videoUrl === null;
    // Only an answer can end the waiting: while nobody could be asked, nothing was said about the link.
    const mayCome = task.problem !== null || now - (task.completedSeenAt ?? now) < LINK_GRACE;
    return waitsForLink && mayCome ? Math.ceil(now + pace.interval) : null;
  }
  if (!isUnderWay(task) && now - givenUpAt(task, pace) >= GIVEN_UP_FOR) {
    return null;
  }
  return Math.ceil(
    now + Math.max(pace.interval, waitFor(task, forecast, pace, now) * (1 + JITTER * (random - 0.5))),
  );
}

/** When to ask first about a task just made by this person: when it can be expected to end. */
export function firstPollAt(
  task: Pick<Task, 'createdAt' | 'trackedAt'>,
  forecast: Forecast,
  pace: PollPace,
): number {
  return Math.ceil(task.trackedAt + plannedWait(task, forecast, pace, task.trackedAt));
}

/** How long to leave a whole gateway alone after its `count`-th 429 in a row, ms. */
export function rateLimitPause(retryAfter: number | null, count: number): number {
  return retryAfter === null
    ? Math.min(30 * SECOND * 2 ** (count - 1), LONGEST_BACKOFF)
    : Math.min(Math.max(Math.ceil(retryAfter), SECOND), LONGEST_RETRY_AFTER);
}

/** How long to leave a gateway alone that could not be reached `count` times in a row, ms. */
export function unreachablePause(pace: PollPace, count: number): number {
  const more = count - countOf('unreachable');
  return more < 0 ? 0 : Math.ceil(Math.min(pace.interval * 2 ** more, LONGEST_UNREACHABLE));
}

function waitFor(task: Task, forecast: Forecast, pace: PollPace, now: number): number {
  if (!isUnderWay(task)) {
    return Math.max(GIVEN_UP_INTERVAL, pace.interval);
  }
  if (task.failedAsks > 0) {
    return Math.min(pace.interval * 2 ** (task.failedAsks - 1), LONGEST_BACKOFF);
  }
  return plannedWait(task, forecast, pace, now);
}

/** Since when a task has been stalled or not found, ms since the epoch. */
function givenUpAt(task: Task, pace: PollPace): number {
  return task.generation === 'notFound'
    ? (task.deniedSince ?? task.trackedAt)
    : task.trackedAt + pace.watchLimit;
}

function plannedWait(
  task: Pick<Task, 'createdAt' | 'trackedAt'>,
  forecast: Forecast,
  pace: PollPace,
  now: number,
): number {
  const plan = forecast.plan(Math.round((pace.interval / SECOND) * pace.speed));
  const elapsed = Math.min(Math.floor(elapsedAt(task, now, pace)), HORIZON);
  return ((plan[elapsed] ?? WIDEST_GAP) * SECOND) / pace.speed;
}
