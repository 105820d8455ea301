import { isAtRisk } from './risk.ts';
import { type Task } from './task.ts';

/**
 * The kinds of notifications about a task. `finished`: the clip waits to be saved manually. `noVideo`: the gateway calls the task
 * completed and gives no link. `stalled`, `notFound`: as the generation, polled rarely from now on. `unsaved`: a person should
 * know that the clip is not saved yet. `expired`: it never will be.
 */
export type News =
  'ready' | 'finished' | 'noVideo' | 'failed' | 'cancelled' | 'stalled' | 'notFound' | 'unsaved' | 'expired';

/** What a person may want to be notified of; each has its own setting. */
export type Topic = 'ready' | 'failed' | 'atRisk' | 'keyRejected';

/**
 * When a person wants to be notified: `focused` is only in a window that has the focus, so that what happens meanwhile
 * waits until one gets it.
 */
export type NotifySetting = 'always' | 'focused' | 'never';

const TOPICS: Record<News, Topic> = {
  ready: 'ready',
  finished: 'ready',
  noVideo: 'failed',
  failed: 'failed',
  cancelled: 'failed',
  stalled: 'failed',
  notFound: 'failed',
  unsaved: 'atRisk',
  expired: 'atRisk',
};

/** The topic that news belongs to. */
export function topicOf(news: News): Topic {
  return TOPICS[news];
}

/** How it is recorded that the user was notified; what is recorded already is no news. */
export function toldBy(news: News): NonNullable<Task['told']> {
  // Whether it is said to be unknown or nothing is said at all may change from hour to hour.
  return news === 'stalled' || news === 'notFound'
    ? 'silent'
    : news === 'unsaved' || news === 'noVideo'
      ? news
      : 'ended';
}

/** The notification that is due about a task now. The same one is due once, until another has been shown. */
export function newsOf(task: Task, now: number): News | undefined {
  const news = whatHappened(task, now);
  return news !== undefined && toldBy(news) !== task.told ? news : undefined;
}

function whatHappened(task: Task, now: number): News | undefined {
  switch (task.generation) {
    case 'failed':
    case 'cancelled':
    case 'stalled':
    case 'notFound':
      return task.generation;
    case 'completed':
      return whatHappenedToClip(task, now);
    case 'unknown':
    case 'queued':
    case 'processing':
    case 'unrecognised':
      return undefined;
  }
}

function whatHappenedToClip(task: Task, now: number): News | undefined {
  if (task.file === 'saved') {
    return task.seenAt === null ? 'ready' : undefined;
  }
  if (task.file === 'expired') {
    return 'expired';
  }
  if (isInTrouble(task, now)) {
    return 'unsaved';
  }
  // Once a clip was announced, and a person may have stopped its saving since, only a risk is announced.
  if (task.file !== 'none' || task.told === 'ended' || task.told === 'unsaved') {
    return undefined;
  }
  if (task.videoUrl === null) {
    return task.nextPollAt === null ? 'noVideo' : undefined;
  }
  return 'finished';
}

/**
 * Whether a person should know that a clip is not saved. A broken connection mends itself; what a person must mend, what
 * continues for three attempts, or what is not saved when the link is about to expire, whatever it waits for, is news.
 */
function isInTrouble(task: Task, now: number): boolean {
  const recovers = ['unreachable', 'status', 'incomplete', 'stalled', 'tooShort', 'held'].includes(
    task.saveProblem ?? '',
  );
  const isStuck = task.file === 'failed' && (!recovers || task.failedSaves >= 3);
  return isStuck || isAtRisk(task, now);
}
