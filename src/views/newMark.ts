import { FileDecoration, l10n, ThemeColor, Uri, window } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { isUnseen, type Task } from '../tasks/task.ts';

/** VS Code marks rows by their addresses: only what is new has one, so that a long list is not asked about row by row. */
const SCHEME = 'dailies-new';

/** The address that a row is marked by while nobody has looked at its clip. */
export function markOf(task: Task): Uri | undefined {
  return isUnseen(task) ? Uri.from({ scheme: SCHEME, path: `/${task.key}` }) : undefined;
}

/** Marks new clips in the list with a dot. A row that is drawn anew without its address loses it. */
export function registerNewMark(): Disposable {
  const mark = new FileDecoration('●', l10n.t('New'), new ThemeColor('notificationsInfoIcon.foreground'));
  return window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme }) => (scheme === SCHEME ? mark : undefined),
  });
}
