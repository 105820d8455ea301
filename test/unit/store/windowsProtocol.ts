import type { TaskKey } from '../../../src/tasks/task.ts';

/** What a process that stands for a window is to do with the task list in `folder`. It begins when told to go. */
export type WindowOrder =
  /**
   * Poll, like the extension does, until nothing is left to ask. Each task is completed by its `rounds`-th answer;
   * a window that `hangs` gets no answers.
   */
  | { readonly work: 'poll'; readonly folder: string; readonly rounds: number; readonly hangs?: true }
  /** Claim the most urgent poll for `lease` ms, and do nothing about it. */
  | { readonly work: 'hold'; readonly folder: string; readonly lease: number }
  /** Make the writes of a plan, from a number on, until killed. */
  | { readonly work: 'write'; readonly folder: string; readonly seed: number; readonly from: number }
  /** Rename a task each time it is told to go. */
  | { readonly work: 'rename'; readonly folder: string; readonly task: TaskKey };

/** What such a process says, a line of JSON each. Times are ms since the epoch. */
export type WindowLine =
  | { readonly type: 'ready' }
  /** It asks about a task that was due at `dueAt`; `token` is kept with the task once the answer is. */
  | {
      readonly type: 'asked';
      readonly task: TaskKey;
      readonly dueAt: number;
      readonly at: number;
      readonly token: string;
    }
  | { readonly type: 'claimed'; readonly task: TaskKey; readonly at: number }
  /** The rename is committed since `at`. */
  | { readonly type: 'renamed'; readonly task: TaskKey; readonly at: number }
  /** The write of this number is committed. */
  | { readonly type: 'wrote'; readonly number: number };
