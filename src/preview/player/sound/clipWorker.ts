import { rejectedBy } from '../abort.ts';
import type { Answers, Reply, RequestName, Requests } from './messages.ts';
import { SoundError } from './soundError.ts';

/** The page's end of the worker (worker.ts). */
export class ClipWorker {
  private readonly worker: Worker;
  private readonly broken = new AbortController();

  /**
   * Starts a worker with a script. It goes by way of a blob, because a webview's resources are of another origin than its page,
   * and browsers start workers from the page's own origin only.
   */
  constructor(script: Blob) {
    const address = URL.createObjectURL(script);
    this.worker = new Worker(address);
    URL.revokeObjectURL(address);
    this.worker.onerror = event => {
      this.broken.abort(new SoundError('broken', event.message));
    };
  }

  /** Asks for one thing. Throws the `SoundError` that the worker answers with, or why it was aborted. */
  async ask<Name extends RequestName>(
    name: Name,
    request: Requests[Name],
    signal: AbortSignal,
  ): Promise<Answers[Name]> {
    const { port1, port2 } = new MessageChannel();
    try {
      this.worker.postMessage({ name, ...request }, [port2]);
      const reply = await new Promise<Reply<Name>>((resolve, reject) => {
        rejectedBy(AbortSignal.any([signal, this.broken.signal]), reject);
        port1.onmessage = ({ data }: MessageEvent<Reply<Name>>) => {
          resolve(data);
        };
      });
      if ('problem' in reply) {
        throw new SoundError(reply.problem, reply.detail);
      }
      return reply.answer;
    } finally {
      port1.close();
    }
  }

  /** Ends the worker, whatever it does just now. */
  end(): void {
    this.worker.terminate();
    this.broken.abort(new SoundError('broken', 'The worker was ended.'));
  }
}
