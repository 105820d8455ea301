import { HOUR, MINUTE, SECOND } from '../base/clock.ts';
import { HORIZON } from './durations.ts';
import { elapsedAt, type Forecast } from './forecast.ts';
import type { PollPace } from './pace.ts';
import { countOf } from '../tasks/pause.ts';
import { WIDEST_GAP } from './pollPlan.ts';
import type { Task } from '../tasks/task.ts';
import { isFinal, isUnderWay } from '../tasks/task.ts';

/** How long a completed task without a link is polled again (design.md). */
const LINK_GRACE = 10 * MINUTE;

/** How often, and for how long, a task that stalled or was not found is polled; after that only on request. */
const GIVEN_UP_INTERVAL = HOUR;
const GIVEN_UP_FOR = 7 * 24 * HOUR;

const LONGEST_BACKOFF = 10 * MINUTE;

/** Within this time after the network is back, polling continues. */
const LONGEST_UNREACHABLE = 2 * MINUTE;

/** How far a poll may be moved so that many tasks do not coincide, as a share of the wait. */
const JITTER = 0.1;

/**
 * When to poll a task next, after an attempt that ended at `now` and left the task as given; `null` when there
 * is nothing more to poll. `random` is in [0, 1) and spreads tasks that began together, never below the pace.
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
    // Only a response can end the wait: failed requests say nothing about the link.
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

/** When to poll a task first that was just created here: when it may be expected to end. */
export function firstPollAt(
  task: Pick<Task, 'createdAt' | 'trackedAt'>,
  forecast: Forecast,
  pace: PollPace,
): number {
  return Math.ceil(task.trackedAt + plannedWait(task, forecast, pace, task.trackedAt));
}

/** How long to leave a gateway alone that could not be reached `count` times in succession, ms. */
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
