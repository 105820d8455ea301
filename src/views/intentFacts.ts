import { l10n } from 'vscode';
import { sentAtOf, type Intent } from '../tasks/intent.ts';
import { promptOf } from '../tasks/task.ts';
import { timeOf } from './measures.ts';

/** The properties of a video that is no task yet, as names and values. `estimate`: what it is expected to cost, in words. */
export function intentFactsOf(intent: Intent, estimate: string): [name: string, value: string][] {
  const shot = [intent.file ?? '', intent.section ?? ''].filter(part => part !== '').join(' · ');
  const sentAt = sentAtOf(intent);
  const facts: [name: string, value: string][] = [
    [l10n.t('Prompt'), promptOf({ request: intent.body }) ?? ''],
    [l10n.t('Model'), intent.model],
    [l10n.t('Estimate'), estimate],
    [l10n.t('Shot file'), shot],
    [l10n.t('Requested'), timeOf(intent.createdAt)],
    [l10n.t('Sent'), sentAt === null ? '' : timeOf(sentAt)],
  ];
  return facts.filter(([, value]) => value !== '');
}
