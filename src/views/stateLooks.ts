import { l10n } from 'vscode';
import type { ShownState } from '../tasks/shownState.ts';
import type { IntentState } from '../tasks/intent.ts';
import type { Tally } from '../tasks/tally.ts';

/** The appearance of a state in the list, the quick pick, the status bar and the pages. */
export interface Look {
  /** The name of a codicon, with `~spin` if it spins. */
  readonly icon: string;
  /** A theme colour, only for states that deserve attention; `null` for the text colour. */
  readonly colour: string | null;
  /** The state in one or two words. */
  readonly word: () => string;
}

const WARNING = 'problemsWarningIcon.foreground';
const ERROR = 'problemsErrorIcon.foreground';
/** Unlike `testing.iconPassed`, this green has enough contrast on a light background. */
const GOOD = 'charts.green';

/** Waiting states use `watch`, because `clock` resembles a history icon. */
export const LOOKS: Readonly<Record<ShownState, Look>> = {
  waiting: { icon: 'watch', colour: null, word: () => l10n.t('Waiting for status') },
  queued: { icon: 'watch', colour: null, word: () => l10n.t('Queued') },
  rendering: { icon: 'loading~spin', colour: null, word: () => l10n.t('Rendering') },
  unrecognised: { icon: 'question', colour: null, word: () => l10n.t('Unknown state') },
  failed: { icon: 'error', colour: ERROR, word: () => l10n.t('Failed') },
  cancelled: { icon: 'circle-slash', colour: null, word: () => l10n.t('Cancelled') },
  stalled: { icon: 'warning', colour: WARNING, word: () => l10n.t('Stalled') },
  notFound: { icon: 'warning', colour: WARNING, word: () => l10n.t('Not found') },
  offline: { icon: 'debug-disconnect', colour: WARNING, word: () => l10n.t('Offline') },
  rateLimited: { icon: 'debug-disconnect', colour: WARNING, word: () => l10n.t('Rate limited') },
  wrongAddress: { icon: 'debug-disconnect', colour: WARNING, word: () => l10n.t('Wrong gateway address') },
  notFoundYet: { icon: 'debug-disconnect', colour: WARNING, word: () => l10n.t('Not found yet') },
  checkFailed: { icon: 'debug-disconnect', colour: WARNING, word: () => l10n.t('Check failed') },
  linkToCome: { icon: 'watch', colour: null, word: () => l10n.t('Completed, waiting for video link') },
  noVideo: { icon: 'warning', colour: WARNING, word: () => l10n.t('Completed without a video') },
  notSaved: { icon: 'warning', colour: WARNING, word: () => l10n.t('Not saved') },
  toSave: { icon: 'cloud-download', colour: null, word: () => l10n.t('Waiting to save') },
  saving: { icon: 'cloud-download', colour: null, word: () => l10n.t('Saving…') },
  ready: { icon: 'pass', colour: GOOD, word: () => l10n.t('Ready') },
  notChecked: { icon: 'pass', colour: GOOD, word: () => l10n.t('Saved, not checked') },
  saveFailed: { icon: 'warning', colour: WARNING, word: () => l10n.t('Save failed') },
  expired: { icon: 'warning', colour: WARNING, word: () => l10n.t('Link expired') },
  missing: { icon: 'warning', colour: WARNING, word: () => l10n.t('File not found') },
};

/** The colour of clips that may soon be lost. */
export const RISK_COLOUR = WARNING;

/** The same of videos that are no tasks yet; `intentState` has the words. */
export const INTENT_LOOKS: Readonly<Record<IntentState, Omit<Look, 'word'>>> = {
  waiting: { icon: 'watch', colour: null },
  sending: { icon: 'loading~spin', colour: null },
  accepted: { icon: 'watch', colour: null },
  refused: { icon: 'error', colour: ERROR },
  notSent: { icon: 'warning', colour: WARNING },
  unknown: { icon: 'question', colour: WARNING },
  dropped: { icon: 'circle-slash', colour: null },
};

/** The appearance of a count of tasks: the icon of the state it is named after. */
export interface TallyLook {
  readonly icon: string;
  readonly words: (count: number) => string;
}

export const TALLY_LOOKS: Readonly<Record<Tally, TallyLook>> = {
  undecided: { icon: INTENT_LOOKS.unknown.icon, words: count => l10n.t('{0} may have been made', count) },
  notMade: { icon: INTENT_LOOKS.notSent.icon, words: count => l10n.t('{0} not made', count) },
  sending: { icon: INTENT_LOOKS.waiting.icon, words: count => l10n.t('{0} to send', count) },
  rendering: { icon: LOOKS.rendering.icon, words: count => l10n.t('{0} rendering', count) },
  queued: { icon: LOOKS.queued.icon, words: count => l10n.t('{0} queued', count) },
  waiting: { icon: LOOKS.waiting.icon, words: count => l10n.t('{0} waiting', count) },
  saving: { icon: LOOKS.saving.icon, words: count => l10n.t('{0} saving', count) },
  ready: { icon: LOOKS.ready.icon, words: count => l10n.t('{0} ready', count) },
  notSaved: { icon: LOOKS.notSaved.icon, words: count => l10n.t('{0} not saved', count) },
  stalled: { icon: LOOKS.stalled.icon, words: count => l10n.t('{0} stalled', count) },
  notFound: { icon: LOOKS.notFound.icon, words: count => l10n.t('{0} not found', count) },
  seen: { icon: LOOKS.ready.icon, words: count => l10n.t('{0} viewed', count) },
  failed: { icon: LOOKS.failed.icon, words: count => l10n.t('{0} failed', count) },
  stuck: { icon: LOOKS.missing.icon, words: count => l10n.t('{0} without a file', count) },
};

/** A static replacement for the spinning icon: for states at rest, and where VS Code spins icons off-centre. */
export function still(icon: string): string {
  return icon === LOOKS.rendering.icon ? 'sync' : icon;
}
