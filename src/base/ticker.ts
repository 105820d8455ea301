import { MINUTE, type Clock } from './clock.ts';
import type { Disposable } from './disposable.ts';
import { Emitter, type Event } from './events.ts';

/**
 * The minute tick by which everything on screen is drawn: whatever is drawn between two ticks shows the same age and the same time
 * left.
 */
export class Ticker implements Disposable {
  private readonly clock: Clock;
  private readonly ticks = new Emitter<void>();
  private timer: Disposable | undefined;
  private at = 0;

  readonly onDidTick: Event<void> = this.ticks.event;

  constructor(clock: Clock) {
    this.clock = clock;
    this.tick();
  }

  /** The moment of the last tick, ms since the epoch. */
  now(): number {
    return this.at;
  }

  /** Ticks now, and every minute from now on: timers sleep while the machine does. */
  tick(): void {
    this.timer?.dispose();
    this.timer = this.clock.setTimer(() => {
      this.tick();
    }, MINUTE);
    this.at = this.clock.now();
    this.ticks.fire();
  }

  dispose(): void {
    this.timer?.dispose();
    this.ticks.dispose();
  }
}
