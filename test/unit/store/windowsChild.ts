import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compiled } from '../compiled.ts';
import type { WindowLine, WindowOrder } from './windowsProtocol.ts';

/** A process that stands for a window. */
export class WindowProcess implements AsyncDisposable {
  /** What it has said so far. Whole once it is over. */
  readonly lines: WindowLine[] = [];
  /** Settles when it has ended and all it said has been heard; with its exit code, `null` after a kill. */
  readonly over: Promise<number | null>;
  private readonly child: ChildProcess;
  private readonly listeners = new Set<(line: WindowLine) => void>();

  constructor(order: WindowOrder) {
    this.child = spawn(
      process.execPath,
      [compiled('test/unit/store/windowProcess.ts'), JSON.stringify(order)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    // It may be killed while it is told something.
    this.child.stdin?.on('error', () => undefined);
    if (this.child.stdout) {
      createInterface(this.child.stdout).on('line', text => {
        this.hear(text);
      });
    }
    this.over = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** The first line of a kind that it says, or has said. Rejects when it ends without. */
  async first<T extends WindowLine['type']>(type: T): Promise<WindowLine & { type: T }> {
    const isIt = (line: WindowLine): line is WindowLine & { type: T } => line.type === type;
    return this.lines.find(isIt) ?? this.next(type);
  }

  /** The next line of a kind. Rejects when the process ends without. */
  next<T extends WindowLine['type']>(type: T): Promise<WindowLine & { type: T }> {
    return new Promise((resolve, reject) => {
      const listener = (line: WindowLine): void => {
        if (line.type === type) {
          this.listeners.delete(listener);
          resolve(line as WindowLine & { type: T });
        }
      };
      this.listeners.add(listener);
      void this.over.then(code => {
        reject(new Error(`The window ended (${String(code)}) before it said "${type}".`));
      });
    });
  }

  go(): void {
    this.child.stdin?.write('\n');
  }

  /** Kills it without warning (kill -9), and waits until it is over. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.over;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  private hear(text: string): void {
    let line: WindowLine;
    try {
      line = JSON.parse(text) as WindowLine;
    } catch {
      // Half a line, cut off by a kill: not said.
      return;
    }
    this.lines.push(line);
    for (const listener of [...this.listeners]) {
      listener(line);
    }
  }
}
