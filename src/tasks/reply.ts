import { MINUTE } from '../base/clock.ts';
import { assumedExpiry } from './linkLife.ts';
import type { PollPace } from './pace.ts';
import type { Answer, Reply, Task, TaskPatch } from './task.ts';
import { isFinal } from './task.ts';

/** How often, and over how long, a gateway must deny an id before it counts as not found (users.md 2c). */
const DENIALS = 3;
const DENIALS_SPAN = 10 * MINUTE;

/** So many failed questions in a row, past the watch limit, make a task stalled. */
const SILENCES = 5;

/**
 * What a reply changes about a task: the facts only, not when to ask next. `savesByItself`: whether a finished clip is
 * saved without being asked for.
 */
export function applyReply(
  task: Task,
  reply: Reply,
  pace: PollPace,
  savesByItself: boolean,
  now: number,
): TaskPatch {
  switch (reply.kind) {
    case 'answer':
    case 'taskFailure':
      return {
        ...applyAnswer(task, reply.answer, savesByItself, now),
        ...stalledIfSilent(task, reply.answer, pace, now),
      };
    case 'keyRejected':
      return { problem: 'keyRejected', problemText: reply.text };
    case 'couldNotAsk': {
      const denied = reply.problem === 'notFound' ? applyDenial(task, now) : {};
      const failedAsks = task.failedAsks + 1;
      // Not having been able to ask (a machine that was off) is no silence of the gateway.
      const isSilent = failedAsks >= SILENCES && isOverdue(task, pace, now);
      const stalled = isSilent ? { generation: 'stalled' as const } : {};
      return {
        problem: reply.problem,
        problemText: reply.text,
        failedAsks,
        ...(isFinal(task.generation) ? {} : { ...stalled, ...denied }),
      };
    }
  }
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

function applyDenial(task: Task, now: number): TaskPatch {
  const deniedSince = task.deniedSince ?? now;
  const denials = task.denials + 1;
  const isGone = denials >= DENIALS && now - deniedSince >= DENIALS_SPAN;
  return { deniedSince, denials, ...(isGone ? { generation: 'notFound' } : {}) };
}

function stalledIfSilent(task: Task, answer: Answer, pace: PollPace, now: number): TaskPatch {
  return !isFinal(answer.generation) && isOverdue(task, pace, now) ? { generation: 'stalled' } : {};
}

function isOverdue(task: Task, pace: PollPace, now: number): boolean {
  const isWatched = !isFinal(task.generation) && task.generation !== 'notFound';
  return isWatched && now - task.trackedAt > pace.watchLimit;
}
