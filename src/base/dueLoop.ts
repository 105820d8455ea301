import type { Clock } from './clock.ts';
import { SECOND } from './clock.ts';
import type { Disposable } from './disposable.ts';
import { messageOf } from './errors.ts';
import type { Log } from './log.ts';

/** What a due loop works on: claimed jobs with a wall-clock deadline. */
export interface DueWork<Job> {
  readonly name: string;
  /** How many jobs run at once, at most. */
  readonly width: number;
  /** Claims the next due job for this window, or gives `undefined` when nothing is due. */
  claim(): Job | undefined;
  /** Does one job and records what came of it. A rejection is logged; the job's lease then runs out. */
  run(job: Job, signal: AbortSignal): Promise<void>;
  /** When to look for work again, ms since the epoch: never too late, at times too early. */
  nextDueAt(): number | undefined;
}

/**
 * Timers stand still while the machine sleeps, so none is set for longer than this: after waking, the deadline is
 * looked at again within half a minute.
 */
const LONGEST_TIMER = 30 * SECOND;

/**
 * Runs jobs when they are due, so many at a time: one chained timer on wall-clock deadlines, stopped by one signal.
 */
export class DueLoop<Job> implements Disposable {
  private readonly work: DueWork<Job>;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly stop = new AbortController();
  private running = 0;
  /** The one timer; replaced, never added to. */
  private timer: Disposable | undefined;

  constructor(work: DueWork<Job>, clock: Clock, log: Log) {
    this.work = work;
    this.clock = clock;
    this.log = log;
  }

  /** Looks at what is due now. Call it to start, and whenever something may have become due. */
  wake(): void {
    if (this.stop.signal.aborted) {
      return;
    }
    this.timer?.dispose();
    this.timer = undefined;
    try {
      this.setTimer(this.startDueJobs());
    } catch (error) {
      // The store could not be read or written just now (locked, full disk): look again, and say so.
      this.log.error(`${this.work.name}: ${messageOf(error)}`);
      this.setTimer(undefined);
    }
  }

  /** Starts what is due and gives the next deadline. */
  private startDueJobs(): number | undefined {
    for (;;) {
      const dueAt = this.work.nextDueAt();
      if (dueAt === undefined || dueAt > this.clock.now() || this.running >= this.work.width) {
        return dueAt;
      }
      const job = this.work.claim();
      if (job === undefined) {
        return dueAt;
      }
      this.start(job);
    }
  }

  private start(job: Job): void {
    this.running++;
    void this.work
      .run(job, this.stop.signal)
      .catch((error: unknown) => {
        if (!this.stop.signal.aborted) {
          this.log.error(`${this.work.name}: ${messageOf(error)}`);
        }
      })
      .finally(() => {
        this.running--;
        this.wake();
      });
  }

  private setTimer(dueAt: number | undefined): void {
    const delay = dueAt === undefined ? LONGEST_TIMER : dueAt - this.clock.now();
    // What is due already could not be started: all hands are full, here or in other windows. Look again soon.
    this.timer?.dispose();
    this.timer = this.clock.setTimer(
      () => {
        this.wake();
      },
      delay <= 0 ? SECOND : Math.min(delay, LONGEST_TIMER),
    );
  }

  dispose(): void {
    this.stop.abort();
    this.timer?.dispose();
  }
}
