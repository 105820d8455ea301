import { l10n } from 'vscode';
import { commands, rowActions } from '../ids.ts';
import type { Task } from '../tasks/task.ts';
import { capabilitiesOf } from './taskText.ts';

/** An action on a task: a command that takes the task's key. */
export interface TaskAction {
  readonly command: (typeof rowActions)[number]['command'];
  /** The name of a codicon. */
  readonly icon: string;
}

const DETAILS: TaskAction = { command: commands.showDetails, icon: 'info' };

/** The actions on a task: the buttons of its row in the list, and Show Details. */
export function actionsOf(task: Task): readonly TaskAction[] {
  const words = capabilitiesOf(task).split(' ');
  const offered: TaskAction[] = rowActions.filter(
    action => words.includes(action.word) && !('unless' in action && words.includes(action.unless)),
  );
  return offered.some(({ command }) => command === DETAILS.command) ? offered : [...offered, DETAILS];
}

/** The default action on a task. Never Stop Saving, so that pressing Enter by mistake does not cancel a download. */
export function nextActionOf(task: Task): TaskAction {
  return actionsOf(task).find(({ command }) => command !== commands.stopSaving) ?? DETAILS;
}

/** The label of an action. */
export function actionTitle(action: TaskAction): string {
  switch (action.command) {
    case commands.preview:
      return l10n.t('Preview');
    case commands.retrySave:
      return l10n.t('Retry Save');
    case commands.requestLink:
      return l10n.t('Request New Link');
    case commands.locate:
      return l10n.t('Locate File…');
    case commands.showDetails:
      return l10n.t('Show Details');
    case commands.saveNow:
      return l10n.t('Save Now');
    case commands.refresh:
      return l10n.t('Refresh');
    case commands.stopSaving:
      return l10n.t('Stop Saving');
  }
}
