import { l10n } from 'vscode';
import type { PauseReason } from '../tasks/pauses.ts';
import type { Summary, Tally } from '../tasks/summary.ts';

/** What the status bar counts: what goes on, and what waits for a person. */
const SHOWN = ['rendering', 'queued', 'waiting', 'saving', 'ready', 'notSaved'] as const satisfies Tally[];

/** The tasks in a few words, each for itself: `2 rendering`, `1 ready`. None when there is nothing to tell. */
export function summaryWords({ counts, holds }: Summary): string[] {
  const [hold] = holds.filter(({ reason }) => reason !== 'rateLimited');
  return [
    ...(hold ? [pauseWords(hold.reason)] : []),
    ...SHOWN.filter(tally => counts[tally] > 0).map(tally => tallyWords(tally, counts[tally])),
  ];
}

/** Why a gateway is left alone, as short as can be. */
export function pauseWords(reason: PauseReason): string {
  switch (reason) {
    case 'person':
      return l10n.t('Paused');
    case 'keyRejected':
      return l10n.t('API key not accepted');
    case 'noKey':
      return l10n.t('No API key');
    case 'unreachable':
      return l10n.t('Offline');
    case 'rateLimited':
      return l10n.t('Gateway asks for a pause');
  }
}

/** The icon of a pause: the name of a codicon. */
export function pauseIcon(reason: PauseReason): string {
  switch (reason) {
    case 'person':
      return 'debug-pause';
    case 'keyRejected':
    case 'noKey':
      return 'key';
    case 'unreachable':
      return 'debug-disconnect';
    case 'rateLimited':
      return 'watch';
  }
}

/** How many tasks are counted as what. */
export function tallyWords(tally: Tally, count: number): string {
  switch (tally) {
    case 'rendering':
      return l10n.t('{0} rendering', count);
    case 'queued':
      return l10n.t('{0} queued', count);
    case 'waiting':
      return l10n.t('{0} waiting', count);
    case 'saving':
      return l10n.t('{0} saving', count);
    case 'ready':
      return l10n.t('{0} ready', count);
    case 'notSaved':
      return l10n.t('{0} not saved', count);
    case 'seen':
      return l10n.t('{0} seen', count);
    case 'failed':
      return l10n.t('{0} failed', count);
    case 'stuck':
      return l10n.t('{0} to look at', count);
  }
}
