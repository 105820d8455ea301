import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../../src/base/clock.ts';
import { requestTask } from '../../../src/gateway/client.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { judgeAddress } from '../../../src/tasks/gatewayAddress.ts';
import { paceFor } from '../../../src/polling/pace.ts';
import { Poller } from '../../../src/polling/poller.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task } from '../../../src/tasks/task.ts';
import type { Fault } from '../../gateway/faults.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { ListLog, useFolder } from '../builders.ts';

/** Simulated seconds for each real one: what takes 30 s there takes 1 s here, the shortest pace on loopback. */
const SPEED = 30;

describe('the poller', () => {
  const folder = useFolder();
  let gateway: Gateway;
  let store: TaskStore;
  let poller: Poller;
  let log: ListLog;
  let key: string | undefined;
  /** Runs between an answer and its writing. */
  let heard: () => void;

  beforeEach(async () => {
    gateway = await startGateway({ speed: SPEED });
    log = new ListLog();
    key = DEMO_KEY;
    heard = () => undefined;
    ({ store, poller } = openWindow(() => key));
  });

  /** A window on the list, with the key that it finds for each question. */
  const openWindow = (keyNow: () => string | undefined): { store: TaskStore; poller: Poller } => {
    const store = new TaskStore(join(folder(), 'dailies.db'), { clock: systemClock });
    const poller = new Poller({
      store,
      clock: systemClock,
      log,
      forecasts: new Forecasts(kind => store.history.of(kind)),
      random: () => 0.5,
      paceOf: task => {
        const address = judgeAddress(task.gateway);
        assert.ok(typeof address !== 'string');
        return paceFor(address, { seconds: 1, watchHours: 26 });
      },
      savesAutomatically: () => true,
      requestTask: async (task, signal) => {
        const key = keyNow();
        const reply = key === undefined ? undefined : await requestTask(task, key, signal, log);
        heard();
        return reply;
      },
    });
    store.onDidChange(() => {
      poller.wake();
    });
    return { store, poller };
  };

  afterEach(async () => {
    poller.dispose();
    store.dispose();
    await gateway.close();
  });

  const track = (id: string): Task => store.add(gateway.baseUrl, id, Date.now()).task;

  /** Waits for a change after which the task is as wished. */
  const until = (id: string, fits: (task: Task) => boolean): Promise<Task> =>
    new Promise(done => {
      const look = (): void => {
        const task = store.find(gateway.baseUrl, id);
        if (task && fits(task)) {
          listener.dispose();
          done(task);
        }
      };
      const listener = store.onDidChange(look);
      look();
    });

  it('polls a task to its end, at the interval that the gateway documents, and then no longer', async () => {
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 30, processingS: 300 });
    track(id);
    const task = await until(id, one => one.generation === 'completed');
    const asked = gateway.requests.map(request => request.at);
    const gaps = asked.slice(1).map((at, index) => (at - (asked[index] ?? 0)) / 1000);
    assert.ok(gaps.length >= 1 && Math.min(...gaps) >= 30, `gaps of ${gaps.join(', ')} s`);
    assert.deepEqual(
      [task.model, task.file, task.nextPollAt, store.leases.nextDueAt('poll', Date.now())],
      ['veo_3_1_fast', 'waiting', null, undefined],
    );
    assert.equal(store.history.of('veo_3_1_fast').length, 1);
  });

  it('sends the key in the Authorization header, to the gateway only, and logs neither it nor link queries', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0 });
    track(id);
    await until(id, task => task.generation === 'completed');
    assert.deepEqual(
      gateway.requests.map(request => [request.origin, request.path, request.headers.authorization]),
      [['gateway', `/kyyReactApiServer/v1/result/${id}`, `Bearer ${DEMO_KEY}`]],
    );
    assert.doesNotMatch(log.lines.join('\n'), new RegExp(`${DEMO_KEY}|X-Amz`));
  });

  it('keeps a response that cannot be written, and requests it no second time', async () => {
    // Else SQLite itself would wait for 5 s before it gives up.
    store.file.database.get('PRAGMA busy_timeout = 0');
    const other = new DatabaseSync(join(folder(), 'dailies.db'));
    heard = () => {
      heard = () => undefined;
      other.exec('BEGIN IMMEDIATE');
    };
    const refused = new Promise(done => store.file.onDidFail(done));
    const id = gateway.addTask({ queuedS: 0, processingS: 0 });
    track(id);
    assert.match(String(await refused), /locked/);
    other.exec('COMMIT');
    other.close();
    await until(id, task => task.generation === 'completed');
    assert.equal(gateway.requests.length, 1);
  });

  const faults: [Fault, string][] = [
    [{ kind: 'wrapped' }, 'queued'],
    [{ kind: 'milliseconds' }, 'queued'],
    [{ kind: 'completedWithoutUrl' }, 'completed'],
    [{ kind: 'unknownStatus' }, 'unrecognised'],
    [{ kind: 'cancelled' }, 'cancelled'],
    [{ kind: 'errorObject' }, 'failed'],
    [{ kind: 'oversize' }, 'queued'],
    [{ kind: 'keyRejected' }, 'unknown, keyRejected'],
    [{ kind: 'keyRejectedUpstream' }, 'unknown, keyRejected'],
    [{ kind: 'businessError' }, 'unknown, refused'],
    [{ kind: 'insufficientBalance' }, 'unknown, outOfCredit'],
    [{ kind: 'noHandler' }, 'unknown, wrongAddress'],
    [{ kind: 'unknownTask' }, 'unknown, notFound'],
    [{ kind: 'rateLimited' }, 'unknown, rateLimited'],
    [{ kind: 'rateLimited', retryAfter: '7' }, 'unknown, rateLimited'],
    [{ kind: 'noStatus' }, 'unknown, unexpected'],
    [{ kind: 'brokenJson' }, 'unknown, notJson'],
    [{ kind: 'html' }, 'unknown, notJson'],
    [{ kind: 'html', status: 502 }, 'unknown, server'],
    [{ kind: 'status', status: 503 }, 'unknown, server'],
    [{ kind: 'emptyBody' }, 'unknown, notJson'],
    [{ kind: 'redirect', to: 'http://127.0.0.1:9/steal' }, 'unknown, redirected'],
    [{ kind: 'reset' }, 'unknown, network'],
    [{ kind: 'reset', afterShare: 0.5 }, 'unknown, network'],
    [{ kind: 'truncated' }, 'unknown, network'],
    [{ kind: 'wrongLength', by: 10 }, 'unknown, network'],
    [{ kind: 'noLength' }, 'queued'],
    [{ kind: 'delay', ms: 200 }, 'queued'],
  ];
  for (const [fault, expected] of faults) {
    it(`takes ${JSON.stringify(fault)} for "${expected}", and nothing more`, async () => {
      const id = gateway.addTask({ queuedS: 100_000 });
      gateway.setFaults(fault);
      track(id);
      const task = await until(id, one => one.askedAt !== null);
      assert.equal([task.generation, task.problem].filter(part => part !== null).join(', '), expected);
    });
  }

  it('lets no fault change what it knew before: neither of a task under way nor of a finished one', async () => {
    // What would end a task in earnest, or pause the gateway for the others, has tests of its own.
    const ends = new Set(['cancelled', 'errorObject', 'completedWithoutUrl', 'unknownStatus']);
    const pauses = new Set(['rateLimited', 'keyRejected', 'keyRejectedUpstream']);
    const passing = faults.filter(([{ kind }]) => !ends.has(kind) && !pauses.has(kind));
    const tasks = passing.flatMap(([fault, expected]) =>
      (['queued', 'completed'] as const).map(known => {
        const id = gateway.addTask(
          known === 'queued' ? { queuedS: 100_000 } : { queuedS: 0, processingS: 0 },
        );
        return { id, known, fault, problem: expected.split(', ')[1] ?? null };
      }),
    );
    store.commit(() => {
      for (const { id } of tasks) {
        track(id);
      }
    });
    await Promise.all(tasks.map(({ id, known }) => until(id, one => one.generation === known)));
    // Some were asked again meanwhile: those answers are not the ones that are looked at.
    while (store.leases.held(Date.now()).length > 0) {
      await setImmediate();
    }
    // So many failures in a row look like a gateway that is down: not what is looked at here.
    store.onDidChange(() => {
      store.pauses.end('unreachable');
    });
    const before = new Map(tasks.map(({ id }) => [id, store.find(gateway.baseUrl, id)]));
    store.commit(() => {
      for (const { id, fault } of tasks) {
        gateway.setFaults([fault], id);
        store.update(before.get(id)?.key ?? 0, { nextPollAt: Date.now() });
      }
    });
    const after = await Promise.all(
      tasks.map(({ id }) => until(id, one => one.askedAt !== before.get(id)?.askedAt)),
    );
    assert.deepEqual(
      after.map(task => [task.id, task.generation, task.videoUrl, task.problem]),
      tasks.map(({ id, known, problem }) => [id, known, before.get(id)?.videoUrl, problem]),
    );
  });

  it('keeps a finished task when the gateway later calls it failed, cancelled or by an unknown word', async () => {
    for (const fault of [
      { kind: 'errorObject' },
      { kind: 'cancelled' },
      { kind: 'unknownStatus' },
    ] as const) {
      const id = gateway.addTask({ queuedS: 0, processingS: 0 });
      const { key: taskKey } = track(id);
      const before = await until(id, one => one.generation === 'completed');
      gateway.setFaults(fault, id);
      store.update(taskKey, { nextPollAt: Date.now() });
      const after = await until(id, one => one.askedAt !== before.askedAt);
      assert.deepEqual([after.generation, after.videoUrl], ['completed', before.videoUrl], fault.kind);
    }
  });

  it('leaves a gateway alone that cannot be reached three times in a row, and catches up when it is back', async () => {
    const ids = Array.from({ length: 6 }, () => gateway.addTask({ queuedS: 100_000 }));
    gateway.setFaults({ kind: 'reset' });
    store.commit(() => {
      ids.forEach(track);
    });
    const [first = ''] = ids;
    await until(first, () => (store.pauses.get(gateway.baseUrl, 'unreachable')?.count ?? 0) >= 3);
    assert.ok(gateway.requests.length <= 4, `${gateway.requests.length} questions`);
    gateway.clearFaults();
    await Promise.all(ids.map(id => until(id, one => one.generation === 'queued')));
    assert.equal(store.pauses.get(gateway.baseUrl, 'unreachable'), undefined);
  });

  it('takes no harm from numbers that no column can hold', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0 });
    const links = ['Expires=1799999999.123456', 'X-Amz-Date=20261121T090000Z&X-Amz-Expires=1000000000000000'];
    for (const link of links) {
      gateway.setFaults({ kind: 'fields', fields: { video_url: `https://m.example/a.mp4?${link}` } });
      const { key: taskKey } = track(id);
      const task = await until(id, one => one.videoUrl?.endsWith(link) === true);
      assert.equal(task.generation, 'completed');
      store.remove([taskKey]);
    }
    gateway.clearFaults();
    gateway.setFaults([{ kind: 'rateLimited', retryAfter: '12.3456' }]);
    track(id);
    await until(id, one => one.problem === 'rateLimited');
    assert.ok(Number.isInteger(store.pauses.get(gateway.baseUrl, 'rateLimited')?.until));
  });

  it('keeps the key out of all it records, also when a page of errors repeats it', async () => {
    const id = gateway.addTask();
    gateway.setFaults({
      kind: 'fields',
      fields: { status: 'failed', error: `key ${DEMO_KEY} is not allowed` },
    });
    track(id);
    const task = await until(id, one => one.generation === 'failed');
    assert.doesNotMatch(JSON.stringify(task) + log.lines.join('\n'), new RegExp(DEMO_KEY));
  });

  it('goes on automatically after trouble', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0 });
    gateway.setFaults([{ kind: 'reset' }, { kind: 'html', status: 502 }, { kind: 'keyRejectedUpstream' }]);
    track(id);
    const task = await until(id, one => one.generation === 'completed');
    assert.deepEqual([task.problem, task.failedAsks, store.pauses.list()], [null, 0, []]);
  });

  it('keeps what it knows of a finished task when later responses are nonsense', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0 });
    const { key: taskKey } = track(id);
    const before = await until(id, one => one.generation === 'completed');
    gateway.setFaults({ kind: 'html' });
    store.update(taskKey, { nextPollAt: Date.now() });
    const after = await until(id, one => one.askedAt !== before.askedAt);
    assert.deepEqual(
      [after.generation, after.videoUrl, after.rawAnswer, after.nextPollAt],
      ['completed', before.videoUrl, before.rawAnswer, null],
    );
  });

  it('pauses the whole gateway on a 429', async () => {
    gateway.setFaults([{ kind: 'rateLimited', retryAfter: '60' }]);
    const [first, second] = [gateway.addTask(), gateway.addTask()];
    const before = Date.now();
    track(first);
    await until(first, one => one.problem === 'rateLimited');
    track(second);
    const [pause] = store.pauses.list();
    const pausedAt = (pause?.until ?? 0) - 60_000;
    assert.deepEqual(
      [
        pause?.reason,
        pausedAt >= before && pausedAt <= Date.now(),
        gateway.requests.length,
        store.leases.claim('poll', Date.now(), 1000),
      ],
      ['rateLimited', true, 1, undefined],
    );
  });

  it('stops polling after three consecutive rejections of the key, and goes on with another key', async () => {
    key = 'wrong-key-not-real';
    const id = gateway.addTask({ queuedS: 0, processingS: 0 });
    track(id);
    await until(id, () => store.pauses.get(gateway.baseUrl, 'keyRejected')?.count === 3);
    const asked = gateway.requests.length;
    assert.deepEqual(
      [asked, store.pauses.untold()],
      [3, [{ gateway: gateway.baseUrl, reason: 'keyRejected' }]],
    );
    key = DEMO_KEY;
    store.pauses.end('keyRejected');
    assert.equal((await until(id, one => one.generation === 'completed')).problem, null);
  });

  it('sends nothing without a key, and goes on when there is one', async () => {
    key = undefined;
    const id = gateway.addTask({ queuedS: 0, processingS: 0 });
    track(id);
    await until(id, one => one.problem === 'noKey');
    assert.equal(gateway.requests.length, 0);
    key = DEMO_KEY;
    poller.keysChanged();
    await until(id, one => one.generation === 'completed');
    assert.deepEqual(store.pauses.list(), []);
  });

  it('leaves to a window with a key what it has none for', async () => {
    key = undefined;
    const id = gateway.addTask({ queuedS: 60, processingS: 60 });
    track(id);
    await until(id, one => one.problem === 'noKey');
    let paused = 0;
    const other = openWindow(() => DEMO_KEY);
    other.store.onDidChange(() => {
      paused += other.store.pauses.list().length;
    });
    other.poller.wake();
    await until(id, one => one.generation === 'completed');
    other.poller.dispose();
    other.store.dispose();
    assert.deepEqual([paused, store.pauses.list()], [0, []]);
  });

  it('looks for its key again, and says that there is none, once the window that had one no longer polls', async () => {
    key = undefined;
    const id = gateway.addTask({ queuedS: 100_000 });
    track(id);
    await until(id, one => one.problem === 'noKey');
    const other = openWindow(() => DEMO_KEY);
    other.poller.wake();
    const { key: task } = await until(id, one => one.generation === 'queued');
    other.poller.dispose();
    other.store.dispose();
    // As if all of it had been a little more than a minute ago.
    store.update(task, { nextPollAt: Date.now() - 61_000 });
    assert.deepEqual([store.find(gateway.baseUrl, id)?.problem, store.pauses.list()], [null, []]);
    const database = new DatabaseSync(join(folder(), 'dailies.db'));
    database.exec('UPDATE asks SET at = at - 61000');
    database.close();
    poller.wake();
    await until(id, one => one.problem === 'noKey');
    assert.deepEqual(
      store.pauses.list().map(pause => pause.reason),
      ['noKey'],
    );
  });

  it('sends two requests at a time, however many are due', async () => {
    gateway.setFaults({ kind: 'delay', ms: 50 });
    const ids = Array.from({ length: 12 }, () => gateway.addTask({ queuedS: 0, processingS: 0 }));
    store.commit(() => {
      ids.forEach(track);
    });
    let most = 0;
    const listener = store.onDidChange(() => {
      most = Math.max(most, gateway.requests.filter(request => !request.isOver).length);
    });
    await Promise.all(ids.map(id => until(id, one => one.generation === 'completed')));
    listener.dispose();
    assert.deepEqual([most <= 2, gateway.requests.length], [true, 12]);
  });

  it('does not write about a task that was removed while it was polled', async () => {
    gateway.setFaults({ kind: 'delay', ms: 100 });
    const id = gateway.addTask();
    const over = gateway.nextExchange();
    const { key: taskKey } = track(id);
    assert.equal(store.leases.held(Date.now()).length, 1);
    store.remove([taskKey]);
    await over;
    poller.dispose();
    assert.deepEqual([store.list(), log.lines.filter(line => line.startsWith('error'))], [[], []]);
  });
});
