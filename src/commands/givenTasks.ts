import { tasksOfContext } from '../preview/pageContext.ts';
import type { TaskKey } from '../tasks/task.ts';

/** What a keybinding of the list hands over: the rows that it is pressed on. package.json says it too. */
export const SELECTION = 'selection';

/** Where a command that was not called with tasks finds some. */
export interface InFront {
  /** The rows of the list that a key is pressed on: those selected, or the one with the focus. */
  readonly pointed: () => Promise<readonly TaskKey[]>;
  /** The tasks of the page that the person is at: of the player or the comparison, or what is selected in the contact sheet. */
  readonly ofPage: () => readonly TaskKey[];
}

/**
 * The keys of the tasks that a command was called with; `undefined` where it was called with none. The parameters are what VS Code
 * hands over: a row of the list and the rows that are selected with it (of which some may be groups), what a key says, what a
 * menu of a page is about, or the address of the page in whose title a button was pressed.
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

/** Whether this is the address that VS Code has for a page in a tab. */
function isPage(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'scheme' in given && given.scheme === 'webview-panel';
}
