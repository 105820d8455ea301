import type { SuiteEvent } from './bridgeProtocol.ts';
import type { Host } from './host.ts';

/** How the suites ended. */
export type SuiteOutcome = Omit<SuiteEvent & { type: 'ended' }, 'type'>;

/** Looks this often whether a run still moves, in ms. */
const LOOK_EVERY_MS = 250;

/** Follows one run by its events, prints its output, and notices when it does not move any more. */
export class RunWatch {
  private readonly limitMs: number;
  private readonly silenceMs: number;
  private readonly outcome = Promise.withResolvers<SuiteOutcome>();
  private current: string | undefined;
  private lastSign = performance.now();

  /** `limitMs` is the longest the whole run may take, `silenceMs` the longest it may say nothing. */
  constructor(limitMs: number, silenceMs: number) {
    this.limitMs = limitMs;
    this.silenceMs = silenceMs;
    // A run that breaks before `result` is asked for is reported by `result`.
    this.outcome.promise.catch(() => undefined);
  }

  /** Takes note of what happened in the run. */
  take(event: SuiteEvent): void {
    this.lastSign = performance.now();
    switch (event.type) {
      case 'running':
        this.current = event.title;
        break;
      case 'output':
        console.log(event.text);
        break;
      case 'broken':
        this.outcome.reject(new Error(`The suites could not be run: ${event.message}`));
        break;
      case 'ended':
        this.outcome.resolve({
          passed: event.passed,
          failed: event.failed,
          pending: event.pending,
          failures: event.failures,
        });
        break;
    }
  }

  /** Takes note that the process with the suites is gone. After the last event that is no news. */
  takeLoss(): void {
    this.outcome.reject(new Error(`The extension host ended ${this.where()}.`));
  }

  /** Resolves when the suites have ended; rejects when they hang, when they could not be run, or when VS Code ends first. */
  async result(host: Host): Promise<SuiteOutcome> {
    const started = (this.lastSign = performance.now());
    const hung = Promise.withResolvers<never>();
    const timer = setInterval(() => {
      const now = performance.now();
      if (now - this.lastSign > this.silenceMs)
        hung.reject(this.hungError(`said nothing for ${this.silenceMs / 1000} s`));
      else if (now - started > this.limitMs)
        hung.reject(this.hungError(`took longer than ${this.limitMs / 1000} s`));
    }, LOOK_EVERY_MS);
    const lost = host.ended.then(async how => {
      throw new Error(`VS Code ${how} ${this.where()}.\n${await host.logTail()}`);
    });
    try {
      return await Promise.race([this.outcome.promise, hung.promise, lost]);
    } finally {
      clearInterval(timer);
      // The host ends soon after, which is no news then.
      lost.catch(() => undefined);
    }
  }

  private hungError(how: string): Error {
    return new Error(`The run was ended: it ${how} ${this.where()}.`);
  }

  private where(): string {
    return this.current === undefined ? 'before the first test' : `while this was running: ${this.current}`;
  }
}
