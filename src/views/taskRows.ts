import { l10n, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { commands } from '../ids.ts';
import type { Eta } from '../polling/forecast.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { groupName } from './groupWords.ts';
import { hoverFactsOf } from './hoverFacts.ts';
import { intentDescription, intentHover, intentRow } from './intentRow.ts';
import type { ListOrder } from './listOrder.ts';
import { nameOf } from './names.ts';
import { markOf } from './marks.ts';
import type { ShownList } from './shownList.ts';
import { hoverOf } from './taskHover.ts';
import { iconOf } from './taskIcon.ts';
import { keyOfNode, type IntentNode, type TaskNode } from './taskNode.ts';
import { capabilitiesOf, descriptionOf, spoken } from './taskText.ts';
import type { TreeMemory } from './treeMemory.ts';

/** Larger groups start collapsed, because VS Code creates all rows of an expanded group, visible or not. */
const MOST_OPENED = 500;

/** The capabilities of groups, as the words that `when` clauses of menus test for. */
const GROUP_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['failed', 'clearable'],
  ['ready', 'viewable'],
]);

/** What the rows depend on. */
export interface RowDependencies {
  readonly shown: ShownList;
  /** The remaining time of a task, if it can be estimated. */
  readonly etaOf: (task: Task) => Eta | undefined;
  /** The first frame of a task's clip as a `data:` URL; `undefined` if there is none. */
  readonly thumbnailOf: (task: Task) => Promise<string | undefined>;
  readonly memory: TreeMemory;
}

/** Creates the rows of the list, and knows which of them are outdated. */
export class TaskRows {
  private readonly dependencies: RowDependencies;
  private readonly order: ListOrder;
  /** What each row was last drawn from, and its text. */
  private readonly drawn = new Map<TaskKey, { readonly task: Task; readonly text: string }>();

  constructor(dependencies: RowDependencies, order: ListOrder) {
    this.dependencies = dependencies;
    this.order = order;
  }

  /** The row of a node, without its tooltip. */
  rowOf(node: TaskNode): TreeItem {
    if (typeof node === 'string') {
      return this.groupRow(node);
    }
    if (typeof node === 'object') {
      return this.intentRow(node);
    }
    const task = this.dependencies.shown.get(node);
    // Removed since the list was built; the removal's event will redraw the list.
    return task ? this.taskRow(task) : new TreeItem('');
  }

  /** Adds the tooltip to a row. Called when the row is hovered over. */
  async addHover(row: TreeItem, node: TaskNode): Promise<TreeItem> {
    const key = keyOfNode(node);
    const task = key === undefined ? undefined : this.dependencies.shown.listed(key);
    const intent = key === undefined ? undefined : this.dependencies.shown.intents.get(key);
    if (task && intent) {
      row.tooltip = intentHover(intent, task, this.dependencies.shown.now());
    } else if (task) {
      const { shown, etaOf, thumbnailOf } = this.dependencies;
      row.tooltip = hoverOf(task, shown.now(), etaOf(task), await thumbnailOf(task));
    }
    return row;
  }

  /** Whether a group is expanded. */
  isOpen(node: TaskNode): boolean {
    if (typeof node !== 'string') {
      return false;
    }
    const isCollapsed = this.dependencies.memory.isCollapsed(node);
    return !(isCollapsed ?? (this.order.groupAt(node)?.tasks.length ?? 0) > MOST_OPENED);
  }

  /** The tasks whose text has changed since their row was drawn, as relative times do. */
  outdated(): Set<TaskKey> {
    const changed = [...this.drawn].filter(([key, { text }]) => {
      const task = this.dependencies.shown.listed(key);
      return task && this.textOf(task) !== text;
    });
    return new Set(changed.map(([key]) => key));
  }

  /**
   * Whether a changed task looks different from its row and tooltip: a check that found nothing new does not change them. VS Code
   * replaces a row to redraw it, and a click during which its row is replaced is lost.
   */
  looksDifferent(key: TaskKey): boolean {
    const task = this.dependencies.shown.get(key);
    const drawn = this.drawn.get(key);
    if (!task || !drawn) {
      return true;
    }
    return this.textOf(task) !== drawn.text || this.lookOf(task) !== this.lookOf(drawn.task);
  }

  /** Discards the texts of removed tasks. */
  forgetRemoved(): void {
    for (const key of this.drawn.keys()) {
      if (this.order.placeOf(key) === undefined) {
        this.drawn.delete(key);
      }
    }
  }

  private groupRow(node: string): TreeItem {
    const { grouping } = this.order;
    const { id = '', tasks = [] } = this.order.groupAt(node) ?? {};
    const count = tasks.length;
    const name = groupName(id, grouping, this.dependencies.shown.now());
    const { Collapsed, Expanded } = TreeItemCollapsibleState;
    const row = new TreeItem(name, this.isOpen(node) ? Expanded : Collapsed);
    row.id = node;
    row.description = String(count);
    row.contextValue = ['group', ...(grouping === 'state' ? [GROUP_ACTIONS.get(id)] : [])].join(' ');
    row.accessibilityInformation = {
      label: count === 1 ? l10n.t('{0}, 1 task', name) : l10n.t('{0}, {1} tasks', name, count),
    };
    return row;
  }

  private intentRow(node: IntentNode): TreeItem {
    const { shown } = this.dependencies;
    const intent = shown.intents.get(node.key);
    const task = shown.intents.standIn(node.key);
    if (!intent || !task) {
      return new TreeItem('');
    }
    this.drawn.set(node.key, { task, text: this.textOf(task) });
    return intentRow(node, intent, task, shown.now());
  }

  private taskRow(task: Task): TreeItem {
    const now = this.dependencies.shown.now();
    const row = new TreeItem(nameOf(task));
    row.id = String(task.key);
    row.description = this.describe(task);
    row.iconPath = iconOf(task, now);
    const mark = markOf(task);
    if (mark) {
      row.resourceUri = mark;
    }
    row.contextValue = capabilitiesOf(task);
    row.accessibilityInformation = { label: spoken(task, now, this.dependencies.etaOf(task)) };
    row.command = { command: commands.preview, title: '', arguments: [task.key] };
    this.drawn.set(task.key, { task, text: this.textOf(task) });
    return row;
  }

  private describe(task: Task): string {
    const { shown, etaOf } = this.dependencies;
    const intent = shown.intents.get(task.key);
    if (intent) {
      return intentDescription(intent, task, shown.now());
    }
    return descriptionOf(task, shown.now(), etaOf(task), this.order.grouping === 'state');
  }

  /** What a row and its tooltip show besides the text. The bytes of a download change each second, and are left out. */
  private lookOf(task: Task): string {
    const now = this.dependencies.shown.now();
    const { id, color } = iconOf(task, now);
    const facts = hoverFactsOf(task.file === 'downloading' ? { ...task, part: null } : task, now);
    const eta = this.dependencies.etaOf(task);
    return JSON.stringify([
      id,
      color?.id,
      markOf(task)?.authority,
      capabilitiesOf(task),
      spoken(task, now, eta),
      descriptionOf(task, now, eta, false),
      facts,
    ]);
  }

  private textOf(task: Task): string {
    return `${nameOf(task)}\n${this.describe(task)}`;
  }
}
