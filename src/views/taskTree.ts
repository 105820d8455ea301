import {
  commands as vscodeCommands,
  EventEmitter,
  l10n,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Soon } from '../base/soon.ts';
import type { Ticker } from '../base/ticker.ts';
import { ContextKey } from '../host/contextKey.ts';
import { commands, contextKeys, views } from '../ids.ts';
import type { TaskGroup } from '../tasks/arrangement.ts';
import type { Eta } from '../polling/forecast.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { groupName } from './groupWords.ts';
import { redrawn } from './keepSelection.ts';
import { ListOrder, type OrderDependencies } from './listOrder.ts';
import { TaskDrag } from './taskDrag.ts';
import type { TaskNode } from './taskNode.ts';
import { markOf } from './newMark.ts';
import { iconOf } from './taskIcon.ts';
import { nameOf } from './names.ts';
import { hoverOf } from './taskHover.ts';
import { capabilitiesOf, descriptionOf, spoken } from './taskText.ts';
import type { TreeMemory } from './treeMemory.ts';

/** VS Code builds every row of a group that is open, seen or not: a larger group waits until a person opens it. */
const MOST_OPENED = 500;

/** What can be done with all of a group at once, as words that menus ask for. */
const GROUP_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['failed', 'clearable'],
  ['ready', 'viewable'],
]);

/** What the tree needs from outside. */
export interface TreeDependencies extends OrderDependencies {
  readonly clock: Clock;
  readonly ticker: Ticker;
  /** How much longer a task takes, where that can be said. */
  readonly etaOf: (task: Task) => Eta | undefined;
  /** The first frame of a task's clip as a `data:` address, where one is known. */
  readonly thumbnailOf: (task: Task) => Promise<string | undefined>;
  readonly memory: TreeMemory;
}

/** The sidebar's list of tasks in groups. A change redraws the row that changed, and groups whose members changed. */
export class TaskTree implements TreeDataProvider<TaskNode>, Disposable {
  private readonly dependencies: TreeDependencies;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<TaskNode[] | undefined>());
  private readonly order: ListOrder;
  /** What the rows that VS Code has say, for those whose words grow old. */
  private readonly drawn = new Map<TaskKey, string>();
  /** The row that VS Code is being asked to select. */
  private asked: { readonly key: TaskKey } | undefined;
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
    this.remember();
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
    if (typeof node === 'string') {
      return this.groupRow(node);
    }
    const task = this.dependencies.tasks.get(node);
    // Removed between the list and the row: the removal's own event redraws the list.
    return task ? this.taskRow(task) : new TreeItem('');
  }

  /** The tooltip is made when it is looked at. */
  async resolveTreeItem(item: TreeItem, node: TaskNode): Promise<TreeItem> {
    const task = typeof node === 'number' ? this.dependencies.tasks.get(node) : undefined;
    if (task) {
      const { ticker, etaOf, thumbnailOf } = this.dependencies;
      item.tooltip = hoverOf(task, ticker.now(), etaOf(task), await thumbnailOf(task));
    }
    return item;
  }

  /** The tasks that are selected in the list. */
  get selection(): readonly TaskKey[] {
    return this.view.selection.filter(node => typeof node === 'number');
  }

  /**
   * What a key that is pressed in the list means: the row with the focus, and after it all that are selected when it is one of
   * them, as in the explorer. VS Code tells an extension only the selection, which arrow keys leave behind: the row with the focus is put
   * into it or taken out of it, and at once back again.
   */
  async pointed(): Promise<readonly TaskKey[]> {
    const before = this.view.selection;
    await vscodeCommands.executeCommand('list.toggleSelection');
    const after = this.view.selection;
    if (after.length === before.length) {
      return this.selection;
    }
    await vscodeCommands.executeCommand('list.toggleSelection');
    const [pointed] = after.length > before.length ? without(after, before) : without(before, after);
    const rows = before.includes(pointed ?? '') ? [pointed, ...without(before, [pointed])] : [pointed];
    return rows.filter(node => typeof node === 'number');
  }

  /** The saved clip that stands next after a task in the list as it is shown, or before it. */
  clipBeside(key: TaskKey, by: 1 | -1): TaskKey | undefined {
    return this.order.clipBeside(key, by);
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
    await this.ask(key, true);
  }

  /**
   * The person is at this task elsewhere: its row is selected where the list shows it, and the keyboard stays where it is. What is
   * selected stays when the row is part of it.
   */
  accompany(key: TaskKey): void {
    if (!this.selection.includes(key)) {
      this.select(key);
    }
  }

  /** The settings have changed: draws the list anew. */
  rearrange(): void {
    this.order.readSettings();
    this.redraw();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private isCollapsed(node: string, count: number): boolean {
    return this.dependencies.memory.isCollapsed(node) ?? count > MOST_OPENED;
  }

  private groupRow(node: string): TreeItem {
    const { grouping } = this.order;
    const { ticker } = this.dependencies;
    const { id = '', tasks = [] } = this.order.groupAt(node) ?? {};
    const count = tasks.length;
    const name = groupName(id, grouping, ticker.now());
    const { Collapsed, Expanded } = TreeItemCollapsibleState;
    const row = new TreeItem(name, this.isCollapsed(node, count) ? Collapsed : Expanded);
    row.id = node;
    row.description = String(count);
    row.contextValue = ['group', ...(grouping === 'state' ? [GROUP_ACTIONS.get(id)] : [])].join(' ');
    row.accessibilityInformation = {
      label: count === 1 ? l10n.t('{0}, 1 task', name) : l10n.t('{0}, {1} tasks', name, count),
    };
    return row;
  }

  private taskRow(task: Task): TreeItem {
    const now = this.dependencies.ticker.now();
    const eta = this.dependencies.etaOf(task);
    const name = nameOf(task);
    const row = new TreeItem(name);
    const description = this.describe(task, now, eta);
    row.id = String(task.key);
    row.description = description;
    row.iconPath = iconOf(task, now);
    const mark = markOf(task);
    if (mark) {
      row.resourceUri = mark;
    }
    row.contextValue = capabilitiesOf(task);
    row.accessibilityInformation = { label: spoken(task, now, eta) };
    row.command = { command: commands.preview, title: '', arguments: [task.key] };
    this.drawn.set(task.key, rowText(name, description));
    return row;
  }

  private describe(task: Task, now: number, eta: Eta | undefined): string {
    return descriptionOf(task, now, eta, this.order.grouping === 'state');
  }

  private follow(keys: ReadonlySet<TaskKey>): void {
    if (!this.order.isMovedBy(keys)) {
      this.fire([...keys]);
      return;
    }
    const before = this.order.groups;
    const [selected, ...others] = this.asked === undefined ? this.selection : [this.asked.key];
    this.arrange();
    this.fireMoved(before, keys);
    // A row that goes from one group to another is a new one for VS Code.
    if (
      selected !== undefined &&
      others.length === 0 &&
      keys.has(selected) &&
      this.dependencies.tasks.get(selected)
    ) {
      this.select(selected);
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
    for (const key of this.drawn.keys()) {
      if (this.order.placeOf(key) === undefined) {
        this.drawn.delete(key);
      }
    }
  }

  /** Keeps what a reload of the window would forget, and takes up what the one before has kept. */
  private remember(): void {
    const { memory, tasks } = this.dependencies;
    const keep = (node: TaskNode, isCollapsed: boolean): void => {
      if (typeof node === 'string') {
        memory.setCollapsed(node, isCollapsed);
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
    const { selected } = memory;
    let waiting = selected !== undefined && tasks.get(selected) ? selected : undefined;
    const takeUp = (): void => {
      if (waiting !== undefined && this.view.visible) {
        this.select(waiting);
        waiting = undefined;
      }
    };
    this.owned.add(this.view.onDidChangeVisibility(takeUp));
    takeUp();
    this.owned.add(
      this.view.onDidChangeSelection(() => {
        [memory.selected] = this.selection;
      }),
    );
  }

  /** Selects a row and leaves the focus where it is, unless the row is hidden: a closed group stays closed. */
  private select(key: TaskKey): void {
    const { order } = this;
    const group = order.groupOf(key);
    const isHidden = !group || (!order.isFlat && this.isCollapsed(order.nodeOf(group), group.tasks.length));
    if (this.view.visible && !isHidden) {
      // The row may go away meanwhile.
      this.ask(key, false).catch(() => undefined);
    }
  }

  /** Has VS Code show a row and select it. One that moves to another group meanwhile is selected there: see `follow`. */
  private async ask(key: TaskKey, focus: boolean): Promise<void> {
    const place = this.order.placeOf(key);
    const asked = { key };
    this.asked = asked;
    try {
      await this.view.reveal(key, { select: true, focus });
    } catch (error) {
      if (place === this.order.placeOf(key)) {
        throw error;
      }
    } finally {
      if (this.asked === asked) {
        this.asked = undefined;
      }
    }
  }

  /** "3 min ago" grows old by itself, and a clip comes to be at risk: the rows that say something else now are drawn. */
  private readonly age = (): void => {
    const { tasks, ticker, etaOf } = this.dependencies;
    if (this.view.visible) {
      const changed = [...this.drawn].filter(([key, text]) => {
        const task = tasks.get(key);
        return task && rowText(nameOf(task), this.describe(task, ticker.now(), etaOf(task))) !== text;
      });
      this.follow(new Set(changed.map(([key]) => key)));
    }
  };
}

function rowText(name: string, description: string): string {
  return `${name}\n${description}`;
}

function without(some: readonly TaskNode[], others: readonly (TaskNode | undefined)[]): TaskNode[] {
  return some.filter(node => !others.includes(node));
}
