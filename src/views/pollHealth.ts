import { EventEmitter, l10n, Uri, workspace, type TextDocumentContentProvider } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { documents } from '../ids.ts';
import type { Forecasts } from '../polling/forecast.ts';
import { ALL_GATEWAYS, concerns, isHolding, type Pause } from '../tasks/pause.ts';
import type { Lease } from '../store/leases.ts';
import type { TaskStore } from '../store/store.ts';
import { isFinal, type Task } from '../tasks/task.ts';
import { timeOfDay } from './measures.ts';
import { problemText, stateOf } from './stateWords.ts';
import { nameOf } from './names.ts';

/** A page of text that tells how asking goes: what is asked when and why, and what holds it up. Follows the store. */
export class PollHealth implements TextDocumentContentProvider, Disposable {
  static readonly uri = Uri.from({ scheme: documents.pollHealth, path: l10n.t('Polling Status') });

  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly forecasts: Forecasts;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<Uri>());

  readonly onDidChange = this.changes.event;

  constructor(store: TaskStore, clock: Clock, forecasts: Forecasts) {
    this.store = store;
    this.clock = clock;
    this.forecasts = forecasts;
    this.owned.add(workspace.registerTextDocumentContentProvider(documents.pollHealth, this));
    this.owned.add(
      store.onDidChange(() => {
        this.changes.fire(PollHealth.uri);
      }),
    );
  }

  provideTextDocumentContent(): string {
    const now = this.clock.now();
    const tasks = this.store.list();
    const pauses = this.store.pauses.list().filter(pause => isHolding(pause, now));
    const asks = [...this.store.history.requestsInLastHour(now)];
    const leases = this.store.leases.held(now);
    return [
      l10n.t('Polling status at {0}', timeOfDay(now)),
      '',
      l10n.t('Requests in the last hour'),
      ...listed(asks.map(([gateway, count]) => `${count}  ${gateway}`)),
      '',
      l10n.t('Pauses'),
      ...listed(pauses.map(pause => pauseText(pause))),
      '',
      l10n.t('In flight'),
      ...listed(leases.map(lease => leaseText(lease, tasks))),
      '',
      l10n.t('Active tasks'),
      ...listed(tasks.filter(task => task.nextPollAt !== null).map(task => this.taskText(task, pauses))),
      '',
      l10n.t('No longer polled: {0}', tasks.filter(task => task.nextPollAt === null).length),
      '',
    ].join('\n');
  }

  dispose(): void {
    this.owned.dispose();
  }

  private taskText(task: Task, pauses: readonly Pause[]): string {
    const isPaused = pauses.some(pause => concerns(pause, task.gateway));
    const facts = [
      nameOf(task),
      stateOf(task),
      task.askedAt === null ? l10n.t('not checked yet') : l10n.t('last checked {0}', timeOfDay(task.askedAt)),
      isPaused
        ? l10n.t('next check after the pause')
        : l10n.t('next check at {0}', timeOfDay(task.nextPollAt ?? 0)),
      problemText(task),
    ];
    if (!isFinal(task.generation)) {
      facts.push(
        this.forecasts.of(task).isLearned ? l10n.t('estimate: your history') : l10n.t('estimate: documented'),
      );
    }
    return facts.filter(fact => fact !== '').join(' · ');
  }
}

function listed(lines: readonly string[]): string[] {
  return lines.length === 0 ? [`  ${l10n.t('none')}`] : lines.map(line => `  ${line}`);
}

function pauseText(pause: Pause): string {
  const gateway = pause.gateway === ALL_GATEWAYS ? l10n.t('all gateways') : pause.gateway;
  const since = pause.since ? l10n.t('since {0}', timeOfDay(pause.since)) : '';
  const until = pause.until === null ? '' : l10n.t('until {0}', timeOfDay(pause.until));
  return [gateway, pauseReason(pause), since, until].filter(part => part !== '').join(' · ');
}

function pauseReason(pause: Pause): string {
  switch (pause.reason) {
    case 'rateLimited':
      return l10n.t('rate limited ({0} consecutive)', pause.count);
    case 'unreachable':
      return l10n.t('offline ({0} consecutive)', pause.count);
    case 'keyRejected':
      return l10n.t('API key rejected ({0} consecutive)', pause.count);
    case 'outOfCredit':
      return l10n.t('out of credit ({0} consecutive)', pause.count);
    case 'noKey':
      return l10n.t('no API key');
    case 'keyUnreadable':
      return l10n.t("can't read the API key from the keyring");
    case 'person':
      return l10n.t('paused by you');
  }
}

function leaseText(lease: Lease, tasks: readonly Task[]): string {
  const task = tasks.find(one => one.key === lease.task);
  const name = task ? nameOf(task) : String(lease.task);
  const where = lease.isOurs ? l10n.t('this window') : l10n.t('another window');
  const what = lease.work === 'poll' ? l10n.t('checking') : l10n.t('saving');
  return [name, what, where, l10n.t('until {0}', timeOfDay(lease.until))].join(' · ');
}
