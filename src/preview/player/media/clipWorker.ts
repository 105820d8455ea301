import { rejectedBy } from '../abort.ts';
import type { Answers, Reply, RequestName, Requests } from './messages.ts';
import { AudioError } from './audioError.ts';

/** How a request is made. */
export interface AskOptions {
  /** ms: then it is given up, whatever the worker does. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** What goes over to the worker. */
  readonly transfer?: readonly Transferable[];
}

/** The page's end of one worker (worker.ts). */
class ClipWorker {
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
      this.broken.abort(new AudioError('broken', event.message));
    };
  }

  /** Asks for one thing. Throws why there is no reply: it was aborted, overran its limit, or the worker broke. */
  async ask<Name extends RequestName>(
    name: Name,
    request: Requests[Name],
    { limit, signal, transfer = [] }: AskOptions,
  ): Promise<Reply<Name>> {
    const { port1, port2 } = new MessageChannel();
    const overrun = new AbortController();
    const timer = setTimeout(() => {
      overrun.abort(new AudioError('unreadable', `It took longer than ${limit / 1_000} s: ${name}.`));
    }, limit);
    try {
      this.worker.postMessage({ name, ...request }, [port2, ...transfer]);
      return await new Promise<Reply<Name>>((resolve, reject) => {
        const ends = [overrun.signal, this.broken.signal, ...(signal ? [signal] : [])];
        rejectedBy(AbortSignal.any(ends), reject);
        port1.onmessage = ({ data }: MessageEvent<Reply<Name>>) => {
          resolve(data);
        };
      });
    } finally {
      clearTimeout(timer);
      port1.close();
    }
  }

  /** Ends the worker, whatever it does just now. */
  end(): void {
    this.worker.terminate();
    this.broken.abort(new AudioError('broken', 'The worker was ended.'));
  }
}

/**
 * A worker that reads clips: started with the first request, and anew after one that did not come to its end. So a clip that
 * would keep its parser busy for ever, or take all memory, costs its own request and nothing else.
 */
export class ClipWorkers {
  private readonly script: string;
  private running: Promise<ClipWorker> | undefined;

  /** `script` is the address of `dist/pages/clipWorker.js`. */
  constructor(script: string) {
    this.script = script;
  }

  /** The next request finds a worker that runs already. */
  start(): Promise<unknown> {
    return this.worker();
  }

  /** Asks for one thing. Throws the `SoundError` that the worker answers with, or why there is no answer. */
  async ask<Name extends RequestName>(
    name: Name,
    request: Requests[Name],
    options: AskOptions,
  ): Promise<Answers[Name]> {
    const started = this.worker();
    const worker = await started;
    let reply: Reply<Name> | undefined;
    try {
      reply = await worker.ask(name, request, options);
    } finally {
      // In the middle of its work, or with a fault in a decoder's memory, it is not for the next clip.
      if (!reply || ('problem' in reply && name === 'convert')) {
        worker.end();
        if (this.running === started) {
          this.running = undefined;
        }
      }
    }
    if ('problem' in reply) {
      throw new AudioError(reply.problem, reply.detail);
    }
    return reply.answer;
  }

  private worker(): Promise<ClipWorker> {
    this.running ??= startWorker(this.script).catch((error: unknown) => {
      this.running = undefined;
      throw error;
    });
    return this.running;
  }
}

async function startWorker(script: string): Promise<ClipWorker> {
  const response = await fetch(script);
  if (!response.ok) {
    throw new AudioError('broken', `HTTP ${response.status}`);
  }
  return new ClipWorker(await response.blob());
}
