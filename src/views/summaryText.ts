import { l10n } from 'vscode';
import type { PauseReason } from '../tasks/pause.ts';
import type { Summary } from '../tasks/summary.ts';
import type { Tally } from '../tasks/tally.ts';
import { expiryWords } from './expiryText.ts';
import { TALLY_LOOKS } from './stateLooks.ts';

/** The counts in the status bar: first what needs the user, because a narrow bar cuts off the end, then work in progress. */
const SHOWN = [
  'undecided',
  'notMade',
  'notSaved',
  'stalled',
  'notFound',
  'sending',
  'rendering',
  'queued',
  'waiting',
  'saving',
  'ready',
] as const satisfies Tally[];

/**
 * The text of the status bar in parts: `2 rendering`, `1 ready`; empty if there is nothing to show. Clips at risk and pauses that need
 * the user replace the counts, because a narrow status bar cuts off the end.
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

/** The reason of a pause, in two or three words. */
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

/** The codicon of a pause. */
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

/** Whether the gateway is not polled until the user acts. */
export function isUrgent(reason: PauseReason): boolean {
  return wantsKey(reason) || reason === 'outOfCredit';
}

/** Whether a new API key ends the pause. */
export function wantsKey(reason: PauseReason): boolean {
  return reason === 'keyRejected' || reason === 'noKey' || reason === 'keyUnreadable';
}
