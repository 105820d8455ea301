import type { TaskKey } from '../tasks/task.ts';

/** Tasks that would be called the same. */
interface Family {
  readonly members: Set<TaskKey>;
  /** The one that was added last, of those that ever were in it, and its number. */
  newest: TaskKey;
  count: number;
}

/**
 * Numbers tasks that would be called the same, in the order in which they were added, the first with 1. One that goes leaves the
 * others their numbers. Costs what has changed, however long the list is.
 */
export class Namesakes {
  private readonly families = new Map<string, Family>();
  private readonly places = new Map<TaskKey, { readonly shared: string; number: number }>();

  /** 1 for the first of its name, and for one without namesakes. */
  numberOf(key: TaskKey): number {
    return this.places.get(key)?.number ?? 1;
  }

  /**
   * Takes note of what tasks would be called now; `undefined` where they have a name of their own, or are gone. Gives the others
   * whose numbers have changed by it.
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

  /** Those who were there and have other numbers now: some, where one that was added before them joins late. */
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
