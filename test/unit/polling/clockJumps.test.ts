import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import type { Poller } from '../../../src/polling/poller.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Reply } from '../../../src/tasks/reply.ts';
import { answered, HandClock, NOON, PACE } from '../builders.ts';
import { GATEWAY, letPass, makePoller } from './pollerStage.ts';

const DAY = 24 * HOUR;

describe('the poller on a clock that jumps', () => {
  let clock: HandClock;
  let store: TaskStore;
  let poller: Poller;
  let asked: string[];
  let atOnce: number;
  let mostAtOnce: number;
  let reply: (id: string) => Reply;
  let spacing: number;

  beforeEach(() => {
    clock = new HandClock();
    store = new TaskStore(':memory:', { clock });
    asked = [];
    spacing = PACE.spacing;
    atOnce = mostAtOnce = 0;
    reply = () => answered();
    poller = makePoller(store, clock, {
      paceOf: () => ({ ...PACE, spacing }),
      requestTask: async ({ id }) => {
        asked.push(id);
        mostAtOnce = Math.max(mostAtOnce, ++atOnce);
        await Promise.resolve();
        atOnce--;
        return reply(id);
      },
    });
  });

  afterEach(() => {
    poller.dispose();
    store.dispose();
  });

  const track = (count: number): void => {
    store.commit(() => {
      for (let index = 0; index < count; index++) {
        store.add(GATEWAY, `vgen_${index}`, clock.now());
      }
    });
    poller.wake();
  };

  const pass = (ms: number): Promise<void> => letPass(clock, ms);

  it('sends two requests a second, however many tasks are due together and however quick each response is', async () => {
    const begun: number[] = [];
    reply = () => {
      begun.push(clock.now());
      return answered();
    };
    track(200);
    await pass(2 * MINUTE);
    const inASecond = begun.map(from => begun.filter(at => at >= from && at < from + SECOND).length);
    assert.deepEqual([new Set(asked).size, Math.max(...inASecond)], [200, 2]);
  });

  it('polls each task once after a night of sleep, not once for each poll missed', async () => {
    track(20);
    await pass(MINUTE);
    asked.length = 0;
    clock.jump(10 * HOUR);
    await pass(25 * SECOND + 5 * SECOND);
    assert.deepEqual([asked.length, new Set(asked).size, mostAtOnce], [20, 20, 2]);
  });

  it('goes on at its pace when the clock is set back by a day', async () => {
    track(5);
    await pass(3 * MINUTE);
    asked.length = 0;
    clock.jump(-DAY);
    await pass(6 * MINUTE);
    const perTask = Map.groupBy(asked, id => id);
    assert.deepEqual(
      [perTask.size, [...perTask.values()].every(times => times.length >= 1 && times.length <= 7)],
      [5, true],
      asked.join(' '),
    );
    assert.ok(store.list().every(task => task.generation === 'processing'));
  });

  it('calls nothing failed or lost when the clock is set forward by a day, and learns nothing wrong', async () => {
    track(5);
    await pass(3 * MINUTE);
    clock.jump(DAY);
    reply = () =>
      answered({ generation: 'completed', statusWord: 'completed', videoUrl: 'https://m.example/a.mp4' });
    await pass(MINUTE);
    assert.deepEqual(
      store.list().map(task => [task.generation, task.file]),
      Array.from({ length: 5 }, () => ['completed', 'waiting']),
    );
    clock.jump(-DAY);
    await pass(MINUTE);
    assert.ok(store.history.of('veo_3_1_fast').every(({ after, until }) => until > after && after >= 0));
  });

  it('polls ten thousand tasks, two at a time, and forgets none', async () => {
    spacing = 0;
    reply = () =>
      answered({ generation: 'completed', statusWord: 'completed', videoUrl: 'https://m.example/a.mp4' });
    track(10_000);
    while (store.leases.nextDueAt('poll', clock.now()) !== undefined) {
      await setImmediate();
    }
    assert.deepEqual(
      [
        asked.length,
        new Set(asked).size,
        mostAtOnce,
        store.list().filter(task => task.file === 'waiting').length,
      ],
      [10_000, 10_000, 2, 10_000],
    );
    assert.equal(clock.now(), NOON);
  });
});
