import { l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import { shotName, type Shot } from '../tasks/shot.ts';
import type { Task } from '../tasks/task.ts';
import { nameOf } from './names.ts';

/** Says which shot tasks are takes of now, `null`: of none, and offers to take that back. */
export async function sayAssigned(
  tasks: readonly Task[],
  shot: Shot | null,
  undo: () => void,
): Promise<void> {
  const button = l10n.t('Undo');
  if ((await messages.info(assignedText(tasks, shot), button)) === button) {
    undo();
  }
}

function assignedText(tasks: readonly Task[], shot: Shot | null): string {
  const [first, ...others] = tasks;
  if (!first || others.length > 0) {
    return shot
      ? l10n.t('{0} tasks are takes of "{1}" now.', tasks.length, shotName(shot))
      : l10n.t('{0} tasks are no longer takes of a shot.', tasks.length);
  }
  return shot
    ? l10n.t('"{0}" is a take of "{1}" now.', nameOf(first), shotName(shot))
    : l10n.t('"{0}" is no longer a take of a shot.', nameOf(first));
}
