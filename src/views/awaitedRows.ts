import type { ListOrder } from './listOrder.ts';
import type { TaskNode } from './taskNode.ts';

/** What VS Code has yet to request since changes were announced, to know when its rows are up to date. */
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

  /** These nodes, or all, have been announced as changed. VS Code draws no rows of a collapsed group. */
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

  /** VS Code has requested a row. `true` if it was the last one awaited. */
  requestedRow(node: TaskNode): boolean {
    return this.rows.delete(node) && this.isEmpty;
  }

  /** VS Code has requested the children of a group, or of the root, and requests their rows at once. `true` as above. */
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
