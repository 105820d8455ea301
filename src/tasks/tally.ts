import { shownStateOf } from './shownState.ts';
import { isUnseen, type Task, type TaskKey } from './task.ts';

/**
 * What tasks, and videos that are no tasks yet, are counted as, each once, in the order in which they are named: that of the list's
 * groups. `stuck`: there is no file. `undecided`: may have been made. `notMade`: was refused or not sent.
 */
export const TALLIES = [
  'undecided',
  'notMade',
  'notSaved',
  'stalled',
  'notFound',
  'stuck',
  'sending',
  'rendering',
  'queued',
  'waiting',
  'saving',
  'ready',
  'seen',
  'failed',
] as const;
export type Tally = (typeof TALLIES)[number];

/** What a task is counted as: what its row says, in fewer words. */
export function tallyOf(task: Task): Tally {
  const state = shownStateOf(task);
  switch (state) {
    case 'queued':
    case 'stalled':
    case 'notFound':
    case 'notSaved':
    case 'saving':
      return state;
    case 'rendering':
    // A status word that is not known here is still the gateway at work.
    case 'unrecognised':
      return 'rendering';
    case 'failed':
    case 'cancelled':
      return 'failed';
    case 'waiting':
    case 'offline':
    case 'rateLimited':
    case 'wrongAddress':
    case 'notFoundYet':
    case 'checkFailed':
    case 'linkToCome':
      return 'waiting';
    case 'toSave':
      return 'saving';
    case 'ready':
    case 'notChecked':
      return isUnseen(task) ? 'ready' : 'seen';
    case 'saveFailed':
    case 'expired':
      return 'notSaved';
    case 'noVideo':
    case 'missing':
      return 'stuck';
  }
}

/** Tasks by what they are counted as, kept in step task by task, so that a change in a long list costs no walk through it. */
export class TasksByTally {
  private readonly tallies = new Map<TaskKey, Tally>();
  private readonly tasks = Object.fromEntries(TALLIES.map(tally => [tally, new Map()])) as unknown as Record<
    Tally,
    Map<TaskKey, Task>
  >;

  constructor(tasks: Iterable<Task> = []) {
    for (const task of tasks) {
      this.set(task);
    }
  }

  /** Those of one kind, in no particular order. */
  of(tally: Tally): Iterable<Task> {
    return this.tasks[tally].values();
  }

  count(tally: Tally): number {
    return this.tasks[tally].size;
  }

  /** Adds a task, or replaces what is known of it. */
  set(task: Task): void {
    this.delete(task.key);
    const tally = tallyOf(task);
    this.tallies.set(task.key, tally);
    this.tasks[tally].set(task.key, task);
  }

  delete(key: TaskKey): void {
    const tally = this.tallies.get(key);
    if (tally !== undefined) {
      this.tallies.delete(key);
      this.tasks[tally].delete(key);
    }
  }
}
