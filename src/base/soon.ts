import type { Clock } from './clock.ts';
import type { Disposable } from './disposable.ts';

/** So long after the first of many calls the work is done, ms: more than a burst of commits takes, less than a person notices. */
const SOON = 50;

/** Does a piece of work once for all calls that come within a moment. */
export class Soon implements Disposable {
  private readonly work: () => void;
  private readonly clock: Clock;
  private timer: Disposable | undefined;

  constructor(clock: Clock, work: () => void) {
    this.clock = clock;
    this.work = work;
  }

  call(): void {
    this.timer ??= this.clock.setTimer(() => {
      this.timer = undefined;
      this.work();
    }, SOON);
  }

  /** What was called for and is not done yet is dropped. */
  dispose(): void {
    this.timer?.dispose();
  }
}
