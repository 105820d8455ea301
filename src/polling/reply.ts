import { MINUTE } from '../base/clock.ts';
import { assumedExpiry } from '../tasks/linkLife.ts';
import { ALONE, deniesEverything, deniesOnlyThis, rejectsOnlyThis } from './gatewayFaults.ts';
import type { Others } from '../tasks/others.ts';
import type { PollPace } from './pace.ts';
import type { Reply, TaskResponse } from '../tasks/reply.ts';
import type { ProblemKind, Task, TaskPatch } from '../tasks/task.ts';
import { isFinal, isUnderWay } from '../tasks/task.ts';

/** How often, and over how long, a gateway must deny an id before it counts as not found (users.md 2c). */
const DENIALS = 3;
const DENIALS_SPAN = 10 * MINUTE;

/** This many failed polls in succession, past the watch limit, make a task stalled. */
const SILENCES = 5;

/**
 * What a reply changes about a task: the facts only, not when to poll next. `savesAutomatically`: whether a finished clip is
 * saved automatically. `others`: what the gateway said about its other tasks, so that a fault of the gateway is none of
 * the task's.
 */
export function applyReply(
  task: Task,
  reply: Reply,
  pace: PollPace,
  savesAutomatically: boolean,
  now: number,
  others: Others = ALONE,
): TaskPatch {
  switch (reply.kind) {
    case 'response':
    case 'taskFailure':
      return {
        ...applyResponse(task, reply.response, savesAutomatically, now),
        ...(reply.endpoint ? { endpoint: reply.endpoint } : {}),
        ...stalledIfSilent(task, reply.response, pace, now),
      };
    case 'keyRejected':
      return rejectsOnlyThis(task, others)
        ? applyFailure(task, 'refused', reply.text, pace, now)
        : { problem: 'keyRejected', problemText: reply.text, failedAsks: task.failedAsks + 1 };
    case 'requestFailed':
      return reply.problem === 'notFound' && !isFinal(task.generation)
        ? applyDenial(task, reply.text, pace, now, others)
        : applyFailure(task, reply.problem, reply.text, pace, now);
  }
}

function applyFailure(
  task: Task,
  problem: ProblemKind,
  problemText: string,
  pace: PollPace,
  now: number,
): TaskPatch {
  const failedAsks = task.failedAsks + 1;
  // A request that could not be made (a machine that was off, an account out of credit) is no silence of the gateway.
  const isSilent = failedAsks >= SILENCES && problem !== 'outOfCredit' && isOverdue(task, pace, now);
  return { problem, problemText, failedAsks, ...(isSilent ? { generation: 'stalled' } : {}) };
}

function applyResponse(
  task: Task,
  response: TaskResponse,
  savesAutomatically: boolean,
  now: number,
): TaskPatch {
  const facts: TaskPatch = {
    statusWord: response.statusWord,
    model: response.model ?? task.model,
    createdAt: response.createdAt ?? task.createdAt,
    actualDuration: response.actualDuration ?? task.actualDuration,
    amount: response.amount ?? task.amount,
    error: response.error,
    rawAnswer: response.raw,
    answeredAt: now,
    problem: null,
    problemText: null,
    failedAsks: 0,
    deniedSince: null,
    denials: 0,
  };
  // A finished task stays finished, whatever an old or confused response says later; only its link may be renewed.
  if (isFinal(task.generation) && response.generation !== 'completed') {
    return { answeredAt: now, problem: null, problemText: null, failedAsks: 0 };
  }
  if (response.generation === 'completed') {
    return { ...facts, generation: 'completed', ...applyCompletion(task, response, savesAutomatically, now) };
  }
  return {
    ...facts,
    generation: response.generation,
    ...(isFinal(response.generation) ? {} : { unfinishedAt: now }),
  };
}

function applyCompletion(
  task: Task,
  response: TaskResponse,
  savesAutomatically: boolean,
  now: number,
): TaskPatch {
  const completedSeenAt = task.completedSeenAt ?? now;
  if (response.videoUrl === null) {
    return { completedSeenAt };
  }
  const bornAfter = task.unfinishedAt ?? response.createdAt ?? task.createdAt;
  return {
    completedSeenAt,
    videoUrl: response.videoUrl,
    linkExpiresAt: assumedExpiry(response.videoUrl, bornAfter, completedSeenAt),
    ...whenLinkComes(task, savesAutomatically, now),
  };
}

/** A link has come: a clip that waits to be saved is saved now, and one that was given up has another chance. */
function whenLinkComes({ file, videoUrl }: Task, savesAutomatically: boolean, now: number): TaskPatch {
  switch (file) {
    case 'none':
      return savesAutomatically && videoUrl === null ? { file: 'waiting', nextSaveAt: now } : {};
    case 'expired':
      return { file: 'waiting', nextSaveAt: now };
    case 'waiting':
    case 'failed':
      return { nextSaveAt: now };
    case 'downloading':
    case 'saved':
    case 'missing':
      return {};
  }
}

function applyDenial(task: Task, text: string, pace: PollPace, now: number, others: Others): TaskPatch {
  const deniedSince = task.deniedSince ?? now;
  const denials = task.denials + 1;
  const problem = deniesEverything(task, deniedSince, others) ? 'server' : 'notFound';
  const isRepeated = denials >= DENIALS && now - deniedSince >= DENIALS_SPAN;
  const isGone = isRepeated && deniesOnlyThis(task, deniedSince, others);
  return {
    ...applyFailure(task, problem, text, pace, now),
    deniedSince,
    denials,
    ...(isGone ? { generation: 'notFound' } : {}),
  };
}

function stalledIfSilent(task: Task, response: TaskResponse, pace: PollPace, now: number): TaskPatch {
  return !isFinal(response.generation) && isOverdue(task, pace, now) ? { generation: 'stalled' } : {};
}

function isOverdue(task: Task, pace: PollPace, now: number): boolean {
  const isWatched = isUnderWay(task) || task.generation === 'stalled';
  return isWatched && now - task.trackedAt > pace.watchLimit;
}
