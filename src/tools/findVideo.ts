import { gatewaySetting } from '../host/settings.ts';
import type { TaskStore } from '../store/store.ts';
import type { Intent } from '../tasks/intent.ts';
import type { Task } from '../tasks/task.ts';
import { ToolError } from './tool.ts';
import { safeText } from './videoFacts.ts';

/** A video that an agent has named: a task, or the wish for one. */
export type Video = { readonly task: Task } | { readonly intent: Intent };

/** The videos of a name: one with its ID or its request's, or all that were requested under one key. Throws where there is none. */
export function findVideos(name: string, store: TaskStore): readonly Video[] {
  const task = taskCalled(name, store);
  if (task) {
    return [{ task }];
  }
  const one = store.intents.get(name);
  const intents = one ? [one] : store.intents.ofRequestKey(name);
  if (intents.length === 0) {
    throw new ToolError(
      `There is no video "${safeText(name, 60) ?? ''}" in the list of Dailies. Call dailies_list_videos to see what is there.`,
    );
  }
  return intents.map(intent => {
    const made = intent.taskId === null ? undefined : store.find(intent.gateway, intent.taskId);
    return made ? { task: made } : { intent };
  });
}

/** The task of a name; throws where there is none, or none yet. */
export function findTask(name: string, store: TaskStore): Task {
  const [video, ...more] = findVideos(name, store);
  if (!video || !('task' in video) || more.length > 0) {
    throw new ToolError(
      more.length > 0
        ? `"${safeText(name, 60) ?? ''}" stands for ${more.length + 1} videos. Name one by its id.`
        : 'This video is not made yet. Call dailies_wait_for_video first.',
    );
  }
  return video.task;
}

/** IDs are a gateway's own: where several have the same, that of the setting is meant. */
function taskCalled(id: string, store: TaskStore): Task | undefined {
  const gateway = gatewaySetting();
  return (gateway && store.find(gateway.base, id)) ?? store.list().find(task => task.id === id);
}
