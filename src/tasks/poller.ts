import type { Clock } from '../base/clock.ts';
import { MINUTE, SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { DueLoop } from '../base/dueLoop.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { elapsedAt, type Forecasts } from './forecast.ts';
import { kindOf } from './kinds.ts';
import { applyReply } from './reply.ts';
import type { PollPace } from './pace.ts';
import { nextPollAt, rateLimitPause, unreachablePause } from './schedule.ts';
import type { TaskStore } from './store.ts';
import type { ProblemKind, Reply, Task, TaskKey, TaskPatch } from './task.ts';

/** What the poller needs from outside. */
export interface PollerDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks the gateway about a task. `undefined` when there is no key for it. Rejects only when aborted. */
  readonly ask: (task: Task, signal: AbortSignal) => Promise<Reply | undefined>;
  readonly forecasts: Forecasts;
  /** How often the task's gateway may be asked. */
  readonly paceOf: (task: Task) => PollPace;
  /** Whether finished clips are saved without being asked for. */
  readonly savesByItself: () => boolean;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Longer than any question takes (30 s): only a window that died lets it run out. */
const LEASE = 45 * SECOND;

/** A question that takes longer has failed; shorter than its lease. */
const LONGEST_ASK = 40 * SECOND;

/** How long a task is put off whose answer could not be recorded. */
const POSTPONED = 10 * MINUTE;

/** How many rejections of the key in a row pause a gateway: a single one was seen to be transient (api.md 3.3). */
const REJECTIONS = 3;

/** What a gateway says, or does not say, when it cannot be reached at all: no matter of the one task. */
const UNREACHABLE: ReadonlySet<ProblemKind> = new Set(['network', 'timeout', 'server']);

/** Asks the gateway about every task that is due, and writes what it answered into the store. */
export class Poller implements Disposable {
  private readonly dependencies: PollerDependencies;
  private readonly loop: DueLoop<Task>;
  /**
   * The gateways that this window has no key for. Another may have one, that of the browser tab in which it was entered: their
   * polls are left to it, for as long as it makes them.
   */
  private readonly keyless = new Set<string>();

  constructor(dependencies: PollerDependencies) {
    this.dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.loop = new DueLoop<Task>(
      {
        name: 'Poller',
        claim: () => store.claim('poll', clock.now(), LEASE, this.keyless),
        run: (task, signal) => this.poll(task, signal),
        nextDueAt: () => store.nextDueAt('poll', clock.now(), this.keyless),
      },
      clock,
      log,
    );
  }

  /** Looks for due tasks now: at start, and after anything that may have made one due. */
  wake(): void {
    this.loop.wake();
  }

  /** A key was set or cleared: what this window had none for is tried again. */
  keysChanged(): void {
    this.keyless.clear();
    this.wake();
  }

  dispose(): void {
    this.loop.dispose();
  }

  private async poll(task: Task, signal: AbortSignal): Promise<void> {
    try {
      const reply = await this.askInTime(task, signal);
      if (!reply) {
        this.keyless.add(task.gateway);
      } else {
        // What the forecasts have to learn anew takes some ms: not while the file is locked.
        this.meaningOf(reply, task);
      }
      await this.write(task.key, signal, current => {
        this.record(current, reply);
      });
    } catch (error) {
      // What cannot be understood or recorded must not be asked for again and again before all others.
      signal.throwIfAborted();
      await this.write(task.key, signal, current => {
        this.postpone(current, error);
      });
    }
  }

  /**
   * Writes what a question came to, and gives the task's lease back, in one commit. An answer that cannot be written
   * yet, because another window writes or the disk is full, is kept until it can be: it is not asked for twice.
   */
  private async write(key: TaskKey, signal: AbortSignal, change: (current: Task) => void): Promise<void> {
    const { store } = this.dependencies;
    await store.commitWhenPossible(() => {
      const current = store.get(key);
      // While we waited a person may have removed the task, or the lease ran out and another window asked.
      if (current && store.release(key, 'poll')) {
        change(current);
      }
    }, signal);
  }

  /** Asking includes the key, and a keyring can wait for a person for ever: nothing holds a place for longer. */
  private async askInTime(task: Task, signal: AbortSignal): Promise<Reply | undefined> {
    const { ask, clock } = this.dependencies;
    let timer: Disposable | undefined;
    const late = new Promise<Reply>(done => {
      timer = clock.setTimer(() => {
        done({ kind: 'couldNotAsk', problem: 'timeout', text: '', retryAfter: null });
      }, LONGEST_ASK);
    });
    try {
      return await Promise.race([ask(task, signal), late]);
    } finally {
      timer?.dispose();
    }
  }

  /** Writes everything that one reply means. */
  private record(task: Task, reply: Reply | undefined): void {
    const { store, log } = this.dependencies;
    if (!reply) {
      store.pauses.set({ gateway: task.gateway, reason: 'noKey', until: null, count: 1 });
      store.update(task.key, { problem: 'noKey', problemText: null });
      return;
    }
    const { patch, changed, pace, now } = this.meaningOf(reply, task);
    store.update(task.key, patch);
    // A keyring that does not answer is no key.
    if (reply.kind !== 'couldNotAsk' || reply.problem !== 'timeout') {
      store.pauses.keyFound(task.gateway);
    }
    store.history.noteAsk(task.gateway, now);
    this.learn(task, changed, pace);
    this.judgeGateway(task.gateway, reply, pace, now);
    log.info(describe(task, reply));
  }

  /** What a reply makes of a task, and when to ask next. */
  private meaningOf(
    reply: Reply,
    task: Task,
  ): { patch: TaskPatch; changed: Task; pace: PollPace; now: number } {
    const { clock, forecasts, paceOf, savesByItself, random } = this.dependencies;
    const now = clock.now();
    const pace = paceOf(task);
    const facts = { ...applyReply(task, reply, pace, savesByItself(), now), askedAt: now };
    const changed = { ...task, ...facts };
    const next = nextPollAt(changed, forecasts.of(changed), pace, now, random());
    return { patch: { ...facts, nextPollAt: next }, changed, pace, now };
  }

  private postpone(task: Task, error: unknown): void {
    const { store, clock, log } = this.dependencies;
    log.error(`${task.id}: ${messageOf(error)}`);
    store.update(task.key, {
      problem: 'unexpected',
      problemText: messageOf(error),
      failedAsks: task.failedAsks + 1,
      askedAt: clock.now(),
      nextPollAt: clock.now() + POSTPONED,
    });
  }

  /** A finished task teaches how long its kind takes, where its beginning was seen. */
  private learn(before: Task, after: Task, pace: PollPace): void {
    const { store, forecasts } = this.dependencies;
    const wasWatched = before.unfinishedAt !== null || before.request !== null;
    if (before.completedSeenAt !== null || after.completedSeenAt === null || !wasWatched) {
      return;
    }
    const seen = {
      after: before.unfinishedAt === null ? 0 : elapsedAt(after, before.unfinishedAt, pace),
      until: elapsedAt(after, after.completedSeenAt, pace),
    };
    if (seen.until > seen.after) {
      store.history.add(kindOf(after).name, seen, after.completedSeenAt);
      forecasts.forget(after);
    }
  }

  /** What a reply says about the gateway as a whole, beyond the one task. */
  private judgeGateway(gateway: string, reply: Reply, pace: PollPace, now: number): void {
    const { store } = this.dependencies;
    const { pauses } = store;
    if (reply.kind === 'keyRejected') {
      const count = (pauses.get(gateway, 'keyRejected')?.count ?? 0) + 1;
      pauses.set({ gateway, reason: 'keyRejected', until: count < REJECTIONS ? now : null, count });
    } else if (reply.kind === 'couldNotAsk' && reply.problem === 'rateLimited') {
      const before = pauses.get(gateway, 'rateLimited');
      // Several questions can be under way at once: their refusals count as one.
      const isHolding = (before?.until ?? 0) > now;
      const count = (before?.count ?? 0) + (isHolding ? 0 : 1);
      pauses.set({
        gateway,
        reason: 'rateLimited',
        until: now + rateLimitPause(reply.retryAfter, count),
        count,
      });
    } else if (reply.kind === 'couldNotAsk' && UNREACHABLE.has(reply.problem)) {
      const count = (pauses.get(gateway, 'unreachable')?.count ?? 0) + 1;
      const wait = Math.max(
        unreachablePause(pace, count),
        reply.retryAfter === null ? 0 : rateLimitPause(reply.retryAfter, count),
      );
      pauses.set({ gateway, reason: 'unreachable', until: now + wait, count });
    } else if (reply.kind !== 'couldNotAsk') {
      if (unreachablePause(pace, pauses.get(gateway, 'unreachable')?.count ?? 0) > 0) {
        store.askAgain(gateway, now);
      }
      pauses.answered(gateway, now);
    }
  }
}

function describe(task: Task, reply: Reply): string {
  switch (reply.kind) {
    case 'answer':
    case 'taskFailure':
      return `${task.id}: ${reply.answer.statusWord}`;
    case 'keyRejected':
      return `${task.id}: the gateway did not accept the key`;
    case 'couldNotAsk':
      return `${task.id}: could not ask (${reply.problem}) ${reply.text}`.trimEnd();
  }
}
