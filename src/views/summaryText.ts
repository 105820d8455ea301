import { l10n } from 'vscode';
import type { PauseReason } from '../tasks/pause.ts';
import type { Summary, Tally } from '../tasks/summary.ts';
import { expiryWords } from './expiryText.ts';
import { TALLY_LOOKS } from './stateLooks.ts';

/** What the status bar counts: what waits for a person, before the end that a narrow one cuts off, and what goes on. */
const SHOWN = [
  'notSaved',
  'stalled',
  'notFound',
  'rendering',
  'queued',
  'waiting',
  'saving',
  'ready',
] as const satisfies Tally[];

/**
 * The tasks in a few words, each for itself: `2 rendering`, `1 ready`. None when there is nothing to tell. What may soon be lost,
 * and what waits for a person, is said in place of the counts: a narrow status bar cuts off the end.
 */
export function summaryWords({ counts, holds, risks }: Summary, now: number): string[] {
  const [hold] = holds.filter(({ reason }) => reason !== 'rateLimited');
  const held = hold ? [pauseWords(hold.reason)] : [];
  if (risks.length > 0) {
    return [...expiryWords(risks, now), ...held];
  }
  if (hold && isUrgent(hold.reason)) {
    return held;
  }
  return [
    ...held,
    ...SHOWN.filter(tally => counts[tally] > 0).map(tally => TALLY_LOOKS[tally].words(counts[tally])),
  ];
}

/** Why a gateway is left alone, as short as can be. */
export function pauseWords(reason: PauseReason): string {
  switch (reason) {
    case 'person':
      return l10n.t('Paused');
    case 'keyRejected':
      return l10n.t('API key rejected');
    case 'noKey':
      return l10n.t('No API key');
    case 'keyUnreadable':
      return l10n.t('API key unreadable');
    case 'outOfCredit':
      return l10n.t('Out of credit');
    case 'unreachable':
      return l10n.t('Offline');
    case 'rateLimited':
      return l10n.t('Rate limited');
  }
}

/** The icon of a pause: the name of a codicon. */
export function pauseIcon(reason: PauseReason): string {
  switch (reason) {
    case 'person':
      return 'debug-pause';
    case 'keyRejected':
    case 'noKey':
    case 'keyUnreadable':
      return 'key';
    case 'outOfCredit':
      return 'credit-card';
    case 'unreachable':
      return 'debug-disconnect';
    case 'rateLimited':
      return 'watch';
  }
}

/** Whether nothing goes on at a gateway until a person acts. */
export function isUrgent(reason: PauseReason): boolean {
  return wantsKey(reason) || reason === 'outOfCredit';
}

/** Whether another key ends the pause. */
export function wantsKey(reason: PauseReason): boolean {
  return reason === 'keyRejected' || reason === 'noKey' || reason === 'keyUnreadable';
}
