import type { Clock } from '../base/clock.ts';
import { SECOND } from '../base/clock.ts';
import type { TaskStore } from './store.ts';
import type { Task, TaskKey } from './task.ts';

/** What came of tracking: which tasks are new, and which were in the list already. */
export interface Tracked {
  readonly added: readonly Task[];
  readonly known: readonly Task[];
}

/** However often a person presses Refresh, one task is not asked about twice within this time. */
const REFRESH_GAP = 10 * SECOND;

/** The verbs that people and agents share. Each leaves the store in a state that the loops can go on from. */
export class Operations {
  private readonly store: TaskStore;
  private readonly clock: Clock;

  constructor(store: TaskStore, clock: Clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Takes ids (checked by `recogniseTasks`) into the list, to be asked about at once. Never the same one twice. */
  track(gateway: string, ids: readonly string[]): Tracked {
    const added: Task[] = [];
    const known: Task[] = [];
    for (const id of ids) {
      const { task, isNew } = this.store.add(gateway, id, this.clock.now());
      (isNew ? added : known).push(task);
    }
    return { added, known };
  }

  /** Asks again now, also about a task that was given up. */
  refresh(key: TaskKey): void {
    const task = this.store.get(key);
    if (task) {
      const now = this.clock.now();
      this.store.update(key, {
        nextPollAt: Math.max(now, (task.askedAt ?? now - REFRESH_GAP) + REFRESH_GAP),
      });
    }
  }

  /** Tries to save again now. */
  retrySave(key: TaskKey): void {
    const task = this.store.get(key);
    if (task && task.videoUrl !== null && task.file !== 'saved') {
      this.store.update(key, { file: 'waiting', nextSaveAt: this.clock.now() });
    }
  }

  /** Takes tasks off the list. Saved files stay where they are. */
  forget(keys: readonly TaskKey[]): void {
    this.store.remove(keys);
  }
}
