import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { writtenEstimateText } from '../host/priceText.ts';
import { commands, type CommandId } from '../ids.ts';
import { isKeyProblem, type Intent } from '../tasks/intent.ts';
import type { Task } from '../tasks/task.ts';
import { intentActionsOf, intentActionTitle, intentCapabilitiesOf } from './intentActions.ts';
import { intentReason, intentState, intentWhy } from './intentText.ts';
import { markdownText } from './markdownText.ts';
import { ageOf } from './measures.ts';
import { hasOwnName, nameOf } from './names.ts';
import { firstWords, friendlyModel } from './shortText.ts';
import { INTENT_LOOKS } from './stateLooks.ts';
import { intentFactsOf } from './intentFacts.ts';
import { factText } from './taskText.ts';
import type { IntentNode } from './taskNode.ts';

/** How much of a reason stands in a row, characters. */
const REASON_LENGTH = 40;

/** The row of a video that is no task yet. `task` is its stand-in. */
export function intentRow(node: IntentNode, intent: Intent, task: Task, now: number): TreeItem {
  const { icon, colour } = INTENT_LOOKS[intent.state];
  const row = new TreeItem(nameOf(task));
  row.id = `intent:${intent.id}`;
  row.description = intentDescription(intent, task, now);
  row.iconPath = colour === null ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(colour));
  row.contextValue = intentCapabilitiesOf(intent);
  row.accessibilityInformation = {
    label: [intentState(intent), nameOf(task), ...restOf(intent, task, now)].join(', '),
  };
  row.command = { command: commands.showIntent, title: '', arguments: [node] };
  return row;
}

/** The row's second column: the state, why where a person has to decide, else since when, then the model. */
export function intentDescription(intent: Intent, task: Task, now: number): string {
  return [intentState(intent), ...restOf(intent, task, now)].join(' · ');
}

function restOf(intent: Intent, task: Task, now: number): string[] {
  const reason = intent.state === 'waiting' ? '' : firstWords(intentWhy(intent), REASON_LENGTH);
  return [
    reason === '' ? ageOf(intent.createdAt, now) : reason,
    hasOwnName(task) ? friendlyModel(intent.model) : '',
  ].filter(part => part !== '');
}

/** The hover: the whole row, what can be done as links, why, and what was to be sent and for how much. */
export function intentHover(intent: Intent, task: Task, now: number): MarkdownString {
  const actions = intentActionsOf(intent);
  const hover = new MarkdownString();
  hover.isTrusted = { enabledCommands: [...actions, commands.setKey] };
  hover.appendMarkdown(
    `**${markdownText(nameOf(task))}**\n\n${markdownText([intentState(intent), ageOf(intent.createdAt, now), friendlyModel(intent.model)].join(' · '))}\n\n`,
  );
  const reason = intentReason(intent);
  if (reason !== '') {
    hover.appendMarkdown(`${markdownText(reason)}\n\n`);
  }
  const links = [
    ...(isKeyProblem(intent.problem) ? [link(l10n.t('Set API Key…'), commands.setKey, intent.gateway)] : []),
    ...actions.map(command => link(intentActionTitle(command), command, intent.id)),
  ];
  hover.appendMarkdown(`${links.join(' · ')}\n\n`);
  for (const [fact, value] of intentFactsOf(
    intent,
    writtenEstimateText(intent.estimate, intent.estimateSource),
  )) {
    // Two spaces make a hard line break.
    hover.appendMarkdown(`${markdownText(factText(fact, value))}  \n`);
  }
  return hover;
}

function link(title: string, command: CommandId, argument: string): string {
  return `[${markdownText(title)}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
