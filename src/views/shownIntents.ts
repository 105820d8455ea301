import type { Intent } from '../tasks/intent.ts';
import { keyOfIntent, standInOf } from '../tasks/standIn.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import type { IntentNode } from './taskNode.ts';

/** Takes note of what has changed, and gives what is called otherwise because of it. */
export type FollowIntents = (
  changed: readonly TaskKey[],
  standIn: (key: TaskKey) => Task | undefined,
) => readonly TaskKey[];

/** The videos of the list that are no tasks yet, by their negative keys. */
export class ShownIntents {
  private shown = new Map<
    TaskKey,
    { readonly intent: Intent; readonly task: Task; readonly facts: string }
  >();
  private readonly follow: FollowIntents;
  private readonly nodes = new Map<TaskKey, IntentNode>();

  /** `follow` numbers those that would have the same name, and gives the others whose numbers have changed. */
  constructor(follow: FollowIntents = () => []) {
    this.follow = follow;
  }

  /** Shows these from now on. Gives the keys of those that are new, have changed, are called otherwise, or are gone. */
  update(open: readonly Intent[]): TaskKey[] {
    const before = this.shown;
    const changed: TaskKey[] = [];
    this.shown = new Map(
      open.map(intent => {
        const key = keyOfIntent(intent);
        const facts = JSON.stringify(intent);
        const old = before.get(key);
        if (old?.facts === facts) {
          return [key, old];
        }
        changed.push(key);
        return [key, { intent, task: standInOf(intent), facts }];
      }),
    );
    const all = [...changed, ...[...before.keys()].filter(key => !this.shown.has(key))];
    return [...all, ...this.follow(all, key => this.standIn(key))];
  }

  get(key: TaskKey): Intent | undefined {
    return this.shown.get(key)?.intent;
  }

  /** The same in the shape of a task. */
  standIn(key: TaskKey): Task | undefined {
    return this.shown.get(key)?.task;
  }

  all(): Intent[] {
    return Array.from(this.shown.values(), ({ intent }) => intent);
  }

  standIns(): Task[] {
    return Array.from(this.shown.values(), ({ task }) => task);
  }

  /** Its row: the same object each time. */
  nodeOf(key: TaskKey): IntentNode {
    const known = this.nodes.get(key);
    const node = known ?? { intent: this.shown.get(key)?.intent.id ?? '', key };
    this.nodes.set(key, node);
    return node;
  }
}
