import { MINUTE } from '../base/clock.ts';
import type { Task, TaskKey } from '../tasks/task.ts';

/** So long is a clip left to the windows that reach its folder before this one looks again, ms. */
const OTHERS_TURN = 5 * MINUTE;

/** The clips that wait here, whole, for a window that reaches their folder. This one does not, and remembers so. */
export class LeftToOthers {
  private readonly clips = new Map<TaskKey, { readonly dueAt: number | null; until: number }>();

  /** Leaves a clip to others. Gives whether it was before, and none of them has come for it. */
  leave({ key, nextSaveAt }: Task, now: number): boolean {
    const isAgain = this.clips.get(key)?.dueAt === nextSaveAt;
    this.clips.set(key, { dueAt: nextSaveAt, until: now + OTHERS_TURN });
    return isAgain;
  }

  /** A clip was set to be saved at another time, by a person or another window: that is a new beginning. */
  look(key: TaskKey, task: Task | undefined): void {
    if (this.clips.get(key)?.dueAt !== task?.nextSaveAt) {
      this.clips.delete(key);
    }
  }

  /** The clips whose turn here it is not. */
  *at(now: number): Generator<TaskKey> {
    for (const [key, { until }] of this.clips) {
      // A turn that lies further ahead than any was given before the clock was turned back.
      if (now < until && until <= now + OTHERS_TURN) {
        yield key;
      }
    }
  }
}
