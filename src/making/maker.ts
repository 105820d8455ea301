import type { Clock } from '../base/clock.ts';
import { MINUTE } from '../base/clock.ts';
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

/**
 * Sends what is to be made: one request for each intent, one after the other for each gateway, and writes down what came of it. What
 * may have been made is never sent again by it.
 */
export class Maker implements Disposable {
  private readonly dependencies: MakerDependencies;
  private readonly loop: DueLoop<Intent>;

  constructor(dependencies: MakerDependencies) {
    this.dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.loop = new DueLoop<Intent>(
      {
        name: 'Maker',
        width: WIDTH,
        claim: () => store.intents.claim(clock.now(), LEASE),
        run: (intent, signal) => this.make(intent, signal),
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

  dispose(): void {
    this.loop.dispose();
  }

  private async make(intent: Intent, signal: AbortSignal): Promise<void> {
    const reply = await this.replyTo(intent, signal);
    const { store, log } = this.dependencies;
    try {
      // Also while the window closes: what is known now is not known later.
      await store.file.commitWhenPossible(() => {
        this.record(intent, reply);
      }, new AbortController().signal);
    } catch (error) {
      log.error(`${intent.id}: ${reply.kind}, which could not be written: ${messageOf(error)}`);
      if (reply.kind === 'accepted') {
        this.dependencies.onLost(intent, reply.id);
      }
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
    const isOurs = store.intents.settle(intent.id, settlementOf(reply), now);
    if (!isOurs && reply.kind !== 'accepted') {
      return;
    }
    if (reply.kind === 'accepted') {
      // Whatever was said of it meanwhile: what was made is in the list.
      this.track(intent, reply, now);
      store.pauses.responded(intent.gateway, now);
    } else if (reply.kind === 'notSent' && reply.problem === 'rateLimited') {
      this.pause(intent.gateway, reply.retryAfter, now);
    } else if (holdsBatch(reply)) {
      store.intents.hold(intent.batch, now);
    }
  }

  private track(intent: Intent, reply: CreateReply & { kind: 'accepted' }, now: number): void {
    const { store, firstPollAt } = this.dependencies;
    const { gateway } = intent;
    const facts = { model: reply.model ?? intent.model, createdAt: reply.createdAt, ...originOf(intent) };
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

/** What is written down of an intent. One that met a rate limit goes on waiting. */
function settlementOf(reply: CreateReply): Settlement {
  if (reply.kind === 'accepted') {
    const { id, raw } = reply;
    return { state: 'accepted', problem: null, problemText: null, response: raw, taskId: id };
  }
  const { problem, text } = reply;
  const response = 'raw' in reply ? reply.raw : null;
  const waits = reply.kind === 'notSent' && problem === 'rateLimited';
  return { state: waits ? 'waiting' : reply.kind, problem, problemText: text, response, taskId: null };
}

/** Whether what waits behind it would meet the same, or a person should look first. */
function holdsBatch(reply: CreateReply): boolean {
  return (
    reply.kind === 'unknown' ||
    reply.kind === 'notSent' ||
    (reply.kind === 'refused' && (reply.problem === 'keyRejected' || reply.problem === 'outOfCredit'))
  );
}
