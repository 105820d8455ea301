/**
 * The context of a menu on a page (`data-vscode-context`). Its keys can be used in the `when` clauses of `webview/context` in
 * package.json, and the commands of the menu get the whole object as their argument.
 */
export interface PageContext {
  /** Hides Cut, Copy and Paste, which have nothing to act on here. */
  readonly preventDefaultContextMenuItems: true;
  /** The keys of the tasks that the menu acts on, the clicked one first. */
  readonly dailiesTasks: readonly number[];
  /** The capabilities of the clicked task: the words of `capabilitiesOf`, like `viewItem` in the list. */
  readonly dailiesItem: string;
  /** Whether the menu acts on several tasks. */
  readonly dailiesMany: boolean;
}

/** The `data-vscode-context` attribute for these tasks. Without any, it only hides VS Code's default entries. */
export function pageContext(keys: readonly number[], words: string): string {
  const context: PageContext = {
    preventDefaultContextMenuItems: true,
    dailiesTasks: keys,
    dailiesItem: words,
    dailiesMany: keys.length > 1,
  };
  return JSON.stringify(context);
}

/** The argument for a command that acts on these tasks, as a menu would pass it. */
export function tasksContext(keys: readonly number[]): Pick<PageContext, 'dailiesTasks'> {
  return { dailiesTasks: keys };
}

/** The task keys in a command's argument; `undefined` if it does not come from a menu of a page. */
export function tasksOfContext(given: unknown): readonly number[] | undefined {
  if (typeof given !== 'object' || given === null || !('dailiesTasks' in given)) {
    return undefined;
  }
  const { dailiesTasks } = given;
  return Array.isArray(dailiesTasks)
    ? dailiesTasks.filter((key): key is number => Number.isSafeInteger(key))
    : undefined;
}
