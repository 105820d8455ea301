import { commands } from '../ids.ts';
import type { Comparisons } from '../preview/comparePanel.ts';
import type { FrameWish } from '../preview/protocol.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface PageCommandDependencies {
  readonly comparisons: Comparisons;
  /** Does something with the frame of the player that the person is at. */
  readonly wishFrame: (wish: FrameWish) => void;
}

/**
 * What a person does with a clip on the page that shows it, from the menus of that page. Without a clip, or with the page as a
 * whole, they are about the one that is heard.
 */
export function registerPageCommands(
  on: TaskCommands,
  { comparisons, wishFrame }: PageCommandDependencies,
): void {
  const onClip = (id: Parameters<TaskCommands['on']>[0], run: (key: TaskKey | undefined) => void): void => {
    on.on(id, async (...parameters) => {
      const [task]: readonly (Task | undefined)[] = (await on.tasksOf(...parameters)) ?? [];
      run(task?.key);
    });
  };
  onClip(commands.copyFrame, key => {
    comparisons.wish('copyFrame', key);
    wishFrame('copyFrame');
  });
  onClip(commands.saveFrame, key => {
    comparisons.wish('saveFrame', key);
    wishFrame('saveFrame');
  });
  onClip(commands.swapWithNext, key => {
    comparisons.wish('moveOn', key);
  });
  onClip(commands.swapWithPrevious, key => {
    comparisons.wish('moveBack', key);
  });
  onClip(commands.removeFromComparison, key => {
    const [heard] = comparisons.activeTasks;
    const gone = key ?? heard;
    if (gone !== undefined) {
      comparisons.remove(gone);
    }
  });
}
