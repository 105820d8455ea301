import { l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import { messageOf } from '../base/errors.ts';
import type { StoreTrouble } from '../store/openStore.ts';

/** What was wrong with the task list when it was opened, for the user. */
export function troubleText(trouble: StoreTrouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return l10n.t(
        'The task list was damaged. Tasks recovered: {1}. The damaged file is kept as {0}.',
        trouble.movedTo,
        trouble.restored,
      );
    case 'newer':
      return l10n.t(
        'The task list was written by a newer version of Dailies and is read-only. Update Dailies.',
      );
    case 'network':
      return l10n.t(
        'The task list is on a network drive. It works there, but other windows and computers see changes with a short delay.',
      );
    case 'unusable':
      return l10n.t(
        "Can't use the task list. Tasks you add now are kept in this window and move to the list once it's available again. {0}",
        trouble.text,
      );
  }
}

/** Says that a list kept in memory has been moved to its file. */
export function movedText(): string {
  return l10n.t('The task list is available again, with the tasks you added in the meantime.');
}

/** Returns a function that warns, on its first call, that the task list cannot be written (because the disk is full, say). */
export function warnOnce(): (error: unknown) => void {
  let wasShown = false;
  return error => {
    if (!wasShown) {
      wasShown = true;
      void messages.warning(
        l10n.t("Can't save the task list. Dailies will retry automatically. {0}", messageOf(error)),
      );
    }
  };
}
