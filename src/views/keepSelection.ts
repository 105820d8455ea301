import type { TaskNode } from './taskNode.ts';

/** So many rows are drawn anew one by one; of more the whole list is, at once. */
const MOST_ROWS = 100;

/**
 * What to have VS Code draw anew so that the selection survives it. Of several selected rows its list forgets those below one that is
 * drawn anew, until they are themselves: so all that are selected are drawn too, from top to bottom, as VS Code does in the given
 * order. A group is drawn later than rows are: where one is concerned, only the whole list (`undefined`) is sure.
 *
 * `nodes` are what has changed, `selection` is what is selected, `groups` are what is shown, from top to bottom.
 */
export function redrawn(
  nodes: readonly TaskNode[],
  selection: readonly TaskNode[],
  groups: readonly { readonly node: TaskNode; readonly rows: readonly TaskNode[] }[],
): TaskNode[] | undefined {
  if (selection.length < 2) {
    return [...nodes];
  }
  const selected = new Set(selection);
  const changed = new Set(nodes);
  const isHeld = groups.some(
    ({ node, rows }) => changed.has(node) && (selected.has(node) || rows.some(row => selected.has(row))),
  );
  if (isHeld || selection.some(node => typeof node === 'string') || selection.length > MOST_ROWS) {
    return undefined;
  }
  if (!selection.some(node => changed.has(node))) {
    return [...nodes];
  }
  const shown = groups.flatMap(({ rows }) => rows).filter(row => selected.has(row));
  return [...nodes.filter(node => !selected.has(node)), ...shown];
}
