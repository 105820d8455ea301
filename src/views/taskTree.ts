import { EventEmitter, l10n, TreeItem, window, type TreeDataProvider, type TreeView } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { MINUTE } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { commands, views } from '../ids.ts';
import type { Eta } from '../tasks/forecast.ts';
import type { PauseReason } from '../tasks/pauses.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { iconOf } from './taskIcon.ts';
import { capabilitiesOf, descriptionOf, nameOf, spoken, tooltipOf } from './taskText.ts';

/** The sidebar's list of tasks, newest first. Elements are keys; a row is made from the store when it is drawn. */
export class TaskTree implements TreeDataProvider<TaskKey>, Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly etaOf: (task: Task) => Eta | undefined;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<TaskKey[] | undefined>());
  /** The rows that VS Code shows: a change of the set redraws all, a change within only the row. */
  private shown: ReadonlySet<TaskKey> = new Set();
  private ageTimer: Disposable | undefined;

  readonly onDidChangeTreeData = this.changes.event;
  readonly view: TreeView<TaskKey>;

  /** `etaOf` tells how much longer a task takes, where that can be said. */
  constructor(store: TaskStore, clock: Clock, etaOf: (task: Task) => Eta | undefined) {
    this.store = store;
    this.etaOf = etaOf;
    this.clock = clock;
    this.view = this.owned.add(
      window.createTreeView(views.tasks, {
        treeDataProvider: this,
        canSelectMany: true,
        showCollapseAll: false,
      }),
    );
    this.owned.add(
      store.onDidChange(keys => {
        this.redraw(keys);
        this.showPause();
      }),
    );
    this.showPause();
    this.owned.add({ dispose: () => this.ageTimer?.dispose() });
    this.redrawAges();
  }

  getChildren(element?: TaskKey): TaskKey[] {
    if (element !== undefined) {
      return [];
    }
    const keys = this.store.list().map(task => task.key);
    this.shown = new Set(keys);
    return keys;
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(key: TaskKey): TreeItem {
    const task = this.store.get(key);
    // Removed between the list and the row: the removal's own event redraws the list.
    return task ? this.rowOf(task) : new TreeItem('');
  }

  /** Opens the list and selects a row. */
  async reveal(key: TaskKey): Promise<void> {
    await this.view.reveal(key, { select: true, focus: true });
  }

  dispose(): void {
    this.owned.dispose();
  }

  private rowOf(task: Task): TreeItem {
    const now = this.clock.now();
    const eta = this.etaOf(task);
    const row = new TreeItem(nameOf(task));
    row.id = String(task.key);
    row.description = descriptionOf(task, now, eta);
    row.iconPath = iconOf(task, now);
    row.tooltip = tooltipOf(task, now);
    row.contextValue = capabilitiesOf(task);
    row.accessibilityInformation = { label: spoken(task, now, eta) };
    if (task.file === 'saved') {
      row.command = { command: commands.preview, title: '', arguments: [task.key] };
    }
    return row;
  }

  private redraw(keys: ReadonlySet<TaskKey>): void {
    const isSameSet = [...keys].every(key => this.shown.has(key) && this.store.get(key) !== undefined);
    this.changes.fire(isSameSet ? [...keys] : undefined);
  }

  /** Says above the list why nothing is asked, where that is so. */
  private showPause(): void {
    const reasons = this.store.pauses.list().filter(pause => pause.until === null);
    const has = (reason: PauseReason): boolean => reasons.some(pause => pause.reason === reason);
    const message = has('person')
      ? l10n.t('Polling is paused.')
      : has('keyRejected')
        ? l10n.t('The gateway does not accept the API key.')
        : has('noKey')
          ? l10n.t('Set an API key to follow these tasks.')
          : '';
    if (message !== (this.view.message ?? '')) {
      this.view.message = message;
    }
  }

  /** "3 min ago" grows old by itself. */
  private redrawAges(): void {
    this.ageTimer = this.clock.setTimer(() => {
      if (this.view.visible) {
        this.changes.fire(undefined);
      }
      this.redrawAges();
    }, MINUTE);
  }
}
