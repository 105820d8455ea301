import { commands as vscodeCommands, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { ListOrder } from './listOrder.ts';
import type { TaskNode } from './taskNode.ts';
import type { TreeMemory } from './treeMemory.ts';

/** What the selection depends on. */
export interface SelectionDependencies {
  readonly view: TreeView<TaskNode>;
  readonly order: ListOrder;
  readonly tasks: LiveTasks;
  readonly memory: TreeMemory;
  /** Whether a group with so many rows is closed. */
  readonly isCollapsed: (node: string, count: number) => boolean;
}

/** Which rows of the list are selected, and what selects others: keys, the clip in front of the person, a reload of the window. */
export class TreeSelection implements Disposable {
  private readonly dependencies: SelectionDependencies;
  private readonly owned = new DisposableStore();
  /** The row that VS Code is being asked to select. */
  private asked: { readonly key: TaskKey } | undefined;

  constructor(dependencies: SelectionDependencies) {
    this.dependencies = dependencies;
    this.remember();
  }

  /** The tasks that are selected. */
  get tasks(): readonly TaskKey[] {
    return this.dependencies.view.selection.filter(node => typeof node === 'number');
  }

  /** The only task that is selected, or is about to be. */
  get single(): TaskKey | undefined {
    const [selected, ...others] = this.asked === undefined ? this.tasks : [this.asked.key];
    return others.length === 0 ? selected : undefined;
  }

  /**
   * What a key that is pressed in the list means: the row with the focus, and after it all that are selected when it is one of
   * them, as in the explorer. VS Code tells an extension only the selection, which arrow keys leave behind: the row with the focus is put
   * into it or taken out of it, and at once back again.
   */
  async pointed(): Promise<readonly TaskKey[]> {
    const { view } = this.dependencies;
    const before = view.selection;
    await vscodeCommands.executeCommand('list.toggleSelection');
    const after = view.selection;
    if (after.length === before.length) {
      return this.tasks;
    }
    await vscodeCommands.executeCommand('list.toggleSelection');
    const [pointed] = after.length > before.length ? without(after, before) : without(before, after);
    const rows = before.includes(pointed ?? '') ? [pointed, ...without(before, [pointed])] : [pointed];
    return rows.filter(node => typeof node === 'number');
  }

  /**
   * The person is at this task elsewhere: its row is selected where the list shows it, and the keyboard stays where it is. What is
   * selected stays when the row is part of it.
   */
  accompany(key: TaskKey): void {
    if (!this.tasks.includes(key)) {
      this.select(key);
    }
  }

  /** Selects a row and leaves the focus where it is, unless the row is hidden: a closed group stays closed. */
  select(key: TaskKey): void {
    const { order, view, isCollapsed } = this.dependencies;
    const group = order.groupOf(key);
    const isHidden = !group || (!order.isFlat && isCollapsed(order.nodeOf(group), group.tasks.length));
    if (view.visible && !isHidden) {
      // The row may go away meanwhile.
      this.ask(key, false).catch(() => undefined);
    }
  }

  /** Has VS Code show a row and select it. One that moves to another group meanwhile is to be selected there. */
  async ask(key: TaskKey, focus: boolean): Promise<void> {
    const { order, view } = this.dependencies;
    const place = order.placeOf(key);
    const asked = { key };
    this.asked = asked;
    try {
      await view.reveal(key, { select: true, focus });
    } catch (error) {
      if (place === order.placeOf(key)) {
        throw error;
      }
    } finally {
      if (this.asked === asked) {
        this.asked = undefined;
      }
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Keeps what a reload of the window would forget, and takes up what the one before has kept. */
  private remember(): void {
    const { view, memory, tasks } = this.dependencies;
    const { selected } = memory;
    let waiting = selected !== undefined && tasks.get(selected) ? selected : undefined;
    const takeUp = (): void => {
      if (waiting !== undefined && view.visible) {
        this.select(waiting);
        waiting = undefined;
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
