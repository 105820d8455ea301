import { EventEmitter, window, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys, views } from '../ids.ts';
import type { TaskGroup } from '../tasks/arrangement.ts';
import type { Shot } from '../tasks/shot.ts';
import type { TaskKey } from '../tasks/task.ts';
import { AwaitedRows } from './awaitedRows.ts';
import { redrawn } from './keepSelection.ts';
import { ListOrder, type OrderDependencies } from './listOrder.ts';
import type { ShownList } from './shownList.ts';
import { TaskDrag } from './taskDrag.ts';
import type { TaskNode } from './taskNode.ts';
import { TaskRows, type RowDependencies } from './taskRows.ts';
import { TreeSelection } from './treeSelection.ts';

/** What the tree needs from outside. */
export interface TreeDependencies extends OrderDependencies, RowDependencies {
  readonly shown: ShownList;
  /** Makes tasks takes of a shot, or of none. */
  readonly assign: (keys: readonly TaskKey[], shot: Shot | null) => void;
  /** The task that an intent has become. */
  readonly taskOfIntent: (id: string) => TaskKey | undefined;
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

  private readonly arrangements = this.owned.add(new EventEmitter<void>());
  private readonly rearrangements = this.owned.add(new EventEmitter<void>());
  private readonly awaited: AwaitedRows;

  readonly onDidChangeTreeData = this.changes.event;
  /** What stands before or after a row may be another. */
  readonly onDidArrange = this.arrangements.event;
  /** The list is in another order, or shows other tasks, though no task has changed. */
  readonly onDidRearrange = this.rearrangements.event;
  readonly view: TreeView<TaskNode>;

  constructor(dependencies: TreeDependencies) {
    this.dependencies = dependencies;
    this.order = new ListOrder(dependencies);
    this.rows = new TaskRows(dependencies, this.order);
    this.awaited = new AwaitedRows(this.order, node => this.rows.isOpen(node));
    this.view = this.owned.add(
      window.createTreeView(views.tasks, {
        treeDataProvider: this,
        dragAndDropController: new TaskDrag(dependencies.shown, {
          shotAt: node => (node === undefined ? undefined : this.order.shotAt(node)),
          assign: dependencies.assign,
        }),
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.owned.add(
      dependencies.shown.onDidChange(({ keys, isLater }) => {
        this.awaited.clear();
        this.follow(isLater && this.view.visible ? new Set([...keys, ...this.rows.outdated()]) : keys);
        this.announceIfDrawn();
      }),
    );
    this.owned.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          // Meanwhile its rows have grown old.
          this.follow(this.rows.outdated());
        }
      }),
    );
    this.rememberGroups();
    this.chosen = this.owned.add(
      new TreeSelection({
        view: this.view,
        order: this.order,
        shown: dependencies.shown,
        memory: dependencies.memory,
        isOpen: node => this.rows.isOpen(node),
      }),
    );
  }

  getChildren(node?: TaskNode): TaskNode[] | Promise<TaskNode[]> {
    const children = [...this.order.childrenOf(node)];
    // A moment later, so that VS Code passes them on together with what is drawn next to the list.
    return this.awaited.requestedChildren(node) && this.dependencies.shown.drawn()
      ? new Promise(done => setTimeout(done, 0, children))
      : children;
  }

  getParent(node: TaskNode): TaskNode | undefined {
    return this.order.parentOf(node);
  }

  getTreeItem(node: TaskNode): TreeItem {
    if (this.awaited.requestedRow(node)) {
      this.dependencies.shown.drawn();
    }
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
  pointed(): Promise<readonly TaskNode[]> {
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
    const { shown } = this.dependencies;
    shown.take();
    const task = shown.get(key);
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

  /** Shots stand elsewhere in their files. */
  shotsMoved(): void {
    if (this.order.grouping === 'shot') {
      this.redraw();
    } else {
      this.rearrangements.fire();
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private follow(keys: ReadonlySet<TaskKey>): void {
    const changed = [...keys].filter(key => this.rows.looksDifferent(key));
    if (!this.order.isMovedBy(keys)) {
      this.fire(changed.map(key => this.order.rowOf(key)));
      return;
    }
    const before = this.order.groups;
    const selected = this.chosen.single;
    this.arrange();
    this.fireMoved(before, changed);
    // A row that goes from one group to another is a new one for VS Code.
    if (selected !== undefined && keys.has(selected)) {
      const { shown, taskOfIntent } = this.dependencies;
      // A video that was sent is a task now, in a row of its own.
      const heir = shown.listed(selected)
        ? selected
        : selected < 0
          ? taskOfIntent(shown.intents.nodeOf(selected).intent)
          : undefined;
      if (heir !== undefined) {
        this.chosen.select(heir);
      }
    }
  }

  /** Groups whose members are others than before are drawn anew, and the rows that changed in the others. */
  private fireMoved(before: readonly TaskGroup[], keys: readonly TaskKey[]): void {
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

  /** What a filter hides, and what is gone, has no row to draw. */
  private fire(nodes: readonly TaskNode[]): void {
    const shown = nodes.filter(node => this.order.has(node));
    if (shown.length > 0) {
      this.announce(redrawn(shown, this.view.selection, () => this.order.rowsByGroup()));
    }
  }

  private announce(nodes: TaskNode[] | undefined): void {
    this.awaited.expect(nodes);
    this.changes.fire(nodes);
  }

  /** If VS Code has nothing to request, the change is not visible. */
  private announceIfDrawn(): void {
    if (!this.view.visible || this.awaited.isEmpty) {
      this.awaited.clear();
      this.dependencies.shown.drawn();
    }
  }

  private arrange(): void {
    this.order.arrange();
    this.rows.forgetRemoved();
    this.arrangements.fire();
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
}
