import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import type { TaskStore } from './store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';

/** The tasks whose words change along with those that have changed: called after these were updated, with all tasks at first. */
export type Echo = (
  changed: ReadonlySet<TaskKey>,
  get: (key: TaskKey) => Task | undefined,
) => Iterable<TaskKey>;

/** All tasks in memory, in step with the store: what views draw from, without reading the file for each row. */
export class LiveTasks implements Disposable {
  private readonly store: TaskStore;
  private readonly tasks = new Map<TaskKey, Task>();
  private readonly owned = new DisposableStore();
  private readonly changes: Emitter<ReadonlySet<TaskKey>>;

  /** As the store's, after the tasks here have followed, with what a change echoes in. */
  readonly onDidChange: Event<ReadonlySet<TaskKey>>;

  constructor(store: TaskStore, onListenerError: (error: unknown) => void, echo: Echo = () => []) {
    this.store = store;
    this.changes = this.owned.add(new Emitter(onListenerError));
    this.onDidChange = this.changes.event;
    for (const task of store.list()) {
      this.tasks.set(task.key, task);
    }
    const get = (key: TaskKey): Task | undefined => this.tasks.get(key);
    echo(new Set(this.tasks.keys()), get);
    this.owned.add(
      store.onDidChange(keys => {
        this.follow(keys);
        this.changes.fire(new Set([...keys, ...echo(keys, get)]));
      }),
    );
  }

  get(key: TaskKey): Task | undefined {
    return this.tasks.get(key);
  }

  /** In no particular order. */
  all(): Iterable<Task> {
    return this.tasks.values();
  }

  get size(): number {
    return this.tasks.size;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private follow(keys: ReadonlySet<TaskKey>): void {
    for (const key of keys) {
      const task = this.store.get(key);
      if (task) {
        this.tasks.set(key, task);
      } else {
        this.tasks.delete(key);
      }
    }
  }
}
