import { tasksOfContext } from '../preview/pageContext.ts';
import type { TaskKey } from '../tasks/task.ts';

/** The argument of the list's keybindings in package.json: they act on the selected or focused rows. */
export const SELECTION = 'selection';

/** Where a command without a task argument finds its tasks. */
export interface InFront {
  /** The rows of the list that a key acts on, the focused one first: of tasks by their keys, and others. */
  readonly pointed: () => Promise<readonly unknown[]>;
  /** The tasks of the active page: of the player or the comparison, or those selected in the contact sheet. */
  readonly ofPage: () => readonly TaskKey[];
}

/**
 * The keys of the tasks that a command was called with; `undefined` if it was called with none. VS Code passes a row of the list
 * and all selected rows (which may include groups), the argument of a keybinding, the context of a menu on a page, or the URI of
 * the page whose title button was clicked.
 */
export async function keysGiven(
  [pointed, selected]: readonly unknown[],
  inFront: InFront,
): Promise<readonly unknown[] | undefined> {
  if (Array.isArray(selected) && selected.length > 0) {
    return selected as unknown[];
  }
  if (typeof pointed === 'number') {
    return [pointed];
  }
  if (pointed === SELECTION) {
    return inFront.pointed();
  }
  const ofPage = isPage(pointed) ? inFront.ofPage() : [];
  return tasksOfContext(pointed) ?? (ofPage.length > 0 ? ofPage : undefined);
}

/** Whether this is the URI that VS Code gives a webview panel. */
function isPage(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'scheme' in given && given.scheme === 'webview-panel';
}
