import type { TaskKey } from '../tasks/task.ts';

/** A video that is still to be made, or may have been: by the ID of its intent, and the negative key that it has in the list. */
export interface IntentNode {
  readonly intent: string;
  readonly key: TaskKey;
}

/**
 * A row of the list: of a task by its key, of a group by `grouping:id`, of an intent. VS Code knows rows by their identity: that of
 * an intent is always the same object.
 */
export type TaskNode = TaskKey | string | IntentNode;

/** The key of a row: of a task or an intent; `undefined` for a group. */
export function keyOfNode(node: TaskNode): TaskKey | undefined {
  return typeof node === 'object' ? node.key : typeof node === 'number' ? node : undefined;
}
