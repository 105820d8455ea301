import { l10n } from 'vscode';
import type { Lease } from '../store/leases.ts';
import { ALL_GATEWAYS, concerns, type Pause } from '../tasks/pause.ts';
import { isFinal, type Task } from '../tasks/task.ts';
import { gatewayName } from './gatewayName.ts';
import { markdownText } from './markdownText.ts';
import { timeOfDay } from './measures.ts';
import { nameOf } from './names.ts';
import { firstWords } from './shortText.ts';
import { problemText, stateOf } from './stateWords.ts';

/** The most active tasks that are listed; others are only counted. */
const MOST_ROWS = 200;

/** The longest reason for a failed check that is shown, characters. */
const WHY_LENGTH = 80;

/** The state of polling at the time `now`. */
export interface PollFacts {
  readonly now: number;
  readonly tasks: readonly Task[];
  /** Those in effect. */
  readonly pauses: readonly Pause[];
  /** Requests in the last hour, by gateway. */
  readonly requests: Iterable<readonly [gateway: string, count: number]>;
  readonly leases: readonly Lease[];
  /** Whether a task's duration is estimated from the user's own history. */
  readonly isLearned: (task: Task) => boolean;
}

/** The Polling Status page as Markdown. Untrusted text is escaped. */
export function pollText(facts: PollFacts): string {
  const { now, tasks, pauses, leases } = facts;
  const active = tasks
    .filter(task => task.nextPollAt !== null)
    .sort((a, b) => (a.nextPollAt ?? 0) - (b.nextPollAt ?? 0));
  return [
    `# ${l10n.t('Polling Status')}`,
    summaryOf(facts, active.length),
    ...section(
      l10n.t('Pauses'),
      [l10n.t('Gateway'), l10n.t('Reason'), l10n.t('Since'), l10n.t('Until')],
      pauses.map(pauseRow),
    ),
    ...section(
      l10n.t('In flight'),
      [l10n.t('Task'), l10n.t('Activity'), l10n.t('Window'), l10n.t('Claimed until')],
      leases.map(lease => leaseRow(lease, tasks)),
    ),
    ...section(
      l10n.t('Active tasks'),
      [l10n.t('Task'), l10n.t('State'), l10n.t('Last check'), l10n.t('Next check'), l10n.t('Basis')],
      active.slice(0, MOST_ROWS).map(task => taskRow(task, facts)),
    ),
    ...(active.length > MOST_ROWS ? [l10n.t('{0} more', active.length - MOST_ROWS)] : []),
    `*${l10n.t('Updated at {0}', timeOfDay(now))}*`,
    '',
  ].join('\n\n');
}

function summaryOf({ tasks, requests }: PollFacts, active: number): string {
  const perGateway = [...requests].map(
    ([gateway, count]) => `${count} (${markdownText(gatewayName(gateway))})`,
  );
  return [
    [l10n.t('Active tasks'), String(active)],
    [l10n.t('No longer polled'), String(tasks.length - active)],
    [l10n.t('Requests in the last hour'), perGateway.join(', ') || '0'],
  ]
    .map(([name, value]) => `- ${l10n.t('{0}: {1}', name ?? '', `**${value ?? ''}**`)}`)
    .join('\n');
}

/** A table under a heading; nothing if it has no rows. */
function section(
  heading: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return rows.length === 0
    ? []
    : [`## ${heading}`, [line(columns), `|${' --- |'.repeat(columns.length)}`, ...rows.map(line)].join('\n')];
}

function cell(text: string): string {
  return markdownText(text.replace(/[^\S\u00a0\u202f]+/g, ' '));
}

function taskRow(task: Task, { now, pauses, isLearned }: PollFacts): string[] {
  const isPaused = pauses.some(pause => concerns(pause, task.gateway));
  const due = task.nextPollAt ?? 0;
  const next = due <= now ? l10n.t('Now') : timeOfDay(due);
  const basis = isLearned(task) ? l10n.t('Your history') : l10n.t('Documentation');
  return [
    nameOf(task),
    [stateOf(task), firstWords(problemText(task), WHY_LENGTH)].filter(text => text !== '').join(' · '),
    task.askedAt === null ? l10n.t('Not checked yet') : timeOfDay(task.askedAt),
    isPaused ? l10n.t('After the pause') : next,
    isFinal(task.generation) ? '' : basis,
  ];
}

function pauseRow(pause: Pause): string[] {
  return [
    pause.gateway === ALL_GATEWAYS ? l10n.t('All gateways') : gatewayName(pause.gateway),
    pauseReason(pause),
    pause.since ? timeOfDay(pause.since) : '',
    pause.until === null ? '' : timeOfDay(pause.until),
  ];
}

function pauseReason(pause: Pause): string {
  switch (pause.reason) {
    case 'rateLimited':
      return l10n.t('Rate limited ({0} consecutive)', pause.count);
    case 'unreachable':
      return l10n.t('Offline ({0} consecutive)', pause.count);
    case 'keyRejected':
      return l10n.t('API key rejected ({0} consecutive)', pause.count);
    case 'outOfCredit':
      return l10n.t('Out of credit ({0} consecutive)', pause.count);
    case 'noKey':
      return l10n.t('No API key');
    case 'keyUnreadable':
      return l10n.t('API key unreadable');
    case 'person':
      return l10n.t('Paused by you');
  }
}

function leaseRow(lease: Lease, tasks: readonly Task[]): string[] {
  const task = tasks.find(one => one.key === lease.task);
  return [
    task ? nameOf(task) : String(lease.task),
    lease.work === 'poll' ? l10n.t('Checking') : l10n.t('Saving'),
    lease.isOurs ? l10n.t('This window') : l10n.t('Another window'),
    timeOfDay(lease.until),
  ];
}
