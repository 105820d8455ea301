import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { TaskStore } from '../store/store.ts';
import { needsDecision, type Intent } from '../tasks/intent.ts';
import type { NotifySetting } from '../tasks/news.ts';
import { CLAIM_AGAIN, waitOf } from './announcer.ts';

/** Videos that were refused, not sent, or may have been made, in one notification. */
export interface IntentNews {
  /** Those that went wrong themselves. */
  readonly intents: readonly [Intent, ...Intent[]];
  /** How many were held back because of them. */
  readonly held: number;
}

/** What the announcer needs from outside. */
export interface IntentAnnouncerDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What the person wishes now. */
  readonly wish: () => NotifySetting;
  /** Whether the person is in this window now. */
  readonly isFocused: () => boolean;
  /** Shows notifications. Each is handed to one window, once. */
  readonly show: (news: IntentNews) => void;
}

/** Decides when this window announces that videos wait for a decision, so that all windows together announce each once. */
export class IntentAnnouncer implements Disposable {
  private readonly dependencies: IntentAnnouncerDependencies;
  private readonly owned = new DisposableStore();
  /** Pending news, by the name under which it is claimed, and since when this window knows. */
  private readonly pending = new Map<string, number>();
  private readonly told = new Set<string>();
  private timer: Disposable | undefined;

  /** Also announces what happened while no window was open. */
  constructor(dependencies: IntentAnnouncerDependencies) {
    this.dependencies = dependencies;
    this.owned.add(
      dependencies.store.onDidChange(() => {
        this.wake();
      }),
    );
    this.owned.add({ dispose: () => this.timer?.dispose() });
    this.wake();
  }

  /** Something may have changed: in the store, the person's wish, or the focus of the window. */
  wake(): void {
    const { store, clock, log, wish, isFocused } = this.dependencies;
    this.timer?.dispose();
    this.timer = undefined;
    if (store.isReadOnly || store.isInMemory) {
      return;
    }
    try {
      this.look(clock.now());
    } catch (error) {
      log.error(`Notification: ${messageOf(error)}`);
    }
    if (this.pending.size > 0 && (wish() !== 'focused' || isFocused())) {
      this.setTimer(waitOf([...this.pending.values()], isFocused(), clock.now()));
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private setTimer(delay: number): void {
    this.timer = this.dependencies.clock.setTimer(() => {
      this.announce();
    }, delay);
  }

  private look(now: number): void {
    const news = new Set(this.dependencies.store.intents.open().filter(isNews).map(nameOf));
    for (const name of this.pending.keys()) {
      if (!news.has(name)) {
        this.pending.delete(name);
      }
    }
    for (const name of news) {
      if (!this.told.has(name) && !this.pending.has(name)) {
        this.pending.set(name, now);
      }
    }
  }

  private announce(): void {
    const { store, log, wish, show } = this.dependencies;
    let claimed: Intent[];
    let held: number;
    try {
      [claimed, held] = store.commit(() => {
        const open = store.intents.open();
        const mine = open.filter(
          one => isNews(one) && this.pending.has(nameOf(one)) && store.claimOnce(nameOf(one)),
        );
        const batches = new Set(mine.map(({ batch }) => batch));
        return [mine, open.filter(({ problem, batch }) => problem === 'held' && batches.has(batch)).length];
      });
    } catch (error) {
      log.error(`Notification: ${messageOf(error)}`);
      this.setTimer(CLAIM_AGAIN);
      return;
    }
    for (const name of this.pending.keys()) {
      this.told.add(name);
    }
    this.pending.clear();
    const [first, ...others] = claimed;
    // What the person does not want to know is claimed too, so that it does not come up when they change their mind.
    if (first && wish() !== 'never') {
      show({ intents: [first, ...others], held });
    }
  }
}

/** Whether it is announced; what is held back is announced with the reason. */
function isNews(intent: Intent): boolean {
  return needsDecision(intent) && intent.problem !== 'held';
}

/** Announced once for each time that it comes to this. */
function nameOf({ id, settledAt }: Intent): string {
  return `toldOf ${id} ${settledAt ?? 0}`;
}
