import { MINUTE, SECOND } from '../base/clock.ts';
import type { PollPace } from './pace.ts';
import { countOf, rateLimitPause, type Pause, type PauseReason } from '../tasks/pause.ts';
import { unreachablePause } from './schedule.ts';
import type { Others } from '../tasks/others.ts';
import type { Reply } from '../tasks/reply.ts';
import { isUnderWay, type ProblemKind, type Task } from '../tasks/task.ts';

/** A gateway that knows of one task only. */
export const ALONE: Others = { answeredAt: null, underWay: 0, denied: 0, witnesses: 0 };

/** How long to leave a gateway alone that rejects the key or is out of credit, before one request probes it (design.md), ms. */
const PROBE_EVERY = 10 * MINUTE;

/** Rejections within this time are one: requests are under way together, and one flicker hits them all, ms. */
const ONE_FLICKER = 30 * SECOND;

/** Problems of a gateway that is unreachable as a whole: they are not about the one task. */
const UNREACHABLE: ReadonlySet<ProblemKind> = new Set(['network', 'timeout', 'server']);

/** Whether a reply may be a word about the one task or about all, so that the others have to be looked at. */
export function isAmbiguous(reply: Reply): boolean {
  const problems: readonly ProblemKind[] = ['notFound', 'outOfCredit'];
  return reply.kind === 'keyRejected' || (reply.kind === 'requestFailed' && problems.includes(reply.problem));
}

/**
 * Whether a gateway that denies a task denies everything: it has responded about no task since, and every other one that is under
 * way is denied too. A single id that never had a response is just wrong.
 */
export function deniesEverything(task: Task, deniedSince: number, others: Others): boolean {
  const isBelied = others.answeredAt !== null && others.answeredAt >= deniedSince;
  const deniesAll = others.underWay === others.denied;
  return isUnderWay(task) && !isBelied && deniesAll && (task.answeredAt !== null || others.denied > 0);
}

/** Whether a denial is surely about the one task: the gateway has responded about others since, or has no others. */
export function deniesOnlyThis(task: Task, deniedSince: number, others: Others): boolean {
  const hasResponded = others.answeredAt !== null && others.answeredAt >= deniedSince;
  return hasResponded || (others.underWay === 0 && task.answeredAt === null);
}

/**
 * Whether a gateway that rejects the key for a task means the one task only, which may be another account's: it responds about others
 * with the same key.
 */
export function rejectsOnlyThis(task: Task, others: Others): boolean {
  const lastTry = task.failedAsks > 0 ? task.askedAt : null;
  const respondedSince = lastTry !== null && others.answeredAt !== null && others.answeredAt >= lastTry;
  return others.witnesses > 0 && (task.answeredAt === null || respondedSince);
}

/**
 * The pause of a gateway after a reply that left a task with this problem; `undefined` where it says nothing of the gateway as a
 * whole. `before` gives the pause until now.
 */
export function pauseAfter(
  { gateway, problem }: Pick<Task, 'gateway' | 'problem'>,
  reply: Reply,
  before: (reason: PauseReason) => Pause | undefined,
  others: Others,
  pace: PollPace,
  now: number,
): Pause | undefined {
  const retryAfter = reply.kind === 'requestFailed' ? reply.retryAfter : null;
  if (problem === 'keyRejected' || problem === 'outOfCredit') {
    return others.witnesses === 0 ? refusalPause(gateway, problem, before(problem), pace, now) : undefined;
  }
  if (problem === 'rateLimited') {
    const last = before('rateLimited');
    // Several requests can be under way at once: their refusals count as one.
    const isHolding = (last?.until ?? 0) > now;
    const count = (last?.count ?? 0) + (isHolding ? 0 : 1);
    return { gateway, reason: 'rateLimited', until: now + rateLimitPause(retryAfter, count), count };
  }
  if (problem !== null && UNREACHABLE.has(problem)) {
    const last = before('unreachable');
    const count = (last?.count ?? 0) + 1;
    const wait = Math.max(
      unreachablePause(pace, count),
      retryAfter === null ? 0 : rateLimitPause(retryAfter, count),
    );
    return { gateway, reason: 'unreachable', until: now + wait, count, since: last?.since ?? now };
  }
  return undefined;
}

/** Several times, over at least a minute, makes it so (design.md, poll policy): a single rejection was seen to pass (api.md 3.3). */
function refusalPause(
  gateway: string,
  reason: 'keyRejected' | 'outOfCredit',
  before: Pause | undefined,
  pace: PollPace,
  now: number,
): Pause | undefined {
  const stands = before !== undefined && before.count >= countOf(reason);
  // Until it holds, `until` is when the last one was counted. One that lies ahead was noted before the clock was turned back.
  const sinceLast = now - (before?.until ?? 0);
  if (before && !stands && sinceLast >= 0 && sinceLast < ONE_FLICKER / pace.speed) {
    return undefined;
  }
  const count = (before?.count ?? 0) + 1;
  const until = count >= countOf(reason) ? Math.ceil(now + PROBE_EVERY / pace.speed) : now;
  return { gateway, reason, until, count, since: before?.since ?? now };
}
