/**
 * What the menus on a page know (`data-vscode-context`, read by VS Code when one is asked for): the names stand in the
 * conditions of package.json's `webview/context`, and the whole is what its commands are called with.
 */
export interface PageContext {
  /** Cut, copy and paste mean nothing on a page of clips. */
  readonly preventDefaultContextMenuItems: true;
  /** The tasks that the menu is about, by their keys; the one that was pointed at comes first. */
  readonly dailiesTasks: readonly number[];
  /** What can be done with the one that was pointed at: the words of `capabilitiesOf`, as `viewItem` is in the list. */
  readonly dailiesItem: string;
  /** Whether there are several. */
  readonly dailiesMany: boolean;
}

/** The value of `data-vscode-context` of an element that is about these tasks. Without any, only VS Code's own entries go. */
export function pageContext(keys: readonly number[], words: string): string {
  const context: PageContext = {
    preventDefaultContextMenuItems: true,
    dailiesTasks: keys,
    dailiesItem: words,
    dailiesMany: keys.length > 1,
  };
  return JSON.stringify(context);
}

/** What a command is called with that is about these tasks, as it is by a menu. */
export function tasksContext(keys: readonly number[]): Pick<PageContext, 'dailiesTasks'> {
  return { dailiesTasks: keys };
}

/** The keys of the tasks that a menu of a page was about; `undefined` for what comes from elsewhere. */
export function tasksOfContext(given: unknown): readonly number[] | undefined {
  if (typeof given !== 'object' || given === null || !('dailiesTasks' in given)) {
    return undefined;
  }
  const { dailiesTasks } = given;
  return Array.isArray(dailiesTasks)
    ? dailiesTasks.filter((key): key is number => Number.isSafeInteger(key))
    : undefined;
}
