import type { Clock } from '../base/clock.ts';
import { MINUTE } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { DueLoop } from '../base/dueLoop.ts';
import type { Log } from '../base/log.ts';
import { applyReply } from './reply.ts';
import type { PollPace } from './schedule.ts';
import { nextPollAt, rateLimitPause } from './schedule.ts';
import type { TaskStore } from './store.ts';
import type { Reply, Task } from './task.ts';

/** What the poller needs from outside. */
export interface PollerDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks the gateway about a task. `undefined` when there is no key for it. Rejects only when aborted. */
  readonly ask: (task: Task, signal: AbortSignal) => Promise<Reply | undefined>;
  /** How often the task's gateway may be asked. */
  readonly paceOf: (task: Task) => PollPace;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Longer than any question takes: only a window that died lets it run out. */
const LEASE = 2 * MINUTE;

/** How many rejections of the key in a row pause a gateway: a single one was seen to be transient (api.md 3.3). */
const REJECTIONS = 3;

/** Asks the gateway about every task that is due, and writes what it answered into the store. */
export class Poller implements Disposable {
  private readonly dependencies: PollerDependencies;
  private readonly loop: DueLoop<Task>;

  constructor(dependencies: PollerDependencies) {
    this.dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.loop = new DueLoop<Task>(
      {
        name: 'Poller',
        claim: () => store.claim('poll', clock.now(), LEASE),
        run: (task, signal) => this.poll(task, signal),
        nextDueAt: () => store.nextDueAt('poll'),
      },
      clock,
      log,
    );
  }

  /** Looks for due tasks now: at start, and after anything that may have made one due. */
  wake(): void {
    this.loop.wake();
  }

  dispose(): void {
    this.loop.dispose();
  }

  private async poll(task: Task, signal: AbortSignal): Promise<void> {
    const { store, ask, clock } = this.dependencies;
    const reply = await ask(task, signal);
    signal.throwIfAborted();
    // While we waited a person may have removed the task, or changed what is not ours.
    const current = store.get(task.key);
    if (current) {
      this.record(current, reply, clock.now());
    }
    store.release(task.key, 'poll');
  }

  private record(task: Task, reply: Reply | undefined, now: number): void {
    const { store, log, paceOf, random } = this.dependencies;
    if (!reply) {
      store.setPause({ gateway: task.gateway, reason: 'noKey', until: null, count: 1 });
      store.update(task.key, { problem: 'noKey', problemText: null, askedAt: now });
      return;
    }
    const pace = paceOf(task);
    const patch = { ...applyReply(task, reply, pace, now), askedAt: now };
    store.update(task.key, { ...patch, nextPollAt: nextPollAt({ ...task, ...patch }, pace, now, random()) });
    this.judgeGateway(task.gateway, reply, now);
    log.info(describe(task, reply));
  }

  /** What a reply says about the gateway as a whole, beyond the one task. */
  private judgeGateway(gateway: string, reply: Reply, now: number): void {
    const { store } = this.dependencies;
    const before = store.pauseOf(gateway);
    const countOf = (reason: string): number => (before?.reason === reason ? before.count : 0) + 1;
    if (reply.kind === 'keyRejected') {
      const count = countOf('keyRejected');
      store.setPause({ gateway, reason: 'keyRejected', until: count < REJECTIONS ? now : null, count });
    } else if (reply.kind === 'couldNotAsk' && reply.problem === 'rateLimited') {
      const isHolding = before?.reason === 'rateLimited' && (before.until ?? 0) > now;
      // Two questions were under way together: one refusal of the pair counts.
      const count = isHolding ? before.count : countOf('rateLimited');
      store.setPause({
        gateway,
        reason: 'rateLimited',
        until: now + rateLimitPause(reply.retryAfter, count),
        count,
      });
    } else if (reply.kind !== 'couldNotAsk') {
      store.endPause(gateway, now);
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
