import type { Model } from '../gateway/models.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { priceKind, secondsOf } from './price.ts';
import type { VideoRequest } from './request.ts';

/**
 * Notes what the gateway has charged for tasks that changed and whose request is known, so that prices are learned from it. Each
 * once, whichever window sees it first.
 */
export function learnCharges(
  store: TaskStore,
  changed: Iterable<TaskKey>,
  modelOf: (id: string) => Model | undefined,
  now: number,
): void {
  for (const key of changed) {
    const task = store.get(key);
    if (task?.generation === 'completed' && task.amount !== null && task.request !== null) {
      learn(store, task, task.amount, modelOf, now);
    }
  }
}

function learn(
  store: TaskStore,
  task: Task,
  amount: number,
  modelOf: (id: string) => Model | undefined,
  now: number,
): void {
  const request = requestIn(task.request ?? '');
  if (
    request &&
    typeof request.model === 'string' &&
    store.charges.ofTask(task.gateway, task.id) !== amount
  ) {
    const seconds = secondsOf(request, modelOf(request.model)) ?? task.actualDuration;
    store.charges.note(
      { gateway: task.gateway, taskId: task.id, kind: priceKind(request), seconds, amount },
      now,
    );
  }
}

function requestIn(text: string): VideoRequest | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as VideoRequest) : undefined;
  } catch {
    // An imported task can carry anything.
    return undefined;
  }
}
