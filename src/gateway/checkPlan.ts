import { HOUR } from '../base/clock.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import type { Task } from '../tasks/task.ts';
import { NO_TASK } from './keyCheck.ts';
import { resultAddress } from './resultAddress.ts';

/** What a request of the gateway check finds out. */
export type CheckStep =
  /** What the gateway responds about an ID that it never gave, with the person's key. */
  | 'unknownId'
  /** … with a key that is obviously none. */
  | 'wrongKey'
  /** … at an address that it does not have. */
  | 'unknownAddress'
  /** The same of the model center. */
  | 'unknownInCenter'
  /** What it responds about a finished task. */
  | 'finished'
  /** What is at the task's link. The only request that is not for the gateway, and has no key. */
  | 'link'
  /** Whether the result endpoint knows a task of the model center. */
  | 'centerAtResult'
  /** Whether it still knows the oldest finished task. */
  | 'oldest'
  /** Whether the link of the finished task is renewed. */
  | 'finishedAgain';

/** A task that is looked at. */
export type CheckedTask = Pick<Task, 'id' | 'endpoint' | 'model' | 'videoUrl' | 'createdAt'>;

/** The tasks of the list that the check looks at. */
export interface CheckedTasks {
  readonly finished?: CheckedTask | undefined;
  readonly oldest?: CheckedTask | undefined;
  readonly inCenter?: CheckedTask | undefined;
}

/** No check sends more, a video that is made for it included. */
export const MOST_REQUESTS = 12;

/** Sent in place of the person's key: nobody can take it for one. */
export const WRONG_KEY = 'dailies-check-with-a-wrong-key';

/** Whether records are kept is only checked with tasks that are older than their links live, ms. */
const OLD = 24 * HOUR;

/** The requests of a check, in their order. */
export function checkSteps({ finished, oldest, inCenter }: CheckedTasks): CheckStep[] {
  return [
    ...(finished ? (['finished'] as const) : []),
    'unknownId',
    'wrongKey',
    ...(finished ? (['link'] as const) : []),
    'unknownAddress',
    'unknownInCenter',
    ...(inCenter ? (['centerAtResult'] as const) : []),
    ...(oldest ? (['oldest'] as const) : []),
    // Last: a task is not requested twice within the gateway's interval.
    ...(finished ? (['finishedAgain'] as const) : []),
  ];
}

/** How long to wait from one of `count` requests to the next, ms. */
export function checkGap({ checkSpan }: GatewayAddress, count: number): number {
  return Math.ceil(checkSpan / Math.max(1, count - 1));
}

/** Where a request of the check goes; the link of a task is not the gateway's. */
export function checkAddress(step: Exclude<CheckStep, 'link'>, gateway: string, tasks: CheckedTasks): string {
  switch (step) {
    case 'unknownId':
    case 'wrongKey':
      return resultAddress({ gateway, id: NO_TASK, endpoint: 'result' });
    case 'unknownAddress':
      // Other gateways list their models there; this one has no such address (api.md 0).
      return `${gateway}/v1/models`;
    case 'unknownInCenter':
      return resultAddress({ gateway, id: NO_CENTER_TASK, endpoint: 'modelCenter' });
    case 'finished':
    case 'finishedAgain':
      return resultAddress({ gateway, id: '', ...tasks.finished });
    case 'oldest':
      return resultAddress({ gateway, id: '', ...tasks.oldest });
    case 'centerAtResult':
      return resultAddress({ gateway, id: tasks.inCenter?.id ?? '', endpoint: 'result' });
  }
}

/** The task of the list that a request of the check is about. */
export function checkedTask(step: CheckStep, tasks: CheckedTasks): CheckedTask | undefined {
  switch (step) {
    case 'finished':
    case 'finishedAgain':
    case 'link':
      return tasks.finished;
    case 'oldest':
      return tasks.oldest;
    case 'centerAtResult':
      return tasks.inCenter;
    case 'unknownId':
    case 'wrongKey':
    case 'unknownAddress':
    case 'unknownInCenter':
      return undefined;
  }
}

/** The ID that a request of the check names. */
export function checkedId(step: CheckStep, tasks: CheckedTasks): string {
  return checkedTask(step, tasks)?.id ?? (step === 'unknownInCenter' ? NO_CENTER_TASK : NO_TASK);
}

const NO_CENTER_TASK = 'mcp_00000000000000000000';

/** The tasks of a list that a check of their gateway looks at, of those that are there at `now`. */
export function checkedTasks(tasks: readonly Task[], gateway: string, now: number): CheckedTasks {
  const ended = tasks
    .filter(task => task.gateway === gateway && task.generation === 'completed')
    .sort((a, b) => (b.completedSeenAt ?? 0) - (a.completedSeenAt ?? 0));
  const finished = ended.find(({ videoUrl }) => videoUrl !== null && !videoUrl.startsWith('data:'));
  const oldest = ended.findLast(task => task !== finished && now - (task.createdAt ?? now) > OLD);
  const inCenter = ended.find(({ endpoint }) => endpoint === 'modelCenter');
  return { finished, oldest, inCenter };
}
