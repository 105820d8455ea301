import { l10n, MarkdownString } from 'vscode';
import { commands, rowActions } from '../ids.ts';
import type { Eta } from '../polling/forecast.ts';
import type { Task } from '../tasks/task.ts';
import { hoverFactsOf } from './hoverFacts.ts';
import { markdownText } from './markdownText.ts';
import { nameOf } from './names.ts';
import { actionsOf, actionTitle } from './taskActions.ts';
import { descriptionOf, factText } from './taskText.ts';

/** The width of a thumbnail, CSS pixels. VS Code's hovers are up to about 500 wide. */
const WIDTH = 240;

/** The commands that links in the hover may run. */
const ENABLED = [...new Set([...rowActions.map(({ command }) => command), commands.openFolder])];

/**
 * The hover of a row: its whole text, which a narrow sidebar cuts off, the clip's first frame if known (`thumbnail`, a `data:`
 * URL), links for the actions, and the other properties. Untrusted text is escaped.
 */
export function hoverOf(
  task: Task,
  now: number,
  eta: Eta | undefined,
  thumbnail: string | undefined,
): MarkdownString {
  const hover = new MarkdownString();
  hover.isTrusted = { enabledCommands: ENABLED };
  const name = markdownText(nameOf(task));
  hover.appendMarkdown(`**${name}**\n\n${markdownText(descriptionOf(task, now, eta, false))}\n\n`);
  if (thumbnail !== undefined) {
    // Text between the brackets can't be escaped, so the task's name must not be used there.
    hover.appendMarkdown(`![${l10n.t('First frame')}](${thumbnail}|width=${WIDTH})\n\n`);
  }
  hover.appendMarkdown(`${linksOf(task).join(' · ')}\n\n`);
  for (const [fact, value] of hoverFactsOf(task, now)) {
    // Two spaces make a hard line break.
    hover.appendMarkdown(`${markdownText(factText(fact, value))}  \n`);
  }
  return hover;
}

/** Links for the buttons of the row, and one to the file's folder. */
function linksOf(task: Task): string[] {
  const actions: [command: string, title: string][] = actionsOf(task).map(action => [
    action.command,
    actionTitle(action),
  ]);
  if (task.file === 'saved') {
    actions.splice(1, 0, [commands.openFolder, l10n.t('Open Containing Folder')]);
  }
  return actions.map(
    ([command, title]) =>
      `[${markdownText(title)}](command:${command}?${encodeURIComponent(`[${task.key}]`)})`,
  );
}
