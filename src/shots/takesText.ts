import { l10n } from 'vscode';
import { grouped } from '../base/grouped.ts';
import { needsDecision, type Intent } from '../tasks/intent.ts';
import { shownStateOf, type ShownState } from '../tasks/shownState.ts';
import type { Task } from '../tasks/task.ts';

/** What a lens shows of a take that is in the list. */
type Stage = 'picked' | 'ready' | 'saving' | 'rendering' | 'failed';

/** What it shows of one that is still to be sent, or may have been. */
type Sending = 'sending' | 'unknown' | 'notSent';

const STAGES: Readonly<Record<ShownState, Stage>> = {
  waiting: 'rendering',
  queued: 'rendering',
  rendering: 'rendering',
  unrecognised: 'rendering',
  offline: 'rendering',
  rateLimited: 'rendering',
  wrongAddress: 'rendering',
  notFoundYet: 'rendering',
  checkFailed: 'rendering',
  stalled: 'rendering',
  failed: 'failed',
  cancelled: 'failed',
  notFound: 'failed',
  noVideo: 'failed',
  expired: 'failed',
  missing: 'failed',
  linkToCome: 'saving',
  toSave: 'saving',
  saving: 'saving',
  saveFailed: 'saving',
  notSaved: 'ready',
  ready: 'ready',
  notChecked: 'ready',
};

/**
 * The takes of a shot in a few words: `3 takes · 1 picked · 2 rendering · ~1–2 min left`; `undefined` where there are none. `timeLeft` is that of
 * the take that is ready first.
 */
export function takesText(
  takes: readonly Task[],
  intents: readonly Intent[],
  timeLeft: (task: Task) => string | undefined,
): string | undefined {
  const stages = grouped(takes, task => STAGES[shownStateOf(task)]);
  const count = (stage: Stage): number => stages.get(stage)?.length ?? 0;
  const sending = grouped(intents, sendingOf);
  const countSending = (state: Sending): number => sending.get(state)?.length ?? 0;
  const rendering = stages.get('rendering') ?? [];
  const soonest = rendering
    .toSorted((a, b) => a.trackedAt - b.trackedAt)
    .map(timeLeft)
    .find(text => text !== undefined);
  const parts = [
    said(countSending('unknown'), n => l10n.t('{0} may have been made', n)),
    takes.length === 0 ? '' : takes.length === 1 ? l10n.t('1 take') : l10n.t('{0} takes', takes.length),
    said(takes.filter(({ verdict }) => verdict === 'picked').length, n => l10n.t('{0} picked', n)),
    said(countSending('sending'), n => l10n.t('{0} to be sent', n)),
    said(countSending('notSent'), n => l10n.t('{0} not sent', n)),
    said(count('rendering'), n => l10n.t('{0} rendering', n)),
    soonest ?? '',
    said(count('saving'), n => l10n.t('{0} saving', n)),
    said(count('ready'), n => l10n.t('{0} ready', n)),
    said(count('failed'), n => l10n.t('{0} failed', n)),
  ].filter(part => part !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function said(count: number, words: (count: number) => string): string {
  return count === 0 ? '' : words(count);
}

/** What a lens shows of an intent: one that became a task is shown as its take. */
function sendingOf(intent: Intent): Sending | undefined {
  if (intent.state === 'waiting' || intent.state === 'sending') {
    return 'sending';
  }
  if (!needsDecision(intent)) {
    return undefined;
  }
  return intent.state === 'unknown' ? 'unknown' : 'notSent';
}
