import { commands as vscodeCommands, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { ListOrder } from './listOrder.ts';
import type { ShownList } from './shownList.ts';
import { keyOfNode, type TaskNode } from './taskNode.ts';
import type { TreeMemory } from './treeMemory.ts';

/** What the selection depends on. */
export interface SelectionDependencies {
  readonly view: TreeView<TaskNode>;
  readonly order: ListOrder;
  readonly shown: ShownList;
  readonly memory: TreeMemory;
  /** Whether a group is expanded. */
  readonly isOpen: (node: TaskNode) => boolean;
}

/** The selection of the list: reads it for keybindings, and sets it for the active page and after a reload. */
export class TreeSelection implements Disposable {
  private readonly dependencies: SelectionDependencies;
  private readonly owned = new DisposableStore();
  /** The row that is being revealed and selected. */
  private revealing: { readonly key: TaskKey } | undefined;
  /** The row to select when the list is shown. */
  private waiting: TaskKey | undefined;

  constructor(dependencies: SelectionDependencies) {
    this.dependencies = dependencies;
    this.remember();
  }

  /** The selected tasks. */
  get tasks(): readonly TaskKey[] {
    return this.dependencies.view.selection.filter(node => typeof node === 'number');
  }

  /** The tasks and intents that are selected, by their keys. */
  private get rows(): readonly TaskKey[] {
    return this.dependencies.view.selection.map(keyOfNode).filter(key => key !== undefined);
  }

  /** The task or intent that is selected or being selected, if it is the only one. */
  get single(): TaskKey | undefined {
    const [selected, ...others] = this.revealing === undefined ? this.rows : [this.revealing.key];
    return others.length === 0 ? selected : undefined;
  }

  /**
   * The rows that a keybinding acts on: the focused one and, if it is selected, the rest of the selection after it, as in the
   * Explorer. VS Code only exposes the selection, not the focus, so the focused row is found by toggling its selection twice.
   */
  async pointed(): Promise<readonly TaskNode[]> {
    const { view } = this.dependencies;
    const before = view.selection;
    await vscodeCommands.executeCommand('list.toggleSelection');
    const after = view.selection;
    if (after.length === before.length) {
      return before;
    }
    await vscodeCommands.executeCommand('list.toggleSelection');
    const [pointed] = after.length > before.length ? without(after, before) : without(before, after);
    const rows = before.includes(pointed ?? '') ? [pointed, ...without(before, [pointed])] : [pointed];
    return rows.filter(node => node !== undefined);
  }

  /**
   * Selects the row of a task that is shown elsewhere, without moving the focus; as soon as the list is shown if it is hidden. Does
   * nothing if the row is already part of the selection or not in the list.
   */
  accompany(key: TaskKey): void {
    if (!this.dependencies.view.visible) {
      this.waiting = key;
    } else if (this.revealing ? this.revealing.key !== key : !this.tasks.includes(key)) {
      this.select(key);
    }
  }

  /** Selects a row without moving the focus, unless it is hidden in a collapsed group, which stays collapsed. */
  select(key: TaskKey): void {
    const { order, view, isOpen } = this.dependencies;
    const parent = order.parentOf(key);
    if (view.visible && order.groupOf(key) && (parent === undefined || isOpen(parent))) {
      // The row may be removed in the meantime.
      this.reveal(key, false).catch(() => undefined);
    }
  }

  /** Reveals and selects a row. Does not reject if the row moves to another group in the meantime. */
  async reveal(key: TaskKey, focus: boolean): Promise<void> {
    const { order, view } = this.dependencies;
    const place = order.placeOf(key);
    const revealing = { key };
    this.revealing = revealing;
    try {
      await view.reveal(order.rowOf(key), { select: true, focus });
    } catch (error) {
      if (place === order.placeOf(key)) {
        throw error;
      }
    } finally {
      if (this.revealing === revealing) {
        this.revealing = undefined;
      }
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Restores the selection from before a reload, and stores each change of it. */
  private remember(): void {
    const { view, memory, shown } = this.dependencies;
    const { selected } = memory;
    this.waiting = selected !== undefined && shown.get(selected) ? selected : undefined;
    const takeUp = (): void => {
      if (this.waiting !== undefined && view.visible) {
        this.select(this.waiting);
        this.waiting = undefined;
      }
    };
    this.owned.add(view.onDidChangeVisibility(takeUp));
    takeUp();
    this.owned.add(
      view.onDidChangeSelection(() => {
        [memory.selected] = this.tasks;
      }),
    );
  }
}

function without(some: readonly TaskNode[], others: readonly (TaskNode | undefined)[]): TaskNode[] {
  return some.filter(node => !others.includes(node));
}
