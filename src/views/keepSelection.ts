import type { TaskNode } from './taskNode.ts';

/** With more selected rows than this, the whole list is redrawn. */
const MOST_ROWS = 100;

/**
 * The nodes to redraw so that a multiple selection survives; `undefined` for the whole list. When a selected row is redrawn, VS Code
 * drops the selected rows below it until they are redrawn too. So all selected rows are redrawn, from top to bottom. Groups are
 * redrawn after rows, so if a group with a selected row has changed, only redrawing the whole list is safe.
 *
 * `nodes`: the changed nodes; `selection`: the selected ones; `groups`: gives everything that is shown, from top to bottom.
 */
export function redrawn(
  nodes: readonly TaskNode[],
  selection: readonly TaskNode[],
  groups: () => readonly { readonly node: TaskNode; readonly rows: readonly TaskNode[] }[],
): TaskNode[] | undefined {
  if (selection.length < 2) {
    return [...nodes];
  }
  const selected = new Set(selection);
  const changed = new Set(nodes);
  const all = groups();
  const isHeld = all.some(
    ({ node, rows }) => changed.has(node) && (selected.has(node) || rows.some(row => selected.has(row))),
  );
  if (isHeld || selection.some(node => typeof node === 'string') || selection.length > MOST_ROWS) {
    return undefined;
  }
  if (!selection.some(node => changed.has(node))) {
    return [...nodes];
  }
  const shown = all.flatMap(({ rows }) => rows).filter(row => selected.has(row));
  return [...nodes.filter(node => !selected.has(node)), ...shown];
}
