import { l10n, MarkdownString } from 'vscode';
import { commands, rowActions } from '../ids.ts';
import type { Eta } from '../polling/forecast.ts';
import type { Task } from '../tasks/task.ts';
import { markdownText } from './markdownText.ts';
import { nameOf } from './names.ts';
import { actionsOf, actionTitle } from './taskActions.ts';
import { descriptionOf, factsOf, factText } from './taskText.ts';

/** How wide a thumbnail stands in the hover, CSS pixels; VS Code makes hovers up to some 500 wide. */
const WIDTH = 240;

/** What a link of the hover may do. */
const ENABLED = [...new Set([...rowActions.map(({ command }) => command), commands.openFolder])];

/**
 * The whole row, of which a narrow sidebar cuts off the end, then the clip's first frame where one is known, as a `data:` address,
 * what can be done, and what else there is to know. Gateway text never goes in as Markdown.
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
    // VS Code takes the words between the brackets as they are, so that a name could not be escaped there.
    hover.appendMarkdown(`![${l10n.t('First frame')}](${thumbnail}|width=${WIDTH})\n\n`);
  }
  hover.appendMarkdown(`${linksOf(task).join(' · ')}\n\n`);
  // The row has said the state.
  for (const [fact, value] of factsOf(task, now).slice(1)) {
    // Two spaces: the next fact begins on a line of its own.
    hover.appendMarkdown(`${markdownText(factText(fact, value))}  \n`);
  }
  return hover;
}

/** What the buttons of the row do, as links, and the way to the file. */
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
