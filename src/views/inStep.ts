import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import type { Ticker } from '../base/ticker.ts';
import type { LiveTasks } from '../store/liveTasks.ts';

/** How long the list is waited for, ms: rows that are hidden are never drawn, and VS Code draws rows at most five times a second. */
const LONGEST = 300;

/**
 * When to draw what counts the tasks outside the list: once the list has been drawn, so that no number is ahead of its rows, all at
 * once, and once for many changes.
 */
export class InStep implements Disposable {
  private readonly clock: Clock;
  private readonly owned = new DisposableStore();
  private readonly changes: Emitter<void>;
  private waiting: Disposable | undefined;

  /** Tasks have changed, or time has passed. */
  readonly onDidChange: Event<void>;

  constructor(
    tasks: Pick<LiveTasks, 'onDidChange'>,
    list: { readonly onDidDraw: Event<void> },
    clock: Clock,
    ticker: Pick<Ticker, 'onDidTick'>,
    onListenerError: (error: unknown) => void,
  ) {
    this.clock = clock;
    this.changes = this.owned.add(new Emitter(onListenerError));
    this.onDidChange = this.changes.event;
    this.owned.add(
      tasks.onDidChange(() => {
        this.waiting ??= this.clock.setTimer(() => {
          this.announce();
        }, LONGEST);
      }),
    );
    this.owned.add(
      list.onDidDraw(() => {
        if (this.waiting) {
          this.announce();
        }
      }),
    );
    this.owned.add(
      ticker.onDidTick(() => {
        this.announce();
      }),
    );
  }

  dispose(): void {
    this.waiting?.dispose();
    this.owned.dispose();
  }

  private announce(): void {
    this.waiting?.dispose();
    this.waiting = undefined;
    this.changes.fire();
  }
}
