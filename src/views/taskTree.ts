import { EventEmitter, window, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Soon } from '../base/soon.ts';
import type { Ticker } from '../base/ticker.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys, views } from '../ids.ts';
import type { TaskGroup } from '../tasks/arrangement.ts';
import type { TaskKey } from '../tasks/task.ts';
import { redrawn } from './keepSelection.ts';
import { ListOrder, type OrderDependencies } from './listOrder.ts';
import { TaskDrag } from './taskDrag.ts';
import type { TaskNode } from './taskNode.ts';
import { TaskRows, type RowDependencies } from './taskRows.ts';
import { TreeSelection } from './treeSelection.ts';

/** What the tree needs from outside. */
export interface TreeDependencies extends OrderDependencies, RowDependencies {
  readonly clock: Clock;
  readonly ticker: Ticker;
}

/** The sidebar's list of tasks in groups. A change redraws the row that changed, and groups whose members changed. */
export class TaskTree implements TreeDataProvider<TaskNode>, Disposable {
  private readonly dependencies: TreeDependencies;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<TaskNode[] | undefined>());
  private readonly order: ListOrder;
  private readonly rows: TaskRows;
  private readonly chosen: TreeSelection;
  private readonly isFiltered = new ContextKey(contextKeys.isFiltered);

  private readonly rearrangements = this.owned.add(new EventEmitter<void>());

  private readonly draws = this.owned.add(new EventEmitter<void>());
  private readonly taken: Soon;
  /** A change was announced, and VS Code has not asked for its rows yet. */
  private isBehind = false;

  readonly onDidChangeTreeData = this.changes.event;
  /** VS Code has taken the rows that have changed. */
  readonly onDidDraw = this.draws.event;
  /** The list is in another order, or shows other tasks, though no task has changed. */
  readonly onDidRearrange = this.rearrangements.event;
  readonly view: TreeView<TaskNode>;

  constructor(dependencies: TreeDependencies) {
    this.dependencies = dependencies;
    this.order = new ListOrder(dependencies);
    this.rows = new TaskRows(dependencies, this.order);
    this.taken = this.owned.add(
      new Soon(dependencies.clock, () => {
        if (!this.isBehind) {
          this.draws.fire();
        }
      }),
    );
    this.view = this.owned.add(
      window.createTreeView(views.tasks, {
        treeDataProvider: this,
        dragAndDropController: new TaskDrag(dependencies.tasks),
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.owned.add(
      dependencies.tasks.onDidChange(keys => {
        this.follow(keys);
      }),
    );
    this.owned.add(dependencies.ticker.onDidTick(this.age));
    this.rememberGroups();
    this.chosen = this.owned.add(
      new TreeSelection({
        view: this.view,
        order: this.order,
        tasks: dependencies.tasks,
        memory: dependencies.memory,
        isCollapsed: (node, count) => this.rows.isCollapsed(node, count),
      }),
    );
  }

  getChildren(node?: TaskNode): TaskNode[] {
    this.isTaken();
    if (node !== undefined) {
      return [...(this.order.groupAt(node)?.tasks ?? [])];
    }
    const { groups, isFlat } = this.order;
    return isFlat ? [...(groups[0]?.tasks ?? [])] : groups.map(group => this.order.nodeOf(group));
  }

  getParent(node: TaskNode): TaskNode | undefined {
    const group = typeof node === 'string' || this.order.isFlat ? undefined : this.order.groupOf(node);
    return group && this.order.nodeOf(group);
  }

  getTreeItem(node: TaskNode): TreeItem {
    this.isTaken();
    return this.rows.rowOf(node);
  }

  resolveTreeItem(item: TreeItem, node: TaskNode): Promise<TreeItem> {
    return this.rows.addHover(item, node);
  }

  /** The tasks that are selected in the list. */
  get selection(): readonly TaskKey[] {
    return this.chosen.tasks;
  }

  /** What a key that is pressed in the list means; see `TreeSelection`. */
  pointed(): Promise<readonly TaskKey[]> {
    return this.chosen.pointed();
  }

  /** The saved clip that stands next after a task in the list as it is shown, or before it. */
  adjacentClip(key: TaskKey, by: 1 | -1): TaskKey | undefined {
    return this.order.adjacentClip(key, by);
  }

  /** What a task must have in it to be shown; empty for all. */
  get filter(): string {
    return this.order.filter;
  }

  set filter(text: string) {
    this.order.filter = text.trim();
    void this.isFiltered.set(this.order.filter !== '');
    this.redraw();
  }

  /** How many tasks the list shows now. */
  get shown(): number {
    return this.order.shown;
  }

  /** Opens the list and selects a row, which a filter hides no longer. */
  async reveal(key: TaskKey): Promise<void> {
    const task = this.dependencies.tasks.get(key);
    if (task && !this.order.isShown(task)) {
      this.filter = '';
    }
    await this.chosen.reveal(key, true);
  }

  /** The person is at this task elsewhere: its row is selected where the list shows it, and the keyboard stays where it is. */
  accompany(key: TaskKey): void {
    this.chosen.accompany(key);
  }

  /** The settings have changed: draws the list anew. */
  rearrange(): void {
    this.order.readSettings();
    this.redraw();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private follow(keys: ReadonlySet<TaskKey>): void {
    if (!this.order.isMovedBy(keys)) {
      this.fire([...keys]);
      return;
    }
    const before = this.order.groups;
    const selected = this.chosen.single;
    this.arrange();
    this.fireMoved(before, keys);
    // A row that goes from one group to another is a new one for VS Code.
    if (selected !== undefined && keys.has(selected) && this.dependencies.tasks.get(selected)) {
      this.chosen.select(selected);
    }
  }

  /** Groups whose members are others than before are drawn anew, and the rows that changed in the others. */
  private fireMoved(before: readonly TaskGroup[], keys: ReadonlySet<TaskKey>): void {
    const changed = this.order.changedSince(before, keys);
    if (changed === undefined) {
      this.announce(undefined);
    } else {
      this.fire(changed);
    }
  }

  private redraw(): void {
    this.arrange();
    this.announce(undefined);
    this.rearrangements.fire();
  }

  private fire(nodes: TaskNode[]): void {
    if (nodes.length > 0) {
      const groups = this.order.groups.map(group => ({ node: this.order.nodeOf(group), rows: group.tasks }));
      this.announce(redrawn(nodes, this.view.selection, groups));
    }
  }

  private announce(nodes: TaskNode[] | undefined): void {
    this.isBehind = true;
    this.changes.fire(nodes);
  }

  /** VS Code asks for rows, each by itself: those that have changed are all with it a moment later. */
  private isTaken(): void {
    this.isBehind = false;
    this.taken.call();
  }

  private arrange(): void {
    this.order.arrange();
    this.rows.forgetRemoved();
  }

  /** Keeps which groups a person opened or closed. */
  private rememberGroups(): void {
    const keep = (node: TaskNode, isCollapsed: boolean): void => {
      if (typeof node === 'string') {
        this.dependencies.memory.setCollapsed(node, isCollapsed);
      }
    };
    this.owned.add(
      this.view.onDidCollapseElement(({ element }) => {
        keep(element, true);
      }),
    );
    this.owned.add(
      this.view.onDidExpandElement(({ element }) => {
        keep(element, false);
      }),
    );
  }

  /** Words grow old by themselves, and a clip comes to be at risk: the rows that say something else now are drawn. */
  private readonly age = (): void => {
    if (this.view.visible) {
      this.follow(this.rows.outdated());
    }
  };
}
