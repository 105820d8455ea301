import type { Endpoint, Task } from '../tasks/task.ts';

/** A task, as far as its address goes. Where the endpoint is not known, the likely one follows from its ID. */
export interface ResultQuery extends Pick<Task, 'gateway' | 'id'> {
  readonly endpoint?: Endpoint | null;
}

const PATHS: Readonly<Record<Endpoint, string>> = {
  result: '/v1/result/',
  modelCenter: '/v2/model-center/tasks/',
};

/** IDs of the model center, and those that it was never seen to give (api.md section 4). */
const OF_MODEL_CENTER = /^mcp_/i;
const OF_OTHERS = /^(vgen|video|sora|proj)_/i;

/** Where a task may be known, the likeliest first. */
export function endpointsOf({ id, endpoint }: ResultQuery): readonly Endpoint[] {
  if (endpoint) {
    return [endpoint];
  }
  if (OF_MODEL_CENTER.test(id)) {
    return ['modelCenter', 'result'];
  }
  return OF_OTHERS.test(id) ? ['result'] : ['result', 'modelCenter'];
}

/** The address of a task's result (api.md sections 3 and 4). */
export function resultAddress(task: ResultQuery): string {
  const [endpoint = 'result'] = endpointsOf(task);
  return task.gateway + PATHS[endpoint] + encodeURIComponent(task.id);
}
