import { l10n } from 'vscode';
import { pathText } from '../host/pathText.ts';
import { shotName, shotOf } from '../tasks/shot.ts';
import { begunAt, isSavable, type Task } from '../tasks/task.ts';
import { comparedFactsOf } from './comparedFacts.ts';
import { bytesText, timeOf } from './measures.ts';
import { amountText, writtenEstimateText } from '../host/priceText.ts';
import type { Intent } from '../tasks/intent.ts';
import { firstWords } from './shortText.ts';
import { fileCheckText } from './stateWords.ts';
import { verdictText } from './taskText.ts';

/** The longest value that is shown of a parameter, characters. */
const PARAMETER_LENGTH = 60;

/**
 * The properties of a task that its page shows: what the clip was generated with, and what became of it. `intent`: with which it was
 * made here, if it was.
 */
export function clipFactsOf(
  task: Task,
  intent?: Pick<Intent, 'estimate' | 'estimateSource'>,
): [name: string, value: string][] {
  const facts: [string, string | null][] = [
    ...shotFacts(task),
    ...requestedFacts(task),
    [l10n.t('File'), task.file === 'missing' || task.filePath === null ? null : pathText(task.filePath)],
    [l10n.t('File check'), fileCheckText(task)],
    [
      task.file === 'expired' ? l10n.t('Link expired') : l10n.t('Link expires'),
      isSavable(task) && task.linkExpiresAt !== null ? timeOf(task.linkExpiresAt) : null,
    ],
    [l10n.t('Size'), task.fileSize === null ? null : bytesText(task.fileSize)],
    [l10n.t('Estimate'), intent ? writtenEstimateText(intent.estimate, intent.estimateSource) : null],
    [l10n.t('Charged'), task.amount === null ? null : amountText(task.amount)],
    [task.createdAt === null ? l10n.t('Added') : l10n.t('Started'), timeOf(begunAt(task))],
    [l10n.t('Completed'), task.completedSeenAt === null ? null : timeOf(task.completedSeenAt)],
    [
      l10n.t('Last response'),
      task.file === 'saved' || task.answeredAt === null ? null : timeOf(task.answeredAt),
    ],
    [l10n.t('Gateway'), task.file === 'saved' ? null : task.gateway],
    [l10n.t('ID'), task.id],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
}

/** The shot and take of the clip, and the person's decision and note. */
function shotFacts(task: Task): [name: string, value: string | null][] {
  return [
    [l10n.t('Shot'), shotOf(task) ? shotName(task) : null],
    [l10n.t('Shot file'), task.shotFile],
    [l10n.t('Take'), task.take === null ? null : String(task.take)],
    [l10n.t('Decision'), verdictText(task)],
    [l10n.t('Note'), task.note],
  ];
}

/** The request's properties without the prompt. Of images given as URLs only the number is shown. */
function requestedFacts(task: Task): [name: string, value: string][] {
  return comparedFactsOf(task)
    .filter(([name]) => name !== l10n.t('Prompt'))
    .map(([name, value]) => [
      name,
      /^(https?|data):/i.test(value) ? String(value.split('\n').length) : firstWords(value, PARAMETER_LENGTH),
    ]);
}
