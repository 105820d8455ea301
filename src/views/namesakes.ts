import type { TaskKey } from '../tasks/task.ts';

/** Tasks that would have the same name. */
interface Family {
  readonly members: Set<TaskKey>;
  /** The last one that was added, even if it has left since, and its number. */
  newest: TaskKey;
  count: number;
}

/**
 * Numbers tasks that would have the same name, from 1 in the order in which they were added. When one is removed, the others keep
 * their numbers. The cost depends on the number of changes, not on the length of the list.
 */
export class Namesakes {
  private readonly families = new Map<string, Family>();
  private readonly places = new Map<TaskKey, { readonly shared: string; number: number }>();

  /** 1 for the first of its name, and for a task without namesakes. */
  numberOf(key: TaskKey): number {
    return this.places.get(key)?.number ?? 1;
  }

  /**
   * Updates the names of changed tasks; `undefined` for tasks that were removed or have a name of their own. Returns the other tasks
   * whose numbers have changed as a result.
   */
  follow(changed: Iterable<readonly [key: TaskKey, shared: string | undefined]>): TaskKey[] {
    const keys = new Set<TaskKey>();
    const joining = new Map<string, TaskKey[]>();
    for (const [key, shared] of changed) {
      keys.add(key);
      if (this.places.get(key)?.shared !== shared) {
        this.leave(key);
        if (shared !== undefined) {
          const others = joining.get(shared);
          joining.set(shared, others ?? [key]);
          others?.push(key);
        }
      }
    }
    return [...joining]
      .flatMap(([shared, joined]) => this.join(shared, joined))
      .filter(key => !keys.has(key));
  }

  private leave(key: TaskKey): void {
    const place = this.places.get(key);
    const family = this.families.get(place?.shared ?? '');
    this.places.delete(key);
    family?.members.delete(key);
    if (place && family?.members.size === 0) {
      this.families.delete(place.shared);
    }
  }

  /** Returns tasks that have got other numbers, because an earlier one has joined late. */
  private join(shared: string, joined: TaskKey[]): TaskKey[] {
    const family = this.families.get(shared) ?? { members: new Set(), newest: -1, count: 0 };
    this.families.set(shared, family);
    joined.sort((a, b) => a - b);
    const isLate = (joined[0] ?? 0) < family.newest;
    const numbered = isLate ? [...family.members, ...joined].sort((a, b) => a - b) : joined;
    if (isLate) {
      family.count = 0;
    }
    const renumbered: TaskKey[] = [];
    for (const key of numbered) {
      family.members.add(key);
      family.newest = Math.max(family.newest, key);
      family.count++;
      if (this.numberOf(key) !== family.count) {
        renumbered.push(key);
      }
      this.places.set(key, { shared, number: family.count });
    }
    return renumbered;
  }
}
