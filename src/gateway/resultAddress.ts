import type { Task } from '../tasks/task.ts';

/** The address of a task's result (api.md 3). */
export function resultAddress({ gateway, id }: Pick<Task, 'gateway' | 'id'>): string {
  return `${gateway}/v1/result/${encodeURIComponent(id)}`;
}
