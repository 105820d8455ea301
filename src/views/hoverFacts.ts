import { l10n } from 'vscode';
import { isBeingSaved, promptOf, type Task } from '../tasks/task.ts';
import { clipFactsOf } from './clipFacts.ts';
import { durationText, leftText } from './measures.ts';
import { problemText, progressInBytes, saveProblemText } from './stateWords.ts';

/**
 * The properties in a row's tooltip, as names and values: why the task is in its state, then those of its page. The row has the
 * model, the gateway matters to nobody there, and the time of the last response would redraw the row after each check.
 */
export function hoverFactsOf(task: Task, now: number): [name: string, value: string][] {
  const omitted = [l10n.t('Model'), l10n.t('Gateway'), l10n.t('Duration'), l10n.t('Last response')];
  const facts: [string, string | null][] = [
    [l10n.t('Prompt'), promptOf(task)],
    [l10n.t('Reason'), task.error],
    [l10n.t('Last check'), problemText(task)],
    [l10n.t('Saving'), savingText(task, now)],
    [l10n.t('Duration'), lengthText(task)],
    ...clipFactsOf(task).filter(([name]) => !omitted.includes(name)),
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
}

/** How many bytes are there, or why saving failed and when it is tried again. */
function savingText(task: Task, now: number): string {
  if (task.file === 'downloading') {
    return progressInBytes(task);
  }
  const next =
    isBeingSaved(task) && task.nextSaveAt !== null && task.nextSaveAt > now
      ? l10n.t('Retrying in {0}.', leftText(task.nextSaveAt - now))
      : '';
  const problem = saveProblemText(task.saveProblem, task.saveProblemText ?? '');
  return problem !== '' && next !== '' ? l10n.t('{0} {1}', problem, next) : problem + next;
}

/** How long the clip is; both lengths where the file and the gateway do not agree, and what was requested before there is a clip. */
function lengthText(task: Task): string | null {
  const { fileDuration, actualDuration } = task;
  if (fileDuration !== null && actualDuration !== null && Math.abs(fileDuration - actualDuration) > 0.5) {
    return l10n.t('{0} (gateway reports {1})', durationText(fileDuration), durationText(actualDuration));
  }
  const duration = fileDuration ?? actualDuration;
  return duration === null
    ? (clipFactsOf(task).find(([name]) => name === l10n.t('Duration'))?.[1] ?? null)
    : durationText(duration);
}
