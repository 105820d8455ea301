import { rejectedBy } from '../abort.ts';
import type { Results, Reply, RequestName, Requests } from './messages.ts';
import { AudioError } from './audioError.ts';

/** Options of a request to the worker. */
export interface RequestOptions {
  /** After this time the request fails, whatever the worker does, ms. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** Objects that are transferred to the worker. */
  readonly transfer?: readonly Transferable[];
}

/** The page's side of one worker (worker.ts). */
class ClipWorker {
  private readonly worker: Worker;
  private readonly broken = new AbortController();

  /**
   * Starts a worker from a script. It needs a blob URL, because a webview's resources have another origin than its page, and
   * browsers only start workers from the page's own origin.
   */
  constructor(script: Blob) {
    const address = URL.createObjectURL(script);
    this.worker = new Worker(address);
    URL.revokeObjectURL(address);
    this.worker.onerror = event => {
      this.broken.abort(new AudioError('broken', event.message));
    };
  }

  /** Sends a request. Rejects if it is aborted, exceeds its limit, or the worker fails. */
  async request<Name extends RequestName>(
    name: Name,
    request: Requests[Name],
    { limit, signal, transfer = [] }: RequestOptions,
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

  /** Terminates the worker, whatever it is doing. */
  end(): void {
    this.worker.terminate();
    this.broken.abort(new AudioError('broken', 'The worker was ended.'));
  }
}

/**
 * A worker that reads clips, started with the first request, and restarted after a request that did not finish. A clip that blocks
 * the parser or exhausts the memory thus only fails its own request.
 */
export class ClipWorkers {
  private readonly script: string;
  private running: Promise<ClipWorker> | undefined;

  /** `script` is the address of `dist/pages/clipWorker.js`. */
  constructor(script: string) {
    this.script = script;
  }

  /** Starts the worker ahead of the first request. */
  start(): Promise<unknown> {
    return this.worker();
  }

  /** Sends a request. Rejects with the worker's `AudioError`, or with the reason why there is no reply. */
  async request<Name extends RequestName>(
    name: Name,
    request: Requests[Name],
    options: RequestOptions,
  ): Promise<Results[Name]> {
    const started = this.worker();
    const worker = await started;
    let reply: Reply<Name> | undefined;
    try {
      reply = await worker.request(name, request, options);
    } finally {
      // Still busy, or with a decoder in an unknown state, it can't be used for the next clip.
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
    return reply.result;
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
