import { isUnchecked } from './clipKind.ts';
import { isUnderWay, type ProblemKind, type Task } from './task.ts';

/** The states that a task is shown in: each has an icon, a colour and a word, the same wherever it is shown. */
export const SHOWN_STATES = [
  /** Nothing is known yet, or nothing new until the gateway accepts the account, which is shown once for the gateway. */
  'waiting',
  'queued',
  'rendering',
  'unrecognised',
  'failed',
  'cancelled',
  'stalled',
  'notFound',
  /** The last check failed, for one of these reasons. */
  'offline',
  'rateLimited',
  'wrongAddress',
  'notFoundYet',
  'checkFailed',
  /** Completed, and the response had no link to a video: it may still come, or not. */
  'linkToCome',
  'noVideo',
  'notSaved',
  'toSave',
  'saving',
  'ready',
  'notChecked',
  'saveFailed',
  'expired',
  'missing',
] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

/** The state that a task is shown in: what the generation did, and what is known about the file. */
export function shownStateOf(task: Task): ShownState {
  const { generation, problem } = task;
  if (generation === 'completed') {
    return fileStateOf(task);
  }
  if (isUnderWay(task) && problem !== null) {
    return checkStateOf(problem);
  }
  switch (generation) {
    case 'unknown':
      return 'waiting';
    case 'processing':
      return 'rendering';
    case 'queued':
    case 'unrecognised':
    case 'failed':
    case 'cancelled':
    case 'stalled':
    case 'notFound':
      return generation;
  }
}

/** A missing key or lack of credit is shown once for the gateway, and not for each of its tasks. */
function checkStateOf(problem: ProblemKind): ShownState {
  switch (problem) {
    case 'network':
    case 'timeout':
      return 'offline';
    case 'rateLimited':
    case 'wrongAddress':
      return problem;
    case 'notFound':
      return 'notFoundYet';
    case 'noKey':
    case 'keyRejected':
    case 'keyUnreadable':
    case 'outOfCredit':
      return 'waiting';
    case 'server':
    case 'notJson':
    case 'redirected':
    case 'refused':
    case 'unexpected':
      return 'checkFailed';
  }
}

function fileStateOf(task: Task): ShownState {
  const { file, videoUrl, nextPollAt } = task;
  if (videoUrl === null && file !== 'saved' && file !== 'missing') {
    return nextPollAt === null ? 'noVideo' : 'linkToCome';
  }
  switch (file) {
    case 'none':
      return 'notSaved';
    case 'waiting':
      return 'toSave';
    case 'downloading':
      return 'saving';
    case 'saved':
      return isUnchecked(task) ? 'notChecked' : 'ready';
    case 'failed':
      return 'saveFailed';
    case 'expired':
    case 'missing':
      return file;
  }
}
