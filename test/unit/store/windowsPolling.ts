import { setTimeout as delay } from 'node:timers/promises';
import { HOUR, SECOND, systemClock } from '../../../src/base/clock.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import type { PollPace } from '../../../src/polling/pace.ts';
import { WIDEST_GAP } from '../../../src/polling/pollPlan.ts';
import { Poller } from '../../../src/polling/poller.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { Reply } from '../../../src/tasks/reply.ts';
import type { Task, TaskKey } from '../../../src/tasks/task.ts';
import type { WindowLine, WindowOrder } from './windowsProtocol.ts';

/** At this speed the widest gap of any plan is one interval: each task comes due every second, whatever its age. */
const PACE: PollPace = { interval: SECOND, watchLimit: HOUR, spacing: 0, speed: WIDEST_GAP };

/** How long an answer takes at most, ms: so that windows truly work side by side. */
const SLOWEST_ANSWER = 4;

/** After each so many questions a person renames a task, too. */
const RENAME_EVERY = 10;

/** How often to look whether anything is left to ask, ms. */
const LOOK = 100;

/** Learning takes its time and is not what this is about. */
class FixedForecasts extends Forecasts {
  override forget(): void {
    // On purpose.
  }
}

/** Polls with the real poller as the extension does; the answers are made up, and leave a trace in the task. */
export function pollUntilDone(
  store: TaskStore,
  order: WindowOrder & { readonly work: 'poll' },
  say: (line: WindowLine) => void,
  done: () => void,
): void {
  let asked = 0;
  const poller = new Poller({
    store,
    clock: systemClock,
    log: { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error },
    forecasts: new FixedForecasts(() => []),
    random: Math.random,
    savesAutomatically: () => true,
    paceOf: () => PACE,
    requestTask: async task => {
      const token = `${process.pid}-${++asked}`;
      say({ type: 'asked', task: task.key, dueAt: task.nextPollAt ?? 0, at: Date.now(), token });
      if (order.hangs) {
        return new Promise(() => undefined);
      }
      await delay(Math.random() * SLOWEST_ANSWER);
      if (asked % RENAME_EVERY === 0) {
        // Another task than this one: another window may be asking about it now.
        await rename(store, task.key + 1, say);
      }
      return replyOf([...tokensOf(task), token], order.rounds);
    },
  });
  store.onDidChange(() => {
    poller.wake();
  });
  poller.wake();
  setInterval(() => {
    if (store.leases.nextDueAt('poll', Date.now()) === undefined) {
      poller.dispose();
      done();
    }
  }, LOOK);
}

/** The tokens of all answers that a task has kept. */
export function tokensOf(task: Pick<Task, 'rawAnswer'>): string[] {
  return task.rawAnswer === null ? [] : (JSON.parse(task.rawAnswer) as string[]);
}

/** Counts on in the label, by reading and writing in one commit. */
async function rename(store: TaskStore, key: TaskKey, say: (line: WindowLine) => void): Promise<void> {
  await store.commitWhenPossible(() => {
    const task = store.get(key);
    store.update(key, { label: String(Number(task?.label ?? 0) + 1) });
  }, new AbortController().signal);
  if (store.get(key)) {
    say({ type: 'renamed', task: key, at: Date.now() });
  }
}

function replyOf(tokens: readonly string[], rounds: number): Reply {
  const isCompleted = tokens.length >= rounds;
  return {
    kind: 'response',
    response: {
      generation: isCompleted ? 'completed' : 'processing',
      statusWord: isCompleted ? 'completed' : 'processing',
      model: 'veo_3_1_fast',
      createdAt: null,
      videoUrl: isCompleted ? 'https://media.example/clip.mp4' : null,
      actualDuration: null,
      amount: null,
      error: null,
      raw: JSON.stringify(tokens),
    },
  };
}
