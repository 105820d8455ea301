import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TaskStore } from '../../../src/store/store.ts';
import { aTask, HandClock, NOON, useFolder } from '../builders.ts';

const GATEWAY = 'https://gateway.example/kyyReactApiServer';

describe('the task store', () => {
  const folder = useFolder();
  const open = (clock = new HandClock()): TaskStore => new TaskStore(join(folder(), 'dailies.db'), { clock });
  const opened: TaskStore[] = [];
  const window = (clock?: HandClock): TaskStore => {
    const store = open(clock);
    opened.push(store);
    return store;
  };

  afterEach(() => {
    for (const store of opened.splice(0)) {
      store.dispose();
    }
  });

  it('keeps what was written, for the next window', () => {
    const first = open();
    const { task } = first.add(GATEWAY, 'vgen_1', NOON);
    first.update(task.key, { generation: 'completed', actualDuration: 8.5, label: '雨中的猫' });
    first.dispose();
    assert.deepEqual(
      { ...window().get(task.key) },
      aTask({ id: 'vgen_1', generation: 'completed', actualDuration: 8.5, label: '雨中的猫' }),
    );
  });

  it('never holds the same task twice, and holds the same id of another gateway', () => {
    const store = window();
    const first = store.add(GATEWAY, 'vgen_1', NOON);
    const again = store.add(GATEWAY, 'vgen_1', NOON + 1);
    const other = store.add('https://other.example/x', 'vgen_1', NOON + 2);
    assert.deepEqual(
      [first.isNew, again.isNew, again.task.key === first.task.key, other.isNew, store.list().length],
      [true, false, true, true, 2],
    );
  });

  it('announces each change after its commit, with the keys that changed', () => {
    const store = window();
    const seen: string[] = [];
    store.onDidChange(keys =>
      seen.push([...keys].map(key => `${key}:${store.get(key)?.generation ?? 'gone'}`).join()),
    );
    const { task } = store.add(GATEWAY, 'vgen_1', NOON);
    store.update(task.key, { generation: 'queued' });
    store.update(999, { generation: 'queued' });
    store.remove([task.key]);
    assert.deepEqual(seen, ['1:unknown', '1:queued', '1:gone']);
  });

  /** The file, past the store. */
  const raw = <T>(action: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(join(folder(), 'dailies.db'));
    try {
      return action(database);
    } finally {
      database.close();
    }
  };

  it('reads a list in which a row holds what no task can, and mends that row at the next opening', () => {
    const store = open();
    for (const id of ['vgen_good', 'vgen_far', 'vgen_odd']) {
      store.add(GATEWAY, id, NOON);
    }
    raw(database => {
      database.exec(`UPDATE tasks SET createdAt = 9100000000000000, trackedAt = 9223372036854775807,
        linkExpiresAt = -9100000000000000, askedAt = 8700000000000000 WHERE id = 'vgen_far'`);
      database.exec(`UPDATE tasks SET generation = 'invented', file = 'odd' WHERE id = 'vgen_odd'`);
    });
    const far = store.find(GATEWAY, 'vgen_far');
    assert.deepEqual(
      [
        store.list().length,
        far?.createdAt,
        far?.linkExpiresAt,
        store.leases.claim('poll', NOON, 1000) !== undefined,
      ],
      [3, null, null, true],
    );
    store.dispose();
    const again = window();
    const { trackedAt, createdAt, linkExpiresAt, askedAt } = again.find(GATEWAY, 'vgen_far') ?? {};
    const odd = again.find(GATEWAY, 'vgen_odd');
    assert.deepEqual(
      [again.file.healed, trackedAt, createdAt, linkExpiresAt, askedAt, odd?.generation, odd?.file],
      [['vgen_far', 'vgen_odd'], 0, null, null, null, 'unknown', 'none'],
    );
    assert.deepEqual(window().file.healed, []);
  });

  it('writes no number that it could not read back', () => {
    const store = window();
    const { key } = store.add(GATEWAY, 'vgen_1', NOON).task;
    store.update(key, { createdAt: 1e300, actualDuration: Number.NaN, linkExpiresAt: 2 ** 60 });
    const { createdAt, actualDuration, linkExpiresAt } = store.get(key) ?? {};
    assert.deepEqual([createdAt, actualDuration, linkExpiresAt], [null, null, null]);
  });

  it('forgets old changes while it is open', () => {
    const store = window();
    raw(database => {
      database.exec(`INSERT INTO changes (task, at)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT NULL, 0 FROM n`);
    });
    store.add(GATEWAY, 'vgen_1', NOON);
    store.add(GATEWAY, 'vgen_2', NOON);
    const kept = raw(database => database.prepare('SELECT COUNT(*) AS count FROM changes').get()?.count);
    assert.ok(Number(kept) < 10, `${String(kept)} changes are kept`);
  });

  it('lets one window claim a due task, and another only after the lease', () => {
    const [one, two] = [window(), window()];
    one.add(GATEWAY, 'vgen_1', NOON);
    assert.deepEqual(
      [
        one.leases.claim('poll', NOON - 1, 1000)?.id,
        one.leases.claim('poll', NOON, 1000)?.id,
        two.leases.claim('poll', NOON, 1000)?.id,
        one.leases.claim('poll', NOON, 1000)?.id,
        two.leases.nextDueAt('poll', NOON),
        two.leases.claim('poll', NOON + 1000, 1000)?.id,
        one.leases.renew(1, 'poll', NOON + 5000),
        two.leases.renew(1, 'poll', NOON + 5000),
      ],
      [undefined, 'vgen_1', undefined, undefined, NOON + 1000, 'vgen_1', false, true],
    );
  });

  it('gives leases back when a window closes', () => {
    const [one, two] = [open(), window()];
    one.add(GATEWAY, 'vgen_1', NOON);
    one.leases.claim('poll', NOON, 60_000);
    one.dispose();
    assert.equal(two.leases.claim('poll', NOON, 60_000)?.id, 'vgen_1');
  });

  it('hands out the clip whose link expires first, six at a time over all windows', () => {
    const [one, two] = [window(), window()];
    for (const hours of [9, 5, 7, 1, 8, 4, 2]) {
      const { task } = one.add(GATEWAY, `dies-${hours}`, NOON);
      one.update(task.key, { nextSaveAt: NOON, linkExpiresAt: NOON + hours });
    }
    const claim = (store: TaskStore): string | undefined => store.leases.claim('save', NOON, 1000)?.id;
    assert.deepEqual(
      [one, two, two, one, two, one].map(claim),
      [1, 2, 4, 5, 7, 8].map(hours => `dies-${hours}`),
    );
    assert.deepEqual([claim(one), one.leases.isCrowded('save', NOON)], [undefined, true]);
    two.leases.release(one.find(GATEWAY, 'dies-4')?.key ?? 0, 'save');
    assert.deepEqual(
      [claim(one), claim(two), one.leases.isCrowded('save', NOON)],
      ['dies-4', undefined, true],
    );
    one.update(one.find(GATEWAY, 'dies-9')?.key ?? 0, { nextSaveAt: NOON + 1 });
    assert.equal(two.leases.isCrowded('save', NOON), false);
  });

  it('sends one gateway two requests at a time over all windows, and others to another', () => {
    const [one, two] = [window(), window()];
    for (const id of ['a', 'b', 'c']) {
      one.add(GATEWAY, id, NOON);
    }
    one.add('https://other.example/x', 'd', NOON);
    assert.deepEqual(
      [one, two, one, two].map(store => store.leases.claim('poll', NOON, 1000)?.id),
      ['a', 'b', 'd', undefined],
    );
  });

  it('does not wait for a day where the clock was turned back by one', () => {
    const store = window();
    const { key } = store.add(GATEWAY, 'vgen_1', NOON).task;
    store.leases.claim('poll', NOON, 45_000);
    store.update(key, { nextPollAt: NOON + 30_000 });
    const yesterday = NOON - 24 * 60 * 60_000;
    assert.deepEqual(
      [store.leases.nextDueAt('poll', yesterday), store.leases.claim('poll', yesterday, 45_000)?.id],
      [yesterday, 'vgen_1'],
    );
  });

  it('announces what another window committed, once, in its own time', () => {
    const clock = new HandClock();
    const [one, two] = [window(), window(clock)];
    const seen: number[][] = [];
    two.onDidChange(keys => seen.push([...keys]));
    const { key } = one.add(GATEWAY, 'vgen_1', NOON).task;
    one.update(key, { generation: 'queued' });
    one.remove([key]);
    const before = seen.length;
    clock.ringNext(NOON + 2_000);
    clock.ringNext(NOON + 4_000);
    assert.deepEqual([before, seen, two.list()], [0, [[key]], []]);
  });

  it('leaves a paused gateway alone in all windows, until the pause ends', () => {
    const [one, two] = [window(), window()];
    one.add(GATEWAY, 'vgen_1', NOON);
    one.pauses.set({ gateway: GATEWAY, reason: 'rateLimited', until: NOON + 500, count: 1 });
    const during = [two.leases.claim('poll', NOON, 1000), two.leases.nextDueAt('poll', NOON)];
    one.pauses.set({ gateway: GATEWAY, reason: 'keyRejected', until: NOON + 20_000, count: 3 });
    const without = [
      two.leases.claim('poll', NOON + 9_999, 1000),
      two.leases.nextDueAt('poll', NOON + 9_999),
    ];
    two.pauses.end('keyRejected');
    assert.deepEqual(
      [during, without, one.leases.claim('poll', NOON + 501, 1000)?.id],
      [[undefined, NOON + 500], [undefined, NOON + 20_000], 'vgen_1'],
    );
  });

  it('probes a gateway that rejects the key with one request over all windows', () => {
    const [one, two] = [window(), window()];
    one.add(GATEWAY, 'vgen_1', NOON);
    one.add(GATEWAY, 'vgen_2', NOON);
    // As an older Dailies paused it, until there is another key.
    one.pauses.set({ gateway: GATEWAY, reason: 'keyRejected', until: null, count: 3 });
    const claims = [one, two, one].map(store => store.leases.claim('poll', NOON + 1, 1000)?.id);
    one.pauses.end('keyRejected');
    assert.deepEqual(
      [...claims, two.leases.claim('poll', NOON + 2, 1000)?.id],
      ['vgen_1', undefined, undefined, 'vgen_2'],
    );
  });

  it('lets one window show a notification, whichever claims it first', () => {
    const [one, two] = [window(), window()];
    const { key } = one.add(GATEWAY, 'vgen_1', NOON).task;
    one.pauses.set({ gateway: GATEWAY, reason: 'keyRejected', until: NOON, count: 3 });
    assert.deepEqual(
      [
        two.claimNotification(key, 'ended', NOON),
        one.claimNotification(key, 'ended', NOON),
        one.pauses.untold().length,
        one.pauses.claimNotification(GATEWAY, 'keyRejected'),
        two.pauses.claimNotification(GATEWAY, 'keyRejected'),
        two.pauses.untold().length,
      ],
      [true, false, 1, true, false, 0],
    );
  });
});
