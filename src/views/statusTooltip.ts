import { l10n, MarkdownString } from 'vscode';
import { spentText } from '../host/priceText.ts';
import { commands, type CommandId } from '../ids.ts';
import type { Spent } from '../making/making.ts';
import { ALL_GATEWAYS, type Pause } from '../tasks/pause.ts';
import type { Summary } from '../tasks/summary.ts';
import { TALLIES, type Tally } from '../tasks/tally.ts';
import { expiryWords } from './expiryText.ts';
import { markdownText } from './markdownText.ts';
import { timeOfDay } from './measures.ts';
import { still, TALLY_LOOKS } from './stateLooks.ts';
import { pauseIcon, pauseWords, wantsKey } from './summaryText.ts';
import { nameOf } from './names.ts';

/** A link in the tooltip: its icon, text, command, and argument. */
type Action = readonly [icon: string, title: string, command: CommandId, argument?: string | number];

/**
 * The summary at `now` as a tooltip with links. `shown`: the time for which rows were drawn, so that link expiries read the same.
 * Untrusted text is escaped.
 */
export function statusTooltip(
  summary: Summary,
  now: number,
  shown: number,
  spentToday?: Spent,
): MarkdownString {
  const actions = actionsFor(summary);
  const tooltip = new MarkdownString('', true);
  tooltip.isTrusted = { enabledCommands: actions.map(([, , command]) => command) };
  tooltip.appendMarkdown(`**Dailies**\n\n`);
  for (const pause of summary.holds) {
    appendLine(tooltip, pauseIcon(pause.reason), pauseLine(pause, now));
  }
  for (const tally of TALLIES.filter(each => summary.counts[each] > 0)) {
    const words =
      tally === 'notSaved'
        ? expiryWords(summary.unsaved, shown)
        : [TALLY_LOOKS[tally].words(summary.counts[tally])];
    appendLine(tooltip, iconOf(tally, summary), words.join(' · '));
  }
  if (summary.nextPollAt !== null && summary.nextPollAt > now) {
    appendLine(tooltip, 'pulse', l10n.t('Next check at {0}', timeOfDay(summary.nextPollAt)));
  }
  if (spentToday && spentToday.count > 0) {
    appendLine(tooltip, 'credit-card', l10n.t('Today: {0}', spentText(spentToday)));
  }
  tooltip.appendMarkdown('\n---\n\n');
  for (const [icon, title, command, argument] of actions) {
    tooltip.appendMarkdown(`[$(${icon}) ${markdownText(title)}](command:${command}${queryOf(argument)})  \n`);
  }
  return tooltip;
}

/** The query of a command link. */
function queryOf(argument: string | number | undefined): string {
  return argument === undefined
    ? ''
    : `?${encodeURIComponent(JSON.stringify([argument]))
        .replaceAll('(', '%28')
        .replaceAll(')', '%29')}`;
}

function appendLine(tooltip: MarkdownString, icon: string, words: string): void {
  tooltip.appendMarkdown(`$(${icon}) ${markdownText(words)}  \n`);
}

function pauseLine({ reason, gateway, until }: Pause, now: number): string {
  const facts = [
    pauseWords(reason),
    gateway === ALL_GATEWAYS ? '' : gateway,
    until !== null && until > now ? l10n.t('next check at {0}', timeOfDay(until)) : '',
  ];
  return facts.filter(fact => fact !== '').join(' · ');
}

/** The links: those that help first, then the permanent ones. */
function actionsFor({ holds, newestReady, nextPollAt }: Summary): Action[] {
  const keyless = holds.find(({ reason }) => wantsKey(reason));
  const isPaused = holds.some(({ reason }) => reason === 'person');
  const actions: (Action | false | undefined)[] = [
    keyless && ['key', l10n.t('Set API Key…'), commands.setKey, keyless.gateway],
    newestReady && ['play', l10n.t('Preview "{0}"', nameOf(newestReady)), commands.preview, newestReady.key],
    ['list-unordered', l10n.t('Go to Task…'), commands.showTasks],
    ['graph', l10n.t('Show Spending'), commands.showSpending],
    nextPollAt !== null && ['refresh', l10n.t('Refresh All'), commands.refreshAll],
    isPaused
      ? ['debug-continue', l10n.t('Resume Polling'), commands.resumePolling]
      : nextPollAt !== null && ['debug-pause', l10n.t('Pause Polling'), commands.pausePolling],
  ];
  return actions.filter(action => action !== undefined && action !== false);
}

/** The icon as in the rows, but static while nothing is in progress. */
function iconOf(tally: Tally, { isMoving }: Summary): string {
  const { icon } = TALLY_LOOKS[tally];
  return isMoving ? icon : still(icon);
}
