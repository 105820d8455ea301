import { l10n } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { documents } from '../ids.ts';
import type { Forecasts } from '../polling/forecast.ts';
import { isHolding } from '../tasks/pause.ts';
import type { TaskStore } from '../store/store.ts';
import { pollText } from './pollText.ts';
import { ReadOnlyDocuments, readOnlyUri, showMarkdown } from './readOnlyDocuments.ts';

/** The Polling Status page: what is checked when and why, and what pauses it. Updates with the store. */
export class PollHealth implements Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly forecasts: Forecasts;
  private readonly owned = new DisposableStore();

  constructor(store: TaskStore, clock: Clock, forecasts: Forecasts) {
    this.store = store;
    this.clock = clock;
    this.forecasts = forecasts;
    const shown = this.owned.add(new ReadOnlyDocuments(documents.pollHealth, () => this.text()));
    this.owned.add(
      store.onDidChange(() => {
        shown.update();
      }),
    );
  }

  static async show(): Promise<void> {
    await showMarkdown(readOnlyUri(documents.pollHealth, l10n.t('Polling Status')));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private text(): string {
    const now = this.clock.now();
    return pollText({
      now,
      tasks: this.store.list(),
      pauses: this.store.pauses.list().filter(pause => isHolding(pause, now)),
      requests: this.store.history.requestsInLastHour(now),
      leases: this.store.leases.held(now),
      isLearned: task => this.forecasts.of(task).isLearned,
    });
  }
}
