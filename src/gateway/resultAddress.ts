import type { Task } from '../tasks/task.ts';

/** Where the gateway answers about a task (api.md 3). */
export function resultAddress({ gateway, id }: Pick<Task, 'gateway' | 'id'>): string {
  return `${gateway}/v1/result/${encodeURIComponent(id)}`;
}
