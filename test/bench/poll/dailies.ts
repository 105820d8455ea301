import { MINUTE, SECOND } from '../../../src/base/clock.ts';
import type { Log } from '../../../src/base/log.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { judgeAddress } from '../../../src/tasks/gatewayAddress.ts';
import { paceFor, type PollPace } from '../../../src/polling/pace.ts';
import { Poller } from '../../../src/polling/poller.ts';
import { firstPollAt } from '../../../src/polling/schedule.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { Reply } from '../../../src/tasks/reply.ts';
import type { HandClock } from '../../unit/builders.ts';
import type { Random } from '../lib/random.ts';
import type { Distribution } from './distributions.ts';
import type { Followed } from './score.ts';

/** A gateway as in real life: not on loopback, so that the rule of 30 s holds. Nothing is sent to it. */
const GATEWAY = 'https://gateway.example/kyyReactApiServer';

/** Forecasts that what happens meanwhile does not change: the history stays as it was. */
export class FrozenForecasts extends Forecasts {
  override forget(): void {
    // On purpose.
  }
}

/** What following tasks takes. */
export interface Following {
  readonly store: TaskStore;
  readonly clock: HandClock;
  readonly forecasts: Forecasts;
  readonly random: Random;
  readonly distribution: Distribution;
  /** From one task's creation to the next, ms. */
  readonly between: number;
  /** Hears of each request's moment, ms. */
  readonly onRequest?: (at: number) => void;
}

/**
 * Follows tasks of these durations, in s, with the real poller, schedule and store, from their creation by Dailies
 * to the answer that says they are completed. The clock is virtual, and an answer takes none of its time.
 */
export async function follow(following: Following, durations: readonly number[]): Promise<Followed[]> {
  const { store, clock, forecasts, random, distribution, between } = following;
  const { model, request } = distribution;
  const pace = usualPace();
  const begun = clock.now();
  const gateway = new SimulatedGateway(clock, durations);
  const poller = new Poller({
    store,
    clock,
    log: SILENT,
    forecasts,
    random,
    savesAutomatically: () => true,
    paceOf: () => pace,
    requestTask: async task => {
      following.onRequest?.(clock.now());
      return Promise.resolve(gateway.ask(task.id));
    },
  });
  poller.wake();
  try {
    for (const [index] of durations.entries()) {
      await ringUntil(clock, begun + index * between, gateway);
      const now = clock.now();
      const origin = { model, request, createdAt: now };
      const dueAt = firstPollAt({ createdAt: now, trackedAt: now }, forecasts.of(origin), pace);
      gateway.create(index, now);
      store.add(GATEWAY, String(index), now, dueAt, origin);
    }
    while (gateway.followed.length < durations.length) {
      await ringUntil(clock, clock.now() + MINUTE, gateway);
    }
  } finally {
    poller.dispose();
  }
  store.remove(store.list().map(task => task.key));
  return gateway.followed;
}

/** Answers at once, and keeps count of what it is asked. */
class SimulatedGateway {
  readonly followed: Followed[] = [];
  /** Whether it was asked since this was last looked at. */
  wasAsked = false;
  private readonly clock: HandClock;
  private readonly durations: readonly number[];
  private readonly tasks = new Map<string, { endsAt: number; requests: number; askedAt: number }>();

  constructor(clock: HandClock, durations: readonly number[]) {
    this.clock = clock;
    this.durations = durations;
  }

  create(index: number, now: number): void {
    const endsAt = now + (this.durations[index] ?? 0) * SECOND;
    this.tasks.set(String(index), { endsAt, requests: 0, askedAt: -Infinity });
  }

  ask(id: string): Reply {
    const now = this.clock.now();
    const task = this.tasks.get(id);
    if (!task || now - task.askedAt < 30 * SECOND) {
      throw new Error(`Task ${id} was asked about against the rule: ${task ? 'too soon' : 'it is over'}.`);
    }
    this.wasAsked = true;
    task.requests++;
    task.askedAt = now;
    const isCompleted = now >= task.endsAt;
    if (isCompleted) {
      this.tasks.delete(id);
      this.followed.push({ requests: task.requests, delay: (now - task.endsAt) / SECOND });
    }
    return {
      kind: 'response',
      response: {
        generation: isCompleted ? 'completed' : 'processing',
        statusWord: isCompleted ? 'completed' : 'processing',
        model: null,
        createdAt: null,
        videoUrl: isCompleted ? 'https://media.example/clip.mp4' : null,
        actualDuration: null,
        amount: null,
        error: null,
        raw: '{}',
      },
    };
  }
}

/** Rings every timer on the way to a moment; whatever a question leads to is over before the next. */
async function ringUntil(clock: HandClock, until: number, gateway: SimulatedGateway): Promise<void> {
  do {
    if (gateway.wasAsked) {
      gateway.wasAsked = false;
      // Answers come as microtasks, and so does all that follows from them.
      await new Promise(done => setImmediate(done));
    }
  } while (clock.ringNext(until));
}

function usualPace(): PollPace {
  const address = judgeAddress(GATEWAY);
  if (typeof address === 'string') {
    throw new Error(`${GATEWAY}: ${address}`);
  }
  return paceFor(address, { seconds: 30, watchHours: 26 });
}

const logError = (message: string): never => {
  throw new Error(message);
};

/** The poller's own errors must not pass unseen; what it does in its ordinary work is not shown. */
const SILENT: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: logError,
  error: logError,
};
