import { readPart } from '../../../src/tasks/part.ts';
import type { Task, TaskKey } from '../../../src/tasks/task.ts';

/** What a process that stands for a window is to save: the clips of the list in `folder`, to `target`. */
export interface SavingOrder {
  readonly folder: string;
  readonly target: string;
  readonly template: string;
  /** How far its clock is ahead, ms: the leases of windows that died earlier are over by then. */
  readonly ahead: number;
}

/** How far a clip has come; `halfway`: some of it is certain to be on the disk. */
export const STEPS = ['waiting', 'download', 'halfway', 'check', 'naming', 'saved'] as const;

export type Step = (typeof STEPS)[number];

/** What such a process says: that it is there, and how far a clip has come. */
export type SavingLine =
  { readonly type: 'ready' } | { readonly type: 'step'; readonly task: TaskKey; readonly step: Step };

/** How far a clip has come, as the list knows it. */
export function stepOf({ file, part: fact }: Task): Step {
  const part = readPart(fact);
  if (file !== 'downloading') {
    return file === 'saved' ? 'saved' : 'waiting';
  }
  if (!part || part.size === 0) {
    return 'download';
  }
  if (part.placing !== null) {
    return 'naming';
  }
  return part.size === part.total ? 'check' : 'halfway';
}
