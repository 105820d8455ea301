import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process beside the bench, from a file in this folder, that is told and says things one at a time. */
export class Helper implements AsyncDisposable {
  private readonly child: ChildProcess;
  private readonly over: Promise<unknown>;

  constructor(file: string) {
    this.child = fork(join(import.meta.dirname, file));
    this.over = once(this.child, 'exit');
  }

  /** Tells it something, if there is something to tell, and waits for what it says. Rejects when it ends instead. */
  async ask(order?: object): Promise<unknown> {
    const answer = once(this.child, 'message') as Promise<[unknown]>;
    const end = this.over.then((): never => {
      throw new Error('A process that the bench needs has ended.');
    });
    if (order) {
      this.child.send(order);
    }
    const [said] = await Promise.race([answer, end]);
    return said;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.over;
  }
}
