import { HOUR, MINUTE, SECOND } from '../base/clock.ts';
import type { SaveProblem, Task, TaskPatch } from '../tasks/task.ts';
import type { SaveError } from './errors.ts';

/** Pauses between attempts to save; the last one repeats. */
const PAUSES = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR] as const;

/** A response of the gateway that is older may hold a link that has been renewed meanwhile, ms. */
const LATE = HOUR;

/** How long an attempt waits for a fresh link; then it is made with the old one, ms. */
const FRESH_LINK_WAIT = MINUTE;

/** The shortest time between two polls of one task (design.md, poll policy), ms. */
const REQUEST_GAP = 30 * SECOND;

/** How long after its assumed expiry a link is tried that the media host refuses, and one that was never requested, ms. */
const DOUBT = { refused: 24 * HOUR, untried: 7 * 24 * HOUR } as const;

/** So often is a clip tried that seems too short; after that it is what the media host has. */
export const SHORT_TRIES = 3;

/** So often is a file tried that another program may hold; after that the folder is at fault, and a person must know. */
const HELD_TRIES = 3;

/** Problems that are due to a lack of space. What was downloaded before any other can be continued. */
const TAKES_ROOM: ReadonlySet<SaveProblem> = new Set(['tooLarge', 'diskFull']);

/**
 * Whether a fresh link should be requested from the gateway before the next attempt: its last response is old, or the media
 * host has refused the link since. Not when it has just been polled, with whatever success.
 */
export function wantsFreshLink(task: Task, now: number): boolean {
  const askedAt = task.askedAt ?? 0;
  // A refusal that lies ahead was noted before the clock was turned back.
  const refusedAt = task.linkRefusedAt ?? Infinity;
  const isRefused = askedAt < refusedAt && refusedAt <= now;
  return task.nextPollAt === null && (isRefused || now - askedAt >= LATE);
}

/** Requests a fresh link, and lets the attempt wait for it. */
export function requestFreshLink(task: Task, now: number): TaskPatch {
  const nextPollAt = Math.max(now, (task.askedAt ?? 0) + REQUEST_GAP);
  // A window that closed may have left it as if it were on its way: then the response would not make it due.
  const waiting = task.file === 'downloading' ? { file: 'waiting' as const } : {};
  return { ...waiting, nextPollAt, nextSaveAt: nextPollAt + FRESH_LINK_WAIT };
}

/** Whether what was downloaded so far must go, though the next attempt could continue it. */
export function mustMakeRoom(error: SaveError): boolean {
  return TAKES_ROOM.has(error.problem);
}

/**
 * What a failed attempt leaves behind: when to try again, or that the link has expired. `hasAdvanced`: more of the clip is
 * on the disk than before. `isComplete`: all of it is, and only its final name is missing.
 */
export function failure(
  task: Task,
  error: SaveError,
  { hasAdvanced, isComplete }: { readonly hasAdvanced: boolean; readonly isComplete: boolean },
  now: number,
): TaskPatch {
  // A line that breaks again and again but brings the clip nearer each time is tried on without longer pauses.
  const failedSaves = hasAdvanced ? 1 : task.failedSaves + 1;
  const isHeldTooLong = error.problem === 'held' && failedSaves >= HELD_TRIES;
  const told: TaskPatch = {
    saveProblem: isHeldTooLong ? 'folder' : error.problem,
    saveProblemText: error.detail,
    failedSaves,
    ...(error.isGone ? { linkRefusedAt: now } : {}),
  };
  if (!isComplete && isSurelyExpired(task, error, now)) {
    return { ...told, file: 'expired', nextSaveAt: null, part: null };
  }
  const pause = PAUSES[Math.min(failedSaves, PAUSES.length) - 1] ?? HOUR;
  return { ...told, file: 'failed', nextSaveAt: now + pause };
}

/** What an attempt leaves behind that yielded its slot to another clip: it takes its turn again, once that has begun. */
export function turnOver(now: number): TaskPatch {
  return { file: 'waiting', nextSaveAt: now + PAUSES[0] };
}

/**
 * What is left of an attempt whose clip is all here, in a window that does not reach its folder: it stays due for those that do.
 * `isAgain`: no such window has come for a while, and the person should know.
 */
export function outOfReach(error: SaveError, isAgain: boolean): TaskPatch {
  return isAgain
    ? { file: 'failed', saveProblem: error.problem, saveProblemText: error.detail }
    : { file: 'waiting' };
}

/** The link's life is over, the media host says so, and so does the gateway, which has no other; or nobody says. */
export function isSurelyExpired(task: Task, error: SaveError, now: number): boolean {
  const { linkExpiresAt, answeredAt } = task;
  if (linkExpiresAt === null || now < linkExpiresAt) {
    return false;
  }
  const isConfirmed = error.isGone && (answeredAt ?? 0) >= linkExpiresAt;
  return isConfirmed || now >= linkExpiresAt + (error.isGone ? DOUBT.refused : DOUBT.untried);
}
