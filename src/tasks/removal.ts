import { isFinal, isSavable, type Task } from './task.ts';

/** What goes with tasks that are removed from the list, in numbers of tasks. */
export interface Removal {
  /** Clips that could still be saved, and can't be without their task. */
  readonly unsaved: number;
  /** Tasks of which more may come. */
  readonly inProgress: number;
  /** Clips whose files stay. */
  readonly saved: number;
}

/** What removing tasks takes away. All is 0 for tasks that came to nothing: they may go without a confirmation. */
export function removalOf(tasks: readonly Task[]): Removal {
  const saved = tasks.filter(({ file }) => file === 'saved' || file === 'missing');
  const others = tasks.filter(({ file }) => file !== 'saved' && file !== 'missing');
  return {
    unsaved: others.filter(isSavable).length,
    inProgress: others.filter(isAwaited).length,
    saved: saved.length,
  };
}

/** Whether the gateway may still have something to say: the clip of a task that has stalled may come too. */
function isAwaited({ generation, videoUrl, nextPollAt }: Task): boolean {
  return isFinal(generation)
    ? generation === 'completed' && videoUrl === null && nextPollAt !== null
    : generation !== 'notFound';
}
