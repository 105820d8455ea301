import { l10n } from 'vscode';
import { USER_AGENT } from '../base/userAgent.ts';
import { checkedId } from '../gateway/checkPlan.ts';
import type { CheckSeen, Exchange } from '../gateway/checkSeen.ts';
import { gatewayName } from './gatewayName.ts';
import { markdownText } from './markdownText.ts';
import { timeOf } from './measures.ts';
import { connectionFacts, exchangeText, refusalFacts, stepText, type Fact } from './gatewayReportFacts.ts';
import { finishedTaskFacts, unknownFacts } from './gatewayReportTask.ts';
import { friendlyModel } from './shortText.ts';

/** How a report is written. */
export interface ReportOptions {
  /** Whether it names hosts. Keys, IDs of tasks and links are in none. */
  readonly hosts: boolean;
}

/** A host that is not named, and an ID. Written so that no Markdown takes them for a tag. */
const NO_HOST = '‹host›';
const NO_ID = '‹id›';

/** What a check of the gateway has seen, as Markdown. Foreign words are escaped, and have neither keys, IDs nor links in them. */
export function gatewayReport(seen: CheckSeen, options: ReportOptions): string {
  const clean = cleaner(seen, options);
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
  const { gateway, startedAt, endedAt, exchanges, planned, stopped } = seen;
  const last = exchanges.at(-1)?.sentAt ?? startedAt;
  const state =
    stopped === 'cancelled'
      ? l10n.t('Cancelled. The results so far are below.')
      : stopped === 'rateLimited'
        ? l10n.t('Stopped: the gateway is rate-limiting requests.')
        : endedAt === null
          ? l10n.t('In progress')
          : l10n.t('Complete');
  const seconds = Math.round((last - startedAt) / 1000);
  return [
    [l10n.t('Gateway'), gatewayName(gateway)],
    [l10n.t('State'), state],
    [l10n.t('Started'), timeOf(startedAt)],
    [l10n.t('Sent as'), USER_AGENT],
    [l10n.t('Requests'), l10n.t('{0} of {1}, over {2} s', exchanges.length, planned, seconds)],
  ];
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

/** What takes out of a text what is not to be given away. */
function cleaner(
  { gateway, tasks, exchanges }: CheckSeen,
  { hosts }: ReportOptions,
): (text: string) => string {
  const ids = exchanges
    .map(({ step }) => checkedId(step, tasks))
    .filter(id => id !== '')
    .sort((a, b) => b.length - a.length);
  const names = [
    gatewayName(gateway),
    ...exchanges.flatMap(one => (one.step === 'link' && 'hosts' in one.link ? one.link.hosts : [])),
  ]
    .flatMap(host => [host, host.replace(/:\d+$/, '')])
    .sort((a, b) => b.length - a.length);
  return text => {
    const plain = ids.reduce((rest, id) => rest.replaceAll(id, NO_ID), text);
    return hosts
      ? plain
      : names
          .reduce((rest, name) => rest.replaceAll(name, NO_HOST), plain)
          .replace(/\b\d{1,3}(\.\d{1,3}){3}\b(:\d+)?|\[[\da-f:]+\](:\d+)?/gi, NO_HOST);
  };
}
