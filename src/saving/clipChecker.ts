import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SECOND, sleep, type Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { VideoFacts } from './videoFacts.ts';
import type { Verdict } from './verdict.ts';

/** What is requested of a worker: the verdict on a path, or the facts of its video. */
export type CheckRequest = string | { readonly factsOf: string };

/** What a worker may have of memory, MiB; it needs a tenth of it. What it reads comes on top: see `ClipSource`. */
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 } as const;

/** How long it may be at work, and how long it may take in all, with waiting for a slow disk, ms. A usual clip takes 10 ms. */
const MOST_WORK = 1.5 * SECOND;
const LONGEST = 20 * SECOND;

/** How often that is looked at, ms. */
const LOOK_EVERY = 100;

/** How often a file that the system withholds is tried, and the pause between, ms: virus scanners hold files for moments. */
const TRIES = 4;
const PAUSE = SECOND;

/** A worker that has ended, or was ended, before it responded. */
type Overrun = Extract<Verdict, { kind: 'notChecked' }>;

/** The final verdict on a file. */
export type FinalVerdict = Exclude<Verdict, { kind: 'noAccess' }>;

/** Has foreign files looked into in a worker thread of their own, each in a new one: whatever comes of it, it ends there. */
export class ClipChecker {
  private readonly entry: string | URL;
  private readonly clock: Clock;
  private readonly log: Log;

  /** `entry`: the file of `checkWorker.ts`, as it was built. */
  constructor(entry: string | URL, clock: Clock, log: Log) {
    this.entry = entry;
    this.clock = clock;
    this.log = log;
  }

  /** Rejects only with the signal's reason. */
  async check(path: string, signal: AbortSignal): Promise<FinalVerdict> {
    for (let count = 1; ; count++) {
      const verdict = await this.requestVerdict(path, signal);
      if (verdict.kind !== 'noAccess') {
        return verdict;
      }
      this.log.warn(`Not to be read: ${verdict.detail}`);
      if (count === TRIES) {
        return { kind: 'notChecked', why: 'noAccess' };
      }
      await sleep(this.clock, PAUSE, signal);
    }
  }

  /** What an editing program has to know of a clip; `undefined` where that cannot be read. Rejects only with the signal's reason. */
  async factsOf(path: string, signal: AbortSignal): Promise<VideoFacts | undefined> {
    const facts = await this.request<VideoFacts | undefined>({ factsOf: path }, signal);
    return facts && 'kind' in facts ? undefined : facts;
  }

  private requestVerdict(path: string, signal: AbortSignal): Promise<Verdict> {
    return this.request<Verdict>(path, signal);
  }

  private async request<T>(request: CheckRequest, signal: AbortSignal): Promise<T | Overrun> {
    signal.throwIfAborted();
    const over = new AbortController();
    let worker: Worker | undefined;
    try {
      worker = new Worker(this.entry, { execArgv: [], env: {}, resourceLimits: MEMORY });
      return await Promise.race([
        replyFrom<T>(worker, request),
        this.overrun(worker, AbortSignal.any([signal, over.signal])),
      ]);
    } catch (error) {
      signal.throwIfAborted();
      this.log.warn(`The checker has ended: ${messageOf(error)}`);
      return { kind: 'notChecked', why: 'broke' };
    } finally {
      over.abort();
      await worker?.terminate();
    }
  }

  /** Resolves when the worker has taken too long. Rejects when nobody is waiting any longer. */
  private async overrun(worker: Worker, signal: AbortSignal): Promise<Overrun> {
    const begun = performance.now();
    const isOver = (): boolean =>
      // The time at work is counted apart: a disk that sleeps is not the file's fault.
      worker.performance.eventLoopUtilization().active > MOST_WORK || performance.now() - begun > LONGEST;
    while (!isOver()) {
      await sleep(this.clock, LOOK_EVERY, signal);
    }
    return { kind: 'notChecked', why: 'tooMuch' };
  }
}

/** Rejects when the worker ends without a response, also one that has run out of memory. */
async function replyFrom<T>(worker: Worker, request: CheckRequest): Promise<T> {
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`exit ${String(code)}`);
  });
  worker.postMessage(request);
  const [reply] = (await Promise.race([once(worker, 'message'), ended])) as [T];
  return reply;
}
