import { needsDecision, type Intent } from './intent.ts';
import { concerns, isHolding, PAUSE_REASONS, type Pause } from './pause.ts';
import { isAtRisk, lostAt } from './risk.ts';
import { TALLIES, type Tally, type TasksByTally } from './tally.ts';
import type { Task } from './task.ts';

/** All tasks in a few facts. */
export interface Summary {
  readonly counts: Readonly<Record<Tally, number>>;
  /** Clips that may soon be lost. */
  readonly atRisk: number;
  /** When the links of those are assumed to expire, ms since the epoch, `null` where nobody knows. */
  readonly risks: readonly (number | null)[];
  /** The same of all clips that are not saved. */
  readonly unsaved: readonly (number | null)[];
  /** The person's own pause, and those that keep tasks waiting, first the one that a person can do most about. */
  readonly holds: readonly Pause[];
  /** Whether anything is in progress, as far as is known: a generation that is tracked, or a download. */
  readonly isMoving: boolean;
  /** When the gateway is polled next, ms since the epoch; `null` when there is nothing to poll, or not until a person acts. */
  readonly nextPollAt: number | null;
  /** The newest clip that is ready and that nobody has seen. */
  readonly newestReady: Task | undefined;
}

/** Counts all tasks, and finds what they are waiting for. `pauses` are all that are known, holding or not; `intents` are the videos that are no tasks yet. */
export function summaryOf(
  tasks: TasksByTally,
  pauses: readonly Pause[],
  now: number,
  intents: readonly Intent[] = [],
): Summary {
  const all = (...tallies: readonly Tally[]): Task[] => tallies.flatMap(tally => [...tasks.of(tally)]);
  const followed = all('rendering', 'queued', 'waiting');
  // The others, by far the most in a long list, are neither polled nor saved.
  const open = [...followed, ...all('saving', 'notSaved', 'stalled', 'notFound', 'stuck')];
  const atRisk = open.filter(task => isAtRisk(task, now));
  const holding = pauses.filter(pause => isHolding(pause, now));
  const polled = open.filter(task => task.nextPollAt !== null);
  const gateways = new Set([...followed, ...polled].map(task => task.gateway));
  return {
    counts: countsOf(tasks, intents),
    atRisk: atRisk.length,
    risks: atRisk.map(lostAt),
    unsaved: all('notSaved').map(lostAt),
    holds: holding
      .filter(({ reason, gateway }) => reason === 'person' || gateways.has(gateway))
      .sort((a, b) => PAUSE_REASONS.indexOf(a.reason) - PAUSE_REASONS.indexOf(b.reason)),
    isMoving:
      intents.some(({ state }) => state === 'sending') ||
      followed.some(task => task.problem === null && !isStopped(task, holding)) ||
      all('saving').some(task => task.file === 'downloading'),
    nextPollAt: earliest(open.map(task => askableAt(task, holding))),
    newestReady: all('ready').reduce<Task | undefined>(
      (newest, task) => (newest && newest.trackedAt > task.trackedAt ? newest : task),
      undefined,
    ),
  };
}

function countsOf(tasks: TasksByTally, intents: readonly Intent[]): Record<Tally, number> {
  const counts = Object.fromEntries(TALLIES.map(tally => [tally, tasks.count(tally)])) as Record<
    Tally,
    number
  >;
  for (const intent of intents) {
    counts[intentTallyOf(intent)]++;
  }
  return counts;
}

/** What a video is counted as that is no task yet. */
function intentTallyOf(intent: Intent): Tally {
  if (!needsDecision(intent)) {
    return 'sending';
  }
  return intent.state === 'unknown' ? 'undecided' : 'notMade';
}

/** Whether there is no news of a task because its gateway is paused. A gateway that rate-limits still works on it. */
function isStopped({ gateway }: Task, holding: readonly Pause[]): boolean {
  return holding.some(pause => concerns(pause, gateway) && pause.reason !== 'rateLimited');
}

/** When a task may be polled; `null` when there is nothing to poll, or not until a person acts. */
function askableAt({ nextPollAt, gateway }: Task, holding: readonly Pause[]): number | null {
  const untils = holding.filter(pause => concerns(pause, gateway)).map(pause => pause.until);
  return nextPollAt === null || untils.includes(null)
    ? null
    : Math.max(nextPollAt, ...untils.filter(until => until !== null));
}

function earliest(moments: readonly (number | null)[]): number | null {
  return moments.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.min(a, b)), null);
}
