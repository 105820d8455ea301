import type { Clock } from '../base/clock.ts';
import { MINUTE, SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { DueLoop } from '../base/dueLoop.ts';
import { KeyringError, messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { SLOTS } from '../base/slots.ts';
import { elapsedAt, type Forecasts } from './forecast.ts';
import { kindOf } from './kinds.ts';
import { ALONE, isAmbiguous, pauseAfter } from './gatewayFaults.ts';
import type { Others } from '../tasks/others.ts';
import { applyReply } from './reply.ts';
import type { PollPace } from './pace.ts';
import type { Pause, PauseReason } from '../tasks/pause.ts';
import { nextPollAt } from './schedule.ts';
import type { TaskStore } from '../store/store.ts';
import type { Reply } from '../tasks/reply.ts';
import type { Task, TaskKey, TaskPatch } from '../tasks/task.ts';

/** What the poller needs from outside. */
export interface PollerDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Requests a task's status. `undefined` when there is no key for its gateway. Rejects with a `KeyringError` when that cannot be
   * known, and when aborted.
   */
  readonly requestTask: (task: Task, signal: AbortSignal) => Promise<Reply | undefined>;
  readonly forecasts: Forecasts;
  /** How often the task's gateway may be polled. */
  readonly paceOf: (task: Task) => PollPace;
  /** Whether finished clips are saved automatically. */
  readonly savesAutomatically: () => boolean;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Longer than any request takes (30 s): it only runs out if its window has closed. */
const LEASE = 45 * SECOND;

/** A request that takes longer has failed; shorter than its lease. */
const LONGEST_REQUEST = 40 * SECOND;

/** How long after a keyring could not be read it is tried again. */
const KEYRING_AGAIN = MINUTE;

/** How long a task is put off whose response could not be recorded. */
const POSTPONED = 10 * MINUTE;

/** Polls every task that is due, and writes what the gateway responds to the store. */
export class Poller implements Disposable {
  private readonly dependencies: PollerDependencies;
  private readonly loop: DueLoop<Task>;
  /**
   * The gateways that this window has no key for, and until when it looks for none. Another may have one, that of the browser tab
   * in which it was entered: their polls are left to it, for as long as it makes them.
   */
  private readonly keyless = new Map<string, number>();

  constructor(dependencies: PollerDependencies) {
    this.dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.loop = new DueLoop<Task>(
      {
        name: 'Poller',
        width: SLOTS.poll,
        claim: () => store.leases.claim('poll', clock.now(), LEASE, this.without()),
        run: (task, signal) => this.poll(task, signal),
        nextDueAt: () => store.leases.nextDueAt('poll', clock.now(), this.without()),
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

  /** The gateways whose polls this window leaves to others. */
  private *without(): Iterable<string> {
    const now = this.dependencies.clock.now();
    for (const [gateway, until] of this.keyless) {
      // One that lies further ahead was noted before the clock was turned back.
      if (until === Infinity || (until > now && until <= now + KEYRING_AGAIN)) {
        yield gateway;
      }
    }
  }

  private async poll(task: Task, signal: AbortSignal): Promise<void> {
    const { clock, paceOf } = this.dependencies;
    const slotUntil = clock.now() + paceOf(task).spacing;
    try {
      const reply = await this.requestInTime(task, signal);
      if (!reply) {
        await this.goWithoutKey(task, 'noKey', null, signal);
        return;
      }
      const others = isAmbiguous(reply) ? this.dependencies.store.othersOf(task) : ALONE;
      // What the forecasts have to learn anew takes some ms: not while the file is locked.
      this.meaningOf(reply, task, others);
      await this.write(
        task.key,
        signal,
        current => {
          this.record(current, reply, others);
        },
        slotUntil,
      );
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof KeyringError) {
        await this.goWithoutKey(task, 'keyUnreadable', messageOf(error), signal);
        return;
      }
      // What cannot be understood or recorded must not be requested again and again before all others.
      await this.write(task.key, signal, current => {
        this.postpone(current, error);
      });
    }
  }

  /** Leaves a gateway to other windows: until there is a key, or for a while where that could not be known. */
  private async goWithoutKey(
    { key, gateway, id }: Task,
    problem: 'noKey' | 'keyUnreadable',
    problemText: string | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, clock, log } = this.dependencies;
    const now = clock.now();
    this.keyless.set(gateway, problem === 'noKey' ? Infinity : now + KEYRING_AGAIN);
    if (problem === 'keyUnreadable') {
      log.warn(`${id}: the key could not be read: ${problemText ?? ''}`);
    }
    await this.write(key, signal, () => {
      const since = store.pauses.get(gateway, problem)?.since ?? now;
      store.pauses.keyFound(gateway, problem);
      store.pauses.set({ gateway, reason: problem, until: null, count: 1, since });
      store.update(key, { problem, problemText });
    });
  }

  /**
   * Writes the outcome of a request and gives the task's lease back, in one commit. A response that cannot be written
   * yet, because another window is writing or the disk is full, is kept until it can be: it is not requested twice.
   */
  private async write(
    key: TaskKey,
    signal: AbortSignal,
    change: (current: Task) => void,
    slotUntil = 0,
  ): Promise<void> {
    const { store } = this.dependencies;
    await store.commitWhenPossible(() => {
      const current = store.get(key);
      // Meanwhile a person may have removed the task, or the lease ran out and another window polled it.
      if (current && store.leases.release(key, 'poll', slotUntil)) {
        change(current);
      }
    }, signal);
  }

  /** Frees the slot after this time, whatever the request is waiting for. */
  private async requestInTime(task: Task, signal: AbortSignal): Promise<Reply | undefined> {
    const { requestTask, clock } = this.dependencies;
    let timer: Disposable | undefined;
    const late = new Promise<Reply>(done => {
      timer = clock.setTimer(() => {
        done({ kind: 'requestFailed', problem: 'timeout', text: '', retryAfter: null });
      }, LONGEST_REQUEST);
    });
    try {
      return await Promise.race([requestTask(task, signal), late]);
    } finally {
      timer?.dispose();
    }
  }

  /** Writes everything that one reply means. */
  private record(task: Task, reply: Reply, others: Others): void {
    const { store, log } = this.dependencies;
    const { patch, changed, pace, now } = this.meaningOf(reply, task, others);
    store.update(task.key, patch);
    store.pauses.keyFound(task.gateway);
    store.history.noteRequest(task.gateway, now);
    this.learn(task, changed, pace);
    this.judgeGateway(changed, reply, others, pace, now);
    log.info(describe(task, reply));
  }

  /** What a reply makes of a task, and when to poll next. */
  private meaningOf(
    reply: Reply,
    task: Task,
    others: Others,
  ): { patch: TaskPatch; changed: Task; pace: PollPace; now: number } {
    const { clock, forecasts, paceOf, savesAutomatically, random } = this.dependencies;
    const now = clock.now();
    const pace = paceOf(task);
    const facts = { ...applyReply(task, reply, pace, savesAutomatically(), now, others), askedAt: now };
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
      const kind = kindOf(after).name;
      store.history.add(kind, seen, after.completedSeenAt);
      forecasts.forget(kind);
    }
  }

  /** What a reply says about the gateway as a whole, beyond the one task. */
  private judgeGateway(task: Task, reply: Reply, others: Others, pace: PollPace, now: number): void {
    const { store } = this.dependencies;
    const { gateway } = task;
    if (task.problem === null) {
      if (store.pauses.responded(gateway, now)) {
        store.pollAgain(gateway, now, pace.interval);
      }
      return;
    }
    const before = (reason: PauseReason): Pause | undefined => store.pauses.get(gateway, reason);
    const pause = pauseAfter(task, reply, before, others, pace, now);
    if (pause) {
      store.pauses.set(pause);
    }
  }
}

function describe(task: Task, reply: Reply): string {
  switch (reply.kind) {
    case 'response':
    case 'taskFailure':
      return `${task.id}: ${reply.response.statusWord}`;
    case 'keyRejected':
      return `${task.id}: the gateway did not accept the key`;
    case 'requestFailed':
      return `${task.id}: could not ask (${reply.problem}) ${reply.text}`.trimEnd();
  }
}
