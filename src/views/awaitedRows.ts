import type { ListOrder } from './listOrder.ts';
import type { TaskNode } from './taskNode.ts';

/** What VS Code has yet to ask for since it was told of changes, so that one can tell when its rows are those of now. */
export class AwaitedRows {
  private readonly order: Pick<ListOrder, 'childrenOf' | 'parentOf'>;
  private readonly isOpen: (node: TaskNode) => boolean;
  private readonly rows = new Set<TaskNode>();
  private readonly parents = new Set<TaskNode | undefined>();

  /** `isOpen`: whether the rows of a group are shown. */
  constructor(order: Pick<ListOrder, 'childrenOf' | 'parentOf'>, isOpen: (node: TaskNode) => boolean) {
    this.order = order;
    this.isOpen = isOpen;
  }

  /** VS Code is told to draw these anew, or all. Of a group that is closed it draws no rows. */
  expect(nodes: readonly TaskNode[] | undefined): void {
    const open = (nodes ?? this.order.childrenOf(undefined)).filter(this.isOpen);
    for (const parent of nodes === undefined ? [undefined, ...open] : open) {
      this.parents.add(parent);
    }
    for (const row of nodes ?? []) {
      const parent = this.order.parentOf(row);
      if (!open.includes(row) && (parent === undefined || this.isOpen(parent))) {
        this.rows.add(row);
      }
    }
  }

  /** It has asked for a row. `true` when that was the last that was awaited. */
  requestedRow(node: TaskNode): boolean {
    return this.rows.delete(node) && this.isEmpty;
  }

  /** It has asked for the children of a group, or those at the top, and asks for their rows at once. `true` as above. */
  requestedChildren(node: TaskNode | undefined): boolean {
    return this.parents.delete(node) && this.isEmpty;
  }

  get isEmpty(): boolean {
    return this.rows.size === 0 && this.parents.size === 0;
  }

  /** Nothing is awaited any more. */
  clear(): void {
    this.rows.clear();
    this.parents.clear();
  }
}
