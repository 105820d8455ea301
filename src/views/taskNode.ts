import type { TaskKey } from '../tasks/task.ts';

/** A row of the list: of a task by its key, of a group by `grouping:id`. Both are found again after a change. */
export type TaskNode = TaskKey | string;
