import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { DisposableStore } from '../base/disposable.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys } from '../ids.ts';
import type { StoreTrouble } from '../store/openStore.ts';
import type { TaskStore } from '../store/store.ts';

/** Maintains the context keys of the welcome view, besides those of `Conditions`: whether the gateway is unreachable, and what is wrong with the list. */
export class Welcome implements Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly gateway: () => string | undefined;
  private readonly owned = new DisposableStore();
  private readonly isOffline = new ContextKey(contextKeys.isOffline);
  private readonly trouble = new ContextKey<StoreTrouble['kind'] | 'none'>(contextKeys.listTrouble);
  private timer: Disposable | undefined;

  /** `gateway` returns the base URL of the gateway of the settings; `undefined` if it is invalid. */
  constructor(store: TaskStore, clock: Clock, gateway: () => string | undefined) {
    this.store = store;
    this.clock = clock;
    this.gateway = gateway;
    this.owned.add(
      store.onDidChange(() => {
        void this.look();
      }),
    );
    this.owned.add({ dispose: () => this.timer?.dispose() });
  }

  /** Sets what was wrong with the list when it was opened. */
  async setTrouble(trouble: StoreTrouble | undefined): Promise<void> {
    await this.trouble.set(trouble?.kind ?? 'none');
  }

  /** Updates whether the gateway counts as unreachable, and again when that pause ends. */
  async look(): Promise<void> {
    const now = this.clock.now();
    const until = this.store.pauses.get(this.gateway() ?? '', 'unreachable')?.until ?? now;
    this.timer?.dispose();
    if (until > now) {
      this.timer = this.clock.setTimer(() => {
        void this.look();
      }, until - now);
    }
    await this.isOffline.set(until > now);
  }

  dispose(): void {
    this.owned.dispose();
  }
}
