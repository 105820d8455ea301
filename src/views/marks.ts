import { FileDecoration, l10n, ThemeColor, Uri, window } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { colors } from '../ids.ts';
import { isUnseen, type Task } from '../tasks/task.ts';

/** VS Code marks rows by their URIs. Only marked rows have one, so that VS Code doesn't request a mark for each row of a long list. */
const SCHEME = 'dailies-mark';

/** What a row is marked for; what a person has decided goes before what is new. */
type Mark = 'picked' | 'rejected' | 'new';

/** The address that a row is marked by, where it has a mark. */
export function markOf(task: Task): Uri | undefined {
  const mark: Mark | undefined = task.verdict ?? (isUnseen(task) ? 'new' : undefined);
  return mark && Uri.from({ scheme: SCHEME, authority: mark, path: `/${task.key}` });
}

/** Marks rows of the list: a dot for new clips, a star for picks, dimmed for rejected takes. A row that is drawn anew without its address loses its mark. */
export function registerMarks(): Disposable {
  const decorations: Record<string, FileDecoration> = {
    new: new FileDecoration('●', l10n.t('New'), new ThemeColor('notificationsInfoIcon.foreground')),
    picked: new FileDecoration('★', l10n.t('Picked'), new ThemeColor(colors.pick)),
    rejected: new FileDecoration(undefined, l10n.t('Rejected'), new ThemeColor('disabledForeground')),
  };
  return window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme, authority }) =>
      scheme === SCHEME ? decorations[authority] : undefined,
  });
}
