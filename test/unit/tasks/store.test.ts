import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../../src/tasks/openStore.ts';
import { NewerSchemaError, SCHEMA_VERSION } from '../../../src/tasks/schema.ts';
import { TaskStore } from '../../../src/tasks/store.ts';
import { aTask, NOON, useFolder } from '../builders.ts';

const GATEWAY = 'https://gateway.example/kyyReactApiServer';

describe('the task store', () => {
  const folder = useFolder();
  const open = (): TaskStore => new TaskStore(join(folder(), 'dailies.db'));
  const opened: TaskStore[] = [];
  const window = (): TaskStore => {
    const store = open();
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

  it('lets one window claim a due task, and another only after the lease', () => {
    const [one, two] = [window(), window()];
    one.add(GATEWAY, 'vgen_1', NOON);
    assert.deepEqual(
      [
        one.claim('poll', NOON - 1, 1000)?.id,
        one.claim('poll', NOON, 1000)?.id,
        two.claim('poll', NOON, 1000)?.id,
        one.claim('poll', NOON, 1000)?.id,
        two.nextDueAt('poll'),
        two.claim('poll', NOON + 1000, 1000)?.id,
        one.renew(1, 'poll', NOON + 5000),
        two.renew(1, 'poll', NOON + 5000),
      ],
      [undefined, 'vgen_1', undefined, undefined, NOON + 1000, 'vgen_1', false, true],
    );
  });

  it('gives leases back when a window closes', () => {
    const [one, two] = [open(), window()];
    one.add(GATEWAY, 'vgen_1', NOON);
    one.claim('poll', NOON, 60_000);
    one.dispose();
    assert.equal(two.claim('poll', NOON, 60_000)?.id, 'vgen_1');
  });

  it('hands out the clip whose link dies first', () => {
    const store = window();
    for (const [id, linkExpiresAt] of [
      ['late', NOON + 9],
      ['early', NOON + 5],
      ['middle', NOON + 7],
    ] as const) {
      store.update(store.add(GATEWAY, id, NOON).task.key, { nextSaveAt: NOON, linkExpiresAt });
    }
    assert.deepEqual(
      [1, 2, 3, 4].map(() => store.claim('save', NOON, 1000)?.id),
      ['early', 'middle', 'late', undefined],
    );
  });

  it('leaves a paused gateway alone in all windows, until the pause ends', () => {
    const [one, two] = [window(), window()];
    one.add(GATEWAY, 'vgen_1', NOON);
    one.setPause({ gateway: GATEWAY, reason: 'rateLimited', until: NOON + 500, count: 1 });
    const during = [two.claim('poll', NOON, 1000), two.nextDueAt('poll')];
    one.setPause({ gateway: GATEWAY, reason: 'keyRejected', until: null, count: 3 });
    const without = [two.claim('poll', NOON + 9_999, 1000), two.nextDueAt('poll')];
    two.endKeyPauses();
    assert.deepEqual(
      [during, without, one.claim('poll', NOON, 1000)?.id],
      [[undefined, NOON + 500], [undefined, undefined], 'vgen_1'],
    );
  });

  it('lets a person be told once, whichever window asks first', () => {
    const [one, two] = [window(), window()];
    const { key } = one.add(GATEWAY, 'vgen_1', NOON).task;
    one.setPause({ gateway: GATEWAY, reason: 'keyRejected', until: null, count: 3 });
    assert.deepEqual(
      [
        two.claimNotification(key, NOON),
        one.claimNotification(key, NOON),
        one.claimKeyNotifications(),
        two.claimKeyNotifications(),
      ],
      [true, false, [GATEWAY], []],
    );
  });

  it('does not touch a database that a newer version has written', () => {
    open().dispose();
    const database = new DatabaseSync(join(folder(), 'dailies.db'));
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    assert.throws(() => openStore(folder(), NOON, () => undefined), NewerSchemaError);
    assert.deepEqual(
      readdirSync(folder()).filter(name => name.includes('damaged')),
      [],
    );
  });

  it('moves a damaged file aside with its date and begins anew', () => {
    writeFileSync(
      join(folder(), 'dailies.db'),
      'this is not a database, whatever its name says. '.repeat(100),
    );
    const { store, movedAside } = openStore(folder(), NOON, () => undefined);
    opened.push(store);
    assert.deepEqual(
      [store.list(), movedAside],
      [[], join(folder(), 'dailies.db.damaged-2026-11-21T10-00-00.000Z')],
    );
  });
});
