import { l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import { messageOf } from '../base/errors.ts';
import type { StoreTrouble } from '../tasks/openStore.ts';

/** What was wrong with the task list, for the person. */
export function troubleText(trouble: StoreTrouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return l10n.t(
        'The task list was damaged. The file is kept as {0}; tasks brought over from it: {1}.',
        trouble.movedTo,
        trouble.restored,
      );
    case 'newer':
      return l10n.t(
        'The task list was written by a newer version of Dailies: it is shown but not changed. Update Dailies to go on with it.',
      );
    case 'network':
      return l10n.t(
        'The task list is on a network drive. It works there, but other windows and computers see changes a little later.',
      );
    case 'unusable':
      return l10n.t(
        'Dailies cannot use its task list: {0} What you track now is kept in this window, and is moved to the list as soon as it can be used again.',
        trouble.text,
      );
  }
}

/** What is kept in memory has come to the file. */
export function movedText(): string {
  return l10n.t('The task list can be used again. What you tracked meanwhile is in it.');
}

/** Tells the person, once for this window, that the task list cannot be written (a full disk, say). */
export function tellOnce(): (error: unknown) => void {
  let isTold = false;
  return error => {
    if (!isTold) {
      isTold = true;
      void messages.warning(
        l10n.t(
          'Dailies cannot write its task list: {0} It goes on by itself as soon as it can.',
          messageOf(error),
        ),
      );
    }
  };
}
