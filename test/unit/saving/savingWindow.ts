import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { STEPS, type SavingLine, type SavingOrder, type Step } from './savingProtocol.ts';

/** A process that stands for a window and saves clips. */
export class SavingWindow {
  private readonly child: ChildProcess;
  private readonly lines: SavingLine[] = [];
  private readonly over: Promise<unknown>;
  private hear: () => void = () => undefined;

  constructor(order: SavingOrder) {
    const file = join(import.meta.dirname, 'savingProcess.ts');
    this.child = fork(file, [JSON.stringify(order)], { execArgv: [] });
    this.child.on('message', line => {
      this.lines.push(line as SavingLine);
      this.hear();
    });
    this.over = once(this.child, 'exit');
  }

  /** Resolves when it works on the list. */
  async ready(): Promise<void> {
    await this.until(lines => lines.some(({ type }) => type === 'ready'));
  }

  /** Resolves when so many clips have come as far as this, or farther. */
  async reached(step: Step, count = 1): Promise<void> {
    const rank = STEPS.indexOf(step);
    await this.until(lines => {
      const steps = lines.filter(line => line.type === 'step');
      const there = steps.filter(line => STEPS.indexOf(line.step) >= rank);
      return new Set(there.map(({ task }) => task)).size >= count;
    });
  }

  /** Kills it without warning (kill -9), and waits until it is over. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.over;
  }

  private until(fits: (lines: readonly SavingLine[]) => boolean): Promise<void> {
    return new Promise((done, fail) => {
      this.hear = () => {
        if (fits(this.lines)) {
          done();
        }
      };
      this.hear();
      void this.over.then(() => {
        fail(new Error('The window has ended.'));
      });
    });
  }
}

/** Opens windows that end with the test, however it ends. Call in a `describe`. */
export function useWindows(): (order: SavingOrder) => SavingWindow {
  const windows: SavingWindow[] = [];
  afterEach(async () => {
    await Promise.all(windows.splice(0).map(window => window.kill()));
  });
  return order => {
    const window = new SavingWindow(order);
    windows.push(window);
    return window;
  };
}
