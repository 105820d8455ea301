import { l10n } from 'vscode';
import { pathText } from '../host/pathText.ts';
import { begunAt, isSavable, type Task } from '../tasks/task.ts';
import { comparedFactsOf } from './comparedFacts.ts';
import { bytesText, timeOf } from './measures.ts';
import { amountText } from '../host/priceText.ts';
import { firstWords } from './shortText.ts';
import { fileCheckText } from './stateWords.ts';

/** How much of one parameter is shown, characters. */
const PARAMETER_LENGTH = 60;

/** The facts that stand beside a clip, or below what its page says without it, as `factsOf`: what it was made with, and what became of it. */
export function clipFactsOf(task: Task): [name: string, value: string][] {
  const facts: [string, string | null][] = [
    ...requestedFacts(task),
    [l10n.t('File'), task.file === 'missing' || task.filePath === null ? null : pathText(task.filePath)],
    [l10n.t('File check'), fileCheckText(task)],
    [
      l10n.t('Link expires'),
      isSavable(task) && task.linkExpiresAt !== null ? timeOf(task.linkExpiresAt) : null,
    ],
    [l10n.t('Size'), task.fileSize === null ? null : bytesText(task.fileSize)],
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

/** What the clip was made with, besides its prompt. Of what is at an address only how many there are is of interest here. */
function requestedFacts(task: Task): [name: string, value: string][] {
  return comparedFactsOf(task)
    .filter(([name]) => name !== l10n.t('Prompt'))
    .map(([name, value]) => [
      name,
      /^(https?|data):/i.test(value) ? String(value.split('\n').length) : firstWords(value, PARAMETER_LENGTH),
    ]);
}
