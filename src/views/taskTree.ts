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
import { MINUTE } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { commands, views } from '../ids.ts';
import {
  arrange,
  placeOf,
  type ArrangementRules,
  type Grouping,
  type Sorting,
  type TaskGroup,
} from '../tasks/arrangement.ts';
import type { Eta } from '../tasks/forecast.ts';
import type { LiveTasks } from '../tasks/liveTasks.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { groupName } from './groupWords.ts';
import { TaskDrag } from './taskDrag.ts';
import type { TaskNode } from './taskNode.ts';
import { iconOf } from './taskIcon.ts';
import { capabilitiesOf, descriptionOf, nameOf, spoken, tooltipOf } from './taskText.ts';

/** What the tree needs from outside. */
export interface TreeDependencies {
  readonly tasks: LiveTasks;
  readonly clock: Clock;
  /** How the list is divided and ordered now. */
  readonly settings: () => { grouping: Grouping; sorting: Sorting };
  /** How much longer a task takes, where that can be said. */
  readonly etaOf: (task: Task) => Eta | undefined;
}

/** The sidebar's list of tasks in groups. A change redraws the row that changed, and groups whose members changed. */
export class TaskTree implements TreeDataProvider<TaskNode>, Disposable {
  private readonly dependencies: TreeDependencies;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<TaskNode[] | undefined>());
  private rules: ArrangementRules;
  private groups: readonly TaskGroup[] = [];
  /** Where each task stands, so that a change that moves nothing is told from one that does. */
  private places = new Map<TaskKey, string>();
  /** What the rows that VS Code has say, for those whose words grow old. */
  private readonly drawn = new Map<TaskKey, string>();
  private timer: Disposable | undefined;

  readonly onDidChangeTreeData = this.changes.event;
  readonly view: TreeView<TaskNode>;

  constructor(dependencies: TreeDependencies) {
    this.dependencies = dependencies;
    this.rules = { ...dependencies.settings(), nameOf };
    this.arrange();
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
    this.owned.add({ dispose: () => this.timer?.dispose() });
    this.watchTime();
  }

  getChildren(node?: TaskNode): TaskNode[] {
    if (node !== undefined) {
      return [...(this.groups.find(group => group.id === node)?.tasks ?? [])];
    }
    return this.isFlat ? [...(this.groups[0]?.tasks ?? [])] : this.groups.map(group => group.id);
  }

  getParent(node: TaskNode): TaskNode | undefined {
    return typeof node === 'string' || this.isFlat
      ? undefined
      : this.groups.find(group => group.tasks.includes(node))?.id;
  }

  getTreeItem(node: TaskNode): TreeItem {
    if (typeof node === 'string') {
      return this.groupRow(node);
    }
    const task = this.dependencies.tasks.get(node);
    // Removed between the list and the row: the removal's own event redraws the list.
    return task ? this.taskRow(task) : new TreeItem('');
  }

  /** The tooltip is made when it is looked at. */
  resolveTreeItem(item: TreeItem, node: TaskNode): TreeItem {
    const task = typeof node === 'number' ? this.dependencies.tasks.get(node) : undefined;
    if (task) {
      item.tooltip = tooltipOf(task, this.dependencies.clock.now());
    }
    return item;
  }

  /** The tasks that are selected in the list. */
  get selection(): readonly TaskKey[] {
    return this.view.selection.filter(node => typeof node === 'number');
  }

  /**
   * What a key that is pressed in the list means: the selection when the row with the focus is in it, else that row alone, as in
   * the explorer. VS Code tells an extension only the selection, which arrow keys leave behind: the row with the focus is put
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
    const [added] = after.filter(node => !before.includes(node));
    return added === undefined ? this.selection : [added].filter(node => typeof node === 'number');
  }

  /** Opens the list and selects a row. */
  async reveal(key: TaskKey): Promise<void> {
    await this.view.reveal(key, { select: true, focus: true });
  }

  /** The settings have changed: draws the list anew. */
  rearrange(): void {
    this.rules = { ...this.dependencies.settings(), nameOf };
    this.arrange();
    this.changes.fire(undefined);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get isFlat(): boolean {
    return this.rules.grouping === 'none';
  }

  private groupRow(id: string): TreeItem {
    const { grouping } = this.rules;
    const count = this.groups.find(group => group.id === id)?.tasks.length ?? 0;
    const name = groupName(id, grouping, this.dependencies.clock.now());
    const row = new TreeItem(name, TreeItemCollapsibleState.Expanded);
    row.id = `${grouping}:${id}`;
    row.description = String(count);
    row.contextValue = 'group';
    row.accessibilityInformation = { label: l10n.t('{0}, tasks: {1}', name, count) };
    return row;
  }

  private taskRow(task: Task): TreeItem {
    const now = this.dependencies.clock.now();
    const eta = this.dependencies.etaOf(task);
    const row = new TreeItem(nameOf(task));
    const description = descriptionOf(task, now, eta);
    row.id = String(task.key);
    row.description = description;
    row.iconPath = iconOf(task, now);
    row.contextValue = capabilitiesOf(task);
    row.accessibilityInformation = { label: spoken(task, now, eta) };
    if (task.file === 'saved' || task.file === 'missing') {
      row.command = { command: commands.preview, title: '', arguments: [task.key] };
    }
    this.drawn.set(task.key, description);
    return row;
  }

  private follow(keys: ReadonlySet<TaskKey>): void {
    const { tasks, clock } = this.dependencies;
    const now = clock.now();
    const hasMoved = [...keys].some(key => {
      const task = tasks.get(key);
      return (task && placeOf(task, this.rules, now)) !== this.places.get(key);
    });
    if (!hasMoved) {
      this.fire([...keys]);
      return;
    }
    const before = this.groups;
    this.arrange();
    this.fireMoved(before, keys);
  }

  /** Groups whose members are others than before are drawn anew, and the rows that changed in the others. */
  private fireMoved(before: readonly TaskGroup[], keys: ReadonlySet<TaskKey>): void {
    const isSameFrame =
      !this.isFlat &&
      before.length === this.groups.length &&
      before.every((group, index) => group.id === this.groups[index]?.id);
    if (!isSameFrame) {
      this.changes.fire(undefined);
      return;
    }
    const changed = this.groups.filter((group, index) => !isSame(group.tasks, before[index]?.tasks ?? []));
    const redrawn = new Set(changed.flatMap(group => group.tasks));
    this.fire([...changed.map(group => group.id), ...[...keys].filter(key => !redrawn.has(key))]);
  }

  private fire(nodes: TaskNode[]): void {
    if (nodes.length > 0) {
      this.changes.fire(nodes);
    }
  }

  private arrange(): void {
    const { tasks, clock } = this.dependencies;
    const now = clock.now();
    this.groups = arrange(tasks.all(), this.rules, now);
    this.places = new Map(Array.from(tasks.all(), task => [task.key, placeOf(task, this.rules, now)]));
    for (const key of this.drawn.keys()) {
      if (!this.places.has(key)) {
        this.drawn.delete(key);
      }
    }
  }

  /** "3 min ago" grows old by itself, and a clip comes to be at risk: the rows that say something else now are drawn. */
  private watchTime(): void {
    const { tasks, clock, etaOf } = this.dependencies;
    this.timer = clock.setTimer(() => {
      if (this.view.visible) {
        const now = clock.now();
        const changed = [...this.drawn].filter(([key, description]) => {
          const task = tasks.get(key);
          return task && descriptionOf(task, now, etaOf(task)) !== description;
        });
        this.follow(new Set(changed.map(([key]) => key)));
      }
      this.watchTime();
    }, MINUTE);
  }
}

function isSame(some: readonly TaskKey[], others: readonly TaskKey[]): boolean {
  return some.length === others.length && some.every((key, index) => key === others[index]);
}
