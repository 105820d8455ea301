import {
  arrange,
  NO_SHOT,
  placeOf,
  type ArrangementRules,
  type Grouping,
  type Sorting,
  type TaskGroup,
} from '../tasks/arrangement.ts';
import { isSavedVideo } from '../tasks/clipKind.ts';
import { shotOfKey, type Shot } from '../tasks/shot.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { nameOf } from './names.ts';
import type { ShownList } from './shownList.ts';
import { matches } from './taskFilter.ts';
import { keyOfNode, type TaskNode } from './taskNode.ts';

/** What the order depends on. */
export interface OrderDependencies {
  readonly shown: Pick<ShownList, 'get' | 'listed' | 'allListed' | 'intents' | 'now'>;
  /** The current grouping and sorting. */
  readonly settings: () => { grouping: Grouping; sorting: Sorting };
  /** Where a shot stands in its file, where that is known. */
  readonly shotIndex: (shot: Shot) => number | undefined;
}

/** The content and order of the list: groups, their sorted tasks, and the filter. */
export class ListOrder {
  private readonly dependencies: OrderDependencies;
  private rules: ArrangementRules;
  /** Where each task is, to recognise changes that move none. */
  private places = new Map<TaskKey, string>();

  groups: readonly TaskGroup[] = [];
  /** The words that a shown task must contain; '' for all tasks. Takes effect with `arrange`. */
  filter = '';

  constructor(dependencies: OrderDependencies) {
    this.dependencies = dependencies;
    this.rules = rulesFrom(dependencies);
    this.arrange();
  }

  get grouping(): Grouping {
    return this.rules.grouping;
  }

  /** Whether the list has no groups. */
  get isFlat(): boolean {
    return this.grouping === 'none';
  }

  /** How many tasks the list shows. */
  get shown(): number {
    return this.groups.reduce((sum, { tasks }) => sum + tasks.length, 0);
  }

  /** Reads the settings again. Takes effect with `arrange`. */
  readSettings(): void {
    this.rules = rulesFrom(this.dependencies);
  }

  /** Rebuilds groups and order for the current tasks, filter and time. */
  arrange(): void {
    const { shown } = this.dependencies;
    const now = shown.now();
    this.groups = arrange(
      shown.allListed().filter(task => this.isShown(task)),
      this.rules,
      now,
    );
    this.places = new Map(Array.from(shown.allListed(), task => [task.key, this.placeNow(task, now)]));
  }

  /** Whether a change of these tasks has moved any of them. */
  isMovedBy(keys: Iterable<TaskKey>): boolean {
    const { shown } = this.dependencies;
    const now = shown.now();
    return [...keys].some(key => {
      const task = shown.listed(key);
      return (task && this.placeNow(task, now)) !== this.places.get(key);
    });
  }

  /** Where a task was when the list was last arranged: equal strings mean the same place. `undefined` for an unknown task. */
  placeOf(key: TaskKey): string | undefined {
    return this.places.get(key);
  }

  isShown(task: Task): boolean {
    return this.filter === '' || matches(task, this.filter);
  }

  /** The tree node of a group. Unlike a group's ID it is never '', which VS Code would ignore. */
  nodeOf({ id }: TaskGroup): string {
    return `${this.grouping}:${id}`;
  }

  groupAt(node: TaskNode): TaskGroup | undefined {
    return this.groups.find(group => this.nodeOf(group) === node);
  }

  groupOf(key: TaskKey): TaskGroup | undefined {
    return this.groups.find(({ tasks }) => tasks.includes(key));
  }

  /** Whether the list has a row for it. */
  has(node: TaskNode): boolean {
    const key = keyOfNode(node);
    return key === undefined ? this.groupAt(node) !== undefined : Boolean(this.places.get(key));
  }

  /** The row of a task or an intent. */
  rowOf(key: TaskKey): TaskNode {
    return key < 0 ? this.dependencies.shown.intents.nodeOf(key) : key;
  }

  /** The rows in a group, or at the top. */
  childrenOf(node: TaskNode | undefined): readonly TaskNode[] {
    const group = node === undefined ? this.groups[0] : this.groupAt(node);
    return node === undefined && !this.isFlat
      ? this.groups.map(each => this.nodeOf(each))
      : (group?.tasks ?? []).map(key => this.rowOf(key));
  }

  /** All rows, each group's with its node. */
  rowsByGroup(): { readonly node: TaskNode; readonly rows: readonly TaskNode[] }[] {
    return this.groups.map(group => ({
      node: this.nodeOf(group),
      rows: group.tasks.map(key => this.rowOf(key)),
    }));
  }

  /** The group that a row is in, where there are groups. */
  parentOf(node: TaskNode): TaskNode | undefined {
    const key = keyOfNode(node);
    const group = key === undefined || this.isFlat ? undefined : this.groupOf(key);
    return group && this.nodeOf(group);
  }

  /** The shot that a group by shot is, or that a row in one is in; `null` for that of none; `undefined` where there are no such groups. */
  shotAt(node: TaskNode): Shot | null | undefined {
    const key = keyOfNode(node);
    const group = key === undefined ? this.groupAt(node) : this.groupOf(key);
    if (this.grouping !== 'shot' || !group) {
      return undefined;
    }
    return group.id === NO_SHOT ? null : shotOfKey(group.id);
  }

  /** The nodes to redraw after a change from `before`: groups with other members, and tasks of `keys` in other groups; `undefined` for all. */
  changedSince(before: readonly TaskGroup[], keys: Iterable<TaskKey>): TaskNode[] | undefined {
    const isSameFrame =
      !this.isFlat &&
      before.length === this.groups.length &&
      before.every((group, index) => group.id === this.groups[index]?.id);
    if (!isSameFrame) {
      return undefined;
    }
    const changed = this.groups.filter((group, index) => !isSame(group.tasks, before[index]?.tasks ?? []));
    const redrawn = new Set(changed.flatMap(group => group.tasks));
    return [
      ...changed.map(group => this.nodeOf(group)),
      ...[...keys].filter(key => !redrawn.has(key)).map(key => this.rowOf(key)),
    ];
  }

  /** The previous or next saved video in the list as shown. */
  adjacentClip(key: TaskKey, by: 1 | -1): TaskKey | undefined {
    const clips = this.groups
      .flatMap(group => group.tasks)
      .filter(one => one === key || this.isSavedVideo(one));
    const at = clips.indexOf(key);
    return at < 0 ? undefined : clips[at + by];
  }

  private isSavedVideo(key: TaskKey): boolean {
    const task = this.dependencies.shown.get(key);
    return task !== undefined && isSavedVideo(task);
  }

  private placeNow(task: Task, now: number): string {
    return this.isShown(task) ? placeOf(task, this.rules, now) : '';
  }
}

function rulesFrom({ settings, shotIndex }: OrderDependencies): ArrangementRules {
  return { ...settings(), nameOf, shotIndex };
}

function isSame(some: readonly TaskKey[], others: readonly TaskKey[]): boolean {
  return some.length === others.length && some.every((key, index) => key === others[index]);
}
