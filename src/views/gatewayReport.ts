import { l10n } from 'vscode';
import { USER_AGENT } from '../base/userAgent.ts';
import type { CheckSeen, Exchange } from '../gateway/checkSeen.ts';
import { gatewayName } from './gatewayName.ts';
import { markdownText } from './markdownText.ts';
import { timeOf } from './measures.ts';
import { connectionFacts, exchangeText, refusalFacts, stepText, type Fact } from './gatewayReportFacts.ts';
import { cleaned, cleaner } from './gatewayReportPrivacy.ts';
import { finishedTaskFacts, unknownFacts } from './gatewayReportTask.ts';
import { friendlyModel } from './shortText.ts';

/** How a report is written. */
export interface ReportOptions {
  /** Whether it names hosts. Keys, IDs of tasks and links are in none. */
  readonly hosts: boolean;
}

/** What a check of the gateway has seen, as Markdown. Foreign words are escaped, and have neither keys, IDs nor links in them. */
export function gatewayReport(raw: CheckSeen, options: ReportOptions): string {
  const clean = cleaner(raw, options);
  const seen = cleaned(raw, clean);
  const { finished } = seen.tasks;
  return [
    `# ${l10n.t('Gateway Check')}`,
    factLines(overview(seen), clean),
    `## ${l10n.t('Connection')}`,
    factLines(connectionFacts(seen), clean),
    `## ${l10n.t('Responses')}`,
    factLines(refusalFacts(seen), clean),
    ...(finished
      ? [
          `## ${l10n.t('Finished Task ({0})', markdownText(friendlyModel(finished.model ?? '?')))}`,
          factLines(finishedTaskFacts(seen), clean),
        ]
      : []),
    `## ${l10n.t('Not Documented')}`,
    factLines(unknownFacts(seen), clean),
    `## ${l10n.t('Requests')}`,
    requestLines(seen, clean),
    '',
  ].join('\n\n');
}

function overview(seen: CheckSeen): Fact[] {
  const { gateway, startedAt, exchanges, planned } = seen;
  const last = exchanges.at(-1)?.sentAt ?? startedAt;
  const seconds = Math.round((last - startedAt) / 1000);
  return [
    [l10n.t('Gateway'), gatewayName(gateway)],
    [l10n.t('State'), stateText(seen)],
    [l10n.t('Started'), timeOf(startedAt)],
    [l10n.t('Sent as'), USER_AGENT],
    [l10n.t('Requests'), l10n.t('{0} of {1}, over {2} s', exchanges.length, planned, seconds)],
  ];
}

function stateText({ stopped, endedAt }: CheckSeen): string {
  switch (stopped) {
    case 'cancelled':
      return l10n.t('Cancelled. The results so far are below.');
    case 'paused':
      return l10n.t('Stopped: polling was paused. The results so far are below.');
    case 'rateLimited':
      return l10n.t('Stopped: the gateway is rate-limiting requests.');
    case 'unreachable':
      return l10n.t("Stopped: the gateway doesn't respond.");
    case null:
      return endedAt === null ? l10n.t('In progress') : l10n.t('Complete');
  }
}

function requestLines({ exchanges, startedAt }: CheckSeen, clean: (text: string) => string): string {
  const rows = exchanges.map((exchange: Exchange): string => {
    const after = l10n.t('{0} s', ((exchange.sentAt - startedAt) / 1000).toFixed(1));
    return `| ${[after, stepText(exchange.step), exchangeText(exchange)].map(text => cell(clean(text))).join(' | ')} |`;
  });
  const head = `| ${[l10n.t('After'), l10n.t('Request'), l10n.t('Response')].join(' | ')} |`;
  return [head, '| --- | --- | --- |', ...rows].join('\n');
}

function cell(text: string): string {
  return markdownText(text.replace(/\s+/g, ' '));
}

function factLines(facts: readonly Fact[], clean: (text: string) => string): string {
  return facts
    .map(([name, value]) => `- ${l10n.t('{0}: {1}', `**${markdownText(name)}**`, cell(clean(value)))}`)
    .join('\n');
}
