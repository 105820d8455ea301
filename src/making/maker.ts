import type { Clock } from '../base/clock.ts';
import { MINUTE, SECOND, sleep } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { DueLoop } from '../base/dueLoop.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { CreateReply } from '../gateway/createReply.ts';
import type { Settlement } from '../store/intents.ts';
import type { TaskStore } from '../store/store.ts';
import { originOf, type Intent } from '../tasks/intent.ts';
import { rateLimitPause } from '../tasks/pause.ts';
import type { Task } from '../tasks/task.ts';

/** What the maker needs from outside. */
export interface MakerDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Sends an intent's request, once. `undefined` when there is no key for its gateway. Never rejects once something went out. */
  readonly send: (intent: Intent, signal: AbortSignal) => Promise<CreateReply | undefined>;
  /** When to check a task first that was made just now, ms since the epoch. */
  readonly firstPollAt: (
    task: Pick<Task, 'gateway' | 'model' | 'request' | 'createdAt' | 'trackedAt'>,
  ) => number;
  /** A task was made and cannot be written into the list: the person is the last who can keep its id. */
  readonly onLost: (intent: Intent, id: string) => void;
}

/** Longer than any create request takes (100 s): it only runs out if its window has closed. */
const LEASE = 3 * MINUTE;

/** One for each gateway that has something to send, in practice. */
const WIDTH = 4;

/** How long a task that was made is kept from the person while it cannot be written down, ms. */
const LONGEST_SILENCE = 10 * SECOND;

/** How long a window that closes waits for responses, ms: VS Code ends it after 5 s (`AbstractExtHostExtensionService.terminate`). */
const LONGEST_END = 3.5 * SECOND;

/**
 * Sends what is to be made: one request for each intent, one after the other for each gateway, and writes down what came of it. What
 * may have been made is never sent again by it.
 */
export class Maker implements Disposable {
  private readonly dependencies: MakerDependencies;
  private readonly loop: DueLoop<Intent>;
  /** Ends requests that are on their way: what they come to is not known then. */
  private readonly stop = new AbortController();
  private readonly underway = new Set<Promise<void>>();
  private isEnding = false;

  constructor(dependencies: MakerDependencies) {
    this.dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.loop = new DueLoop<Intent>(
      {
        name: 'Maker',
        width: WIDTH,
        claim: () => store.intents.claim(clock.now(), LEASE),
        run: intent => this.follow(this.make(intent)),
        nextDueAt: () => store.intents.nextDueAt(clock.now()),
      },
      clock,
      log,
    );
  }

  /** Looks for something to send now: at start, and after anything that may have made something due. */
  wake(): void {
    this.loop.wake();
  }

  /**
   * The window closes: sends nothing more, and waits a moment for the responses to what is on its way. One that does not come in time
   * is written down as such, so that nobody has to wait for the lease to run out.
   */
  async end(longest = LONGEST_END): Promise<void> {
    this.isEnding = true;
    this.loop.dispose();
    const late = new AbortController();
    const responses = Promise.all(this.underway);
    const isOver = await Promise.race([
      responses.then(() => true),
      sleep(this.dependencies.clock, longest, late.signal).then(
        () => false,
        () => true,
      ),
    ]);
    late.abort();
    if (!isOver) {
      this.stop.abort();
      await responses;
    }
  }

  dispose(): void {
    this.loop.dispose();
    this.stop.abort();
  }

  private async follow(work: Promise<void>): Promise<void> {
    this.underway.add(work);
    try {
      await work;
    } finally {
      this.underway.delete(work);
    }
  }

  private async make(intent: Intent): Promise<void> {
    const reply = await this.replyTo(intent, this.stop.signal);
    const { store, clock, log } = this.dependencies;
    const reportLost = (): void => {
      if (reply.kind === 'accepted') {
        log.error(`${intent.id}: its task is ${reply.id}`);
        this.dependencies.onLost(intent, reply.id);
      }
    };
    // The disk may stay full, or the file locked, for longer than this window lives.
    const warning = clock.setTimer(reportLost, LONGEST_SILENCE);
    try {
      // Also while the window closes: what is known now is not known later.
      await store.file.commitWhenPossible(() => {
        this.record(intent, reply);
      }, new AbortController().signal);
    } catch (error) {
      log.error(`${intent.id}: ${reply.kind}, which could not be written: ${messageOf(error)}`);
      reportLost();
    } finally {
      warning.dispose();
    }
  }

  /** What came of sending; without a key, or where not even the sending could begin, nothing went out. */
  private async replyTo(intent: Intent, signal: AbortSignal): Promise<CreateReply> {
    try {
      return (
        (await this.dependencies.send(intent, signal)) ?? {
          kind: 'notSent',
          problem: 'noKey',
          text: '',
          retryAfter: null,
        }
      );
    } catch (error) {
      // The key could not be read.
      return { kind: 'notSent', problem: 'keyUnreadable', text: messageOf(error), retryAfter: null };
    }
  }

  /** Writes what one reply means, in one commit: the intent's end, its task, and what becomes of the rest of its batch. */
  private record(intent: Intent, reply: CreateReply): void {
    const { store, clock } = this.dependencies;
    const now = clock.now();
    const isOurs = store.intents.settle(intent.id, this.settlementOf(reply), now);
    if (!isOurs && reply.kind !== 'accepted') {
      return;
    }
    if (reply.kind === 'accepted') {
      // Whatever was said of it meanwhile: what was made is in the list.
      this.track(intent, reply, now);
      store.pauses.responded(intent.gateway, now);
    } else if (reply.kind === 'notSent' && reply.problem === 'rateLimited') {
      this.pause(intent.gateway, reply.retryAfter, now);
    } else if (holdsBatch(reply) && !(this.isEnding && reply.kind === 'notSent')) {
      store.intents.hold(intent.batch, now);
    }
  }

  /**
   * What is written down of an intent. One that met a rate limit goes on waiting, as does one that did not go out only because the
   * window closes: another one sends it.
   */
  private settlementOf(reply: CreateReply): Settlement {
    if (reply.kind === 'accepted') {
      const { id, raw } = reply;
      return { state: 'accepted', problem: null, problemText: null, response: raw, taskId: id };
    }
    const response = 'raw' in reply ? reply.raw : null;
    if (reply.kind === 'notSent' && this.isEnding) {
      return { state: 'waiting', problem: null, problemText: null, response, taskId: null };
    }
    const { problem, text } = reply;
    if (reply.kind === 'unknown' && this.stop.signal.aborted) {
      return { state: 'unknown', problem: 'lost', problemText: text, response, taskId: null };
    }
    const waits = reply.kind === 'notSent' && problem === 'rateLimited';
    return { state: waits ? 'waiting' : reply.kind, problem, problemText: text, response, taskId: null };
  }

  private track(intent: Intent, reply: CreateReply & { kind: 'accepted' }, now: number): void {
    const { store, firstPollAt } = this.dependencies;
    const { gateway } = intent;
    // Its shot file may have been renamed while it was on its way.
    const origin = originOf(store.intents.get(intent.id) ?? intent);
    const facts = { model: reply.model ?? intent.model, createdAt: reply.createdAt, ...origin };
    const dueAt = firstPollAt({ gateway, trackedAt: now, ...facts });
    store.add(gateway, reply.id, now, dueAt, facts);
  }

  /** The gateway is left alone for a while, by polls too. */
  private pause(gateway: string, retryAfter: number | null, now: number): void {
    const { pauses } = this.dependencies.store;
    const count = (pauses.get(gateway, 'rateLimited')?.count ?? 0) + 1;
    const until = Math.ceil(now + rateLimitPause(retryAfter, count));
    pauses.set({ gateway, reason: 'rateLimited', until, count });
  }
}

/** Whether what waits behind it would meet the same, or a person should look first. */
function holdsBatch(reply: CreateReply): boolean {
  return (
    reply.kind === 'unknown' ||
    reply.kind === 'notSent' ||
    (reply.kind === 'refused' && (reply.problem === 'keyRejected' || reply.problem === 'outOfCredit'))
  );
}
