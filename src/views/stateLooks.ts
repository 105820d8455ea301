import { l10n } from 'vscode';
import type { ShownState } from '../tasks/shownState.ts';
import type { Tally } from '../tasks/summary.ts';

/** How a state looks: the list, the quick pick, the status bar and the pages all read it here. */
export interface Look {
  /** The name of a codicon. One that turns ends in `~spin`. */
  readonly icon: string;
  /** A colour of the theme, only where something wants a look; else that of text. */
  readonly colour: string | null;
  /** The state in a word or two. */
  readonly word: () => string;
}

const WARNING = 'problemsWarningIcon.foreground';
const ERROR = 'problemsErrorIcon.foreground';
/** Of VS Code's greens one that is dark enough on a light background, as that of tests is not. */
const GOOD = 'charts.green';

/** Not `clock` for what waits, which is drawn as a look back. */
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

/** The colour of what may soon be lost. */
export const RISK_COLOUR = WARNING;

/** How a count of tasks looks: as the state that gives it its name does. */
export interface TallyLook {
  readonly state: ShownState;
  readonly words: (count: number) => string;
}

export const TALLY_LOOKS: Readonly<Record<Tally, TallyLook>> = {
  rendering: { state: 'rendering', words: count => l10n.t('{0} rendering', count) },
  queued: { state: 'queued', words: count => l10n.t('{0} queued', count) },
  waiting: { state: 'waiting', words: count => l10n.t('{0} waiting', count) },
  saving: { state: 'saving', words: count => l10n.t('{0} saving', count) },
  ready: { state: 'ready', words: count => l10n.t('{0} ready', count) },
  notSaved: { state: 'notSaved', words: count => l10n.t('{0} not saved', count) },
  stalled: { state: 'stalled', words: count => l10n.t('{0} stalled', count) },
  notFound: { state: 'notFound', words: count => l10n.t('{0} not found', count) },
  seen: { state: 'ready', words: count => l10n.t('{0} viewed', count) },
  failed: { state: 'failed', words: count => l10n.t('{0} failed', count) },
  stuck: { state: 'missing', words: count => l10n.t('{0} without a file', count) },
};

/** An icon that does not turn, as `loading` always does: for what stands still, and where VS Code turns icons about a point next to them. */
export function still(icon: string): string {
  return icon === LOOKS.rendering.icon ? 'sync' : icon;
}
