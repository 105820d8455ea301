import { l10n } from 'vscode';
import { commands, type CommandId } from '../ids.ts';
import { needsDecision, type Intent } from '../tasks/intent.ts';

/** What can be done with a video that is no task yet, as words that menus test for. */
export function intentCapabilitiesOf(intent: Intent): string {
  const { state } = intent;
  const words = ['intent'];
  if (state === 'waiting' || state === 'notSent' || state === 'refused') {
    words.push('cancellable');
  }
  if (state === 'notSent' || state === 'refused') {
    words.push('sendable', 'editable');
  }
  if (state === 'unknown' && needsDecision(intent)) {
    words.push('decidable', 'editable');
  }
  return words.join(' ');
}

/** What can be done with a video that is no task yet. */
type IntentAction = (typeof ACTIONS)[number];

const ACTIONS = [
  commands.foundVideo,
  commands.notMade,
  commands.sendAgain,
  commands.sendVideo,
  commands.cancelVideo,
  commands.showIntent,
] as const satisfies CommandId[];

/** The word that an action requires; the request can always be shown. */
const WORDS: Readonly<Record<IntentAction, string>> = {
  [commands.foundVideo]: 'decidable',
  [commands.notMade]: 'decidable',
  [commands.sendAgain]: 'decidable',
  [commands.sendVideo]: 'sendable',
  [commands.cancelVideo]: 'cancellable',
  [commands.showIntent]: 'intent',
};

/** The same as commands, what is most likely wanted first. */
export function intentActionsOf(intent: Intent): IntentAction[] {
  const words = intentCapabilitiesOf(intent).split(' ');
  return ACTIONS.filter(action => words.includes(WORDS[action]));
}

/** What such a command is called. */
export function intentActionTitle(action: IntentAction): string {
  switch (action) {
    case commands.foundVideo:
      return l10n.t('Enter Task ID…');
    case commands.notMade:
      return l10n.t('Mark as Not Made…');
    case commands.sendAgain:
      return l10n.t('Send Again…');
    case commands.sendVideo:
      return l10n.t('Send Video…');
    case commands.cancelVideo:
      return l10n.t('Cancel Video');
    case commands.showIntent:
      return l10n.t('Show Request');
  }
}
