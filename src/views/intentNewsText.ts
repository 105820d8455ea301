import { l10n } from 'vscode';
import { commands, views } from '../ids.ts';
import type { IntentNews } from '../news/intentAnnouncer.ts';
import { isKeyProblem, type Intent } from '../tasks/intent.ts';
import { intentName, intentReason } from './intentText.ts';
import type { Message } from './newsText.ts';

/** The words for videos that wait for a person's decision, and what can be done, the likeliest first. */
export function intentMessage({ intents, held }: IntentNews): Message {
  const [only, ...others] = intents;
  const severity = intents.every(({ state }) => state === 'refused') ? 'error' : 'warning';
  if (others.length > 0) {
    return {
      severity,
      text: withHeld(l10n.t('{0} videos need your decision.', intents.length), held),
      actions: [[l10n.t('Show Tasks'), `${views.tasks}.focus`]],
    };
  }
  return { severity, text: withHeld(textOf(only), held), actions: actionsFor(only) };
}

function textOf(intent: Intent): string {
  const [name, reason] = [intentName(intent), intentReason(intent)];
  switch (intent.state) {
    case 'refused':
      return l10n.t('"{0}" was refused. {1}', name, reason);
    case 'notSent':
      return l10n.t('"{0}" wasn\'t sent. {1}', name, reason);
    case 'unknown':
    case 'waiting':
    case 'sending':
    case 'accepted':
    case 'dropped':
      return l10n.t('"{0}" may have been made. {1}', name, reason);
  }
}

function withHeld(text: string, held: number): string {
  if (held === 0) {
    return text;
  }
  const more =
    held === 1
      ? l10n.t('1 more video of its batch is held back.')
      : l10n.t('{0} more videos of its batch are held back.', held);
  return `${text} ${more}`;
}

function actionsFor({ id, state, problem, gateway }: Intent): Message['actions'] {
  const details = [l10n.t('Show Request'), commands.showIntent, id] as const;
  if (isKeyProblem(problem)) {
    return [[l10n.t('Set API Key…'), commands.setKey, gateway], details];
  }
  switch (state) {
    case 'unknown':
      return [
        [l10n.t('Enter Task ID…'), commands.foundVideo, id],
        [l10n.t('Mark as Not Made…'), commands.notMade, id],
        details,
      ];
    case 'notSent':
      return [[l10n.t('Send Video…'), commands.sendVideo, id], details];
    case 'refused':
    case 'waiting':
    case 'sending':
    case 'accepted':
    case 'dropped':
      return [[l10n.t('Edit Request'), commands.editIntent, id], details];
  }
}
