import { MINUTE } from '../base/clock.ts';
import { assumedExpiry } from '../tasks/linkLife.ts';
import { ALONE, deniesEverything, deniesOnlyThis, rejectsOnlyThis } from './gatewayFaults.ts';
import type { Others } from '../tasks/others.ts';
import type { PollPace } from './pace.ts';
import type { Answer, ProblemKind, Reply, Task, TaskPatch } from '../tasks/task.ts';
import { isFinal, isUnderWay } from '../tasks/task.ts';

/** How often, and over how long, a gateway must deny an id before it counts as not found (users.md 2c). */
const DENIALS = 3;
const DENIALS_SPAN = 10 * MINUTE;

/** So many failed questions in a row, past the watch limit, make a task stalled. */
const SILENCES = 5;

/**
 * What a reply changes about a task: the facts only, not when to ask next. `savesByItself`: whether a finished clip is
 * saved without being asked for. `others`: what the gateway said about its other tasks, so that a fault of the gateway is none of
 * the task's.
 */
export function applyReply(
  task: Task,
  reply: Reply,
  pace: PollPace,
  savesByItself: boolean,
  now: number,
  others: Others = ALONE,
): TaskPatch {
  switch (reply.kind) {
    case 'answer':
    case 'taskFailure':
      return {
        ...applyAnswer(task, reply.answer, savesByItself, now),
        ...stalledIfSilent(task, reply.answer, pace, now),
      };
    case 'keyRejected':
      return rejectsOnlyThis(task, others)
        ? applyFailure(task, 'refused', reply.text, pace, now)
        : { problem: 'keyRejected', problemText: reply.text, failedAsks: task.failedAsks + 1 };
    case 'couldNotAsk':
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
  // Not having been able to ask (a machine that was off, an account that ran dry) is no silence of the gateway.
  const isSilent = failedAsks >= SILENCES && problem !== 'outOfCredit' && isOverdue(task, pace, now);
  return { problem, problemText, failedAsks, ...(isSilent ? { generation: 'stalled' } : {}) };
}

function applyAnswer(task: Task, answer: Answer, savesByItself: boolean, now: number): TaskPatch {
  const heard: TaskPatch = {
    statusWord: answer.statusWord,
    model: answer.model ?? task.model,
    createdAt: answer.createdAt ?? task.createdAt,
    actualDuration: answer.actualDuration ?? task.actualDuration,
    error: answer.error,
    rawAnswer: answer.raw,
    answeredAt: now,
    problem: null,
    problemText: null,
    failedAsks: 0,
    deniedSince: null,
    denials: 0,
  };
  // A finished task stays finished, whatever an old or confused answer says later; only its link may be renewed.
  if (isFinal(task.generation) && answer.generation !== 'completed') {
    return { answeredAt: now, problem: null, problemText: null, failedAsks: 0 };
  }
  if (answer.generation === 'completed') {
    return { ...heard, generation: 'completed', ...applyCompletion(task, answer, savesByItself, now) };
  }
  return {
    ...heard,
    generation: answer.generation,
    ...(isFinal(answer.generation) ? {} : { unfinishedAt: now }),
  };
}

function applyCompletion(task: Task, answer: Answer, savesByItself: boolean, now: number): TaskPatch {
  const completedSeenAt = task.completedSeenAt ?? now;
  if (answer.videoUrl === null) {
    return { completedSeenAt };
  }
  const bornAfter = task.unfinishedAt ?? answer.createdAt ?? task.createdAt;
  return {
    completedSeenAt,
    videoUrl: answer.videoUrl,
    linkExpiresAt: assumedExpiry(answer.videoUrl, bornAfter, completedSeenAt),
    ...whenLinkComes(task, savesByItself, now),
  };
}

/** A link has come: a clip that waits to be saved is saved now, and one that was given up has another chance. */
function whenLinkComes({ file, videoUrl }: Task, savesByItself: boolean, now: number): TaskPatch {
  switch (file) {
    case 'none':
      return savesByItself && videoUrl === null ? { file: 'waiting', nextSaveAt: now } : {};
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

function stalledIfSilent(task: Task, answer: Answer, pace: PollPace, now: number): TaskPatch {
  return !isFinal(answer.generation) && isOverdue(task, pace, now) ? { generation: 'stalled' } : {};
}

function isOverdue(task: Task, pace: PollPace, now: number): boolean {
  const isWatched = isUnderWay(task) || task.generation === 'stalled';
  return isWatched && now - task.trackedAt > pace.watchLimit;
}
