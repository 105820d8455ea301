import { commands } from '../ids.ts';
import type { Comparisons } from '../preview/comparePanel.ts';
import type { FrameRequest } from '../preview/protocol.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands depend on. */
export interface PageCommandDependencies {
  readonly comparisons: Comparisons;
  /** Requests an action on the current frame from the active player. */
  readonly requestFrame: (request: FrameRequest) => void;
}

/**
 * The commands in the menus of players and comparisons. Without a clip as their argument they act on the active one.
 */
export function registerPageCommands(
  on: TaskCommands,
  { comparisons, requestFrame }: PageCommandDependencies,
): void {
  const onClip = (id: Parameters<TaskCommands['on']>[0], run: (key: TaskKey | undefined) => void): void => {
    on.on(id, async (...parameters) => {
      const [task]: readonly (Task | undefined)[] = (await on.tasksOf(...parameters)) ?? [];
      run(task?.key);
    });
  };
  onClip(commands.copyFrame, key => {
    comparisons.request('copyFrame', key);
    requestFrame('copyFrame');
  });
  onClip(commands.saveFrame, key => {
    comparisons.request('saveFrame', key);
    requestFrame('saveFrame');
  });
  onClip(commands.swapWithNext, key => {
    comparisons.request('moveOn', key);
  });
  onClip(commands.swapWithPrevious, key => {
    comparisons.request('moveBack', key);
  });
  onClip(commands.removeFromComparison, key => {
    const [active] = comparisons.activeTasks;
    const gone = key ?? active;
    if (gone !== undefined) {
      comparisons.remove(gone);
    }
  });
}
