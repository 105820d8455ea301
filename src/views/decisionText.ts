import { l10n } from 'vscode';
import { spentText, writtenEstimateText } from '../host/priceText.ts';
import type { Spent } from '../making/making.ts';
import type { Intent } from '../tasks/intent.ts';
import { agoText } from './confirmationText.ts';
import { intentName, intentReason } from './intentText.ts';

/** The confirmation before unsent requests are sent; none where there is neither detail nor a choice. */
export interface ResumePrompt {
  readonly message: string;
  readonly detail: string;
  readonly button: string;
  /** Sends the rest of the batch as well. */
  readonly all: string | undefined;
}

/**
 * The confirmation before some unsent videos are sent. `repeats`: when the same request was sent, if that was a few minutes ago.
 * `rest`: how many more of their batch were not sent.
 */
export function resumePrompt(
  chosen: readonly { readonly intent: Intent; readonly repeats: number | undefined }[],
  rest: number,
  now: number,
): ResumePrompt {
  const count = chosen.length;
  const [first] = chosen;
  const repeats = chosen.flatMap(one => (one.repeats === undefined ? [] : [one.repeats]));
  const detail = [
    repeats.length === 0
      ? ''
      : l10n.t('You sent the same request {0} ago.', agoText(now - Math.max(...repeats))),
    chosen.some(({ intent }) => intent.problem === 'repaired' || intent.problem === 'late')
      ? l10n.t(
          'If this list was restored from a copy, it may have been sent before. Check on the gateway first.',
        )
      : '',
  ].filter(part => part !== '');
  return {
    message:
      first && count === 1
        ? l10n.t('Send "{0}"?', intentName(first.intent))
        : l10n.t('Send {0} videos?', count),
    detail: detail.join('\n'),
    button: l10n.t('Send'),
    all: rest === 0 ? undefined : l10n.t('Send All {0} Unsent Videos', rest + count),
  };
}

/** The confirmation before a request that may have been made is sent once more. `today`: what was spent at its gateway, this one included. */
export function sendAgainPrompt(
  intent: Intent,
  today: Spent,
  now: number,
): { readonly message: string; readonly detail: string; readonly button: string } {
  return {
    message: l10n.t('Send "{0}" again? You may be charged twice.', intentName(intent)),
    detail: [
      intentReason(intent),
      intent.sentAt === null ? '' : l10n.t('Sent {0} ago.', agoText(now - intent.sentAt)),
      l10n.t('Estimate: {0}', writtenEstimateText(intent.estimate, intent.estimateSource)),
      l10n.t('Today so far: {0}', spentText(today)),
    ]
      .filter(part => part !== '')
      .join('\n'),
    button: l10n.t('Send Again'),
  };
}
