import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../../src/base/clock.ts';
import {
  moveWhenPossible,
  openStore,
  openWhenFree,
  type OpenedStore,
  type StoreTrouble,
} from '../../../src/store/openStore.ts';
import { SCHEMA_VERSION } from '../../../src/store/migrate.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { eventually } from '../../vscode/wait.ts';
import { aTask, HandClock, NOON } from '../builders.ts';
import { remount, useSmallDisk } from '../smallDisk.ts';

const GATEWAY = 'https://zcbservice.aizfw.cn/kyyReactApiServer';
/** Room for a few thousand rows, and filled in no time. */
const DISK_BYTES = 16 * 1024 * 1024;

const databases = resolve(import.meta.dirname, '../../fixtures/databases');

describe('opening the task list', () => {
  const opened: OpenedStore[] = [];
  const close = (): void => {
    for (const { store } of opened.splice(0)) {
      store.dispose();
    }
  };
  const folder = useSmallDisk(DISK_BYTES, close);
  const path = (): string => join(folder(), 'dailies.db');
  const open = (): OpenedStore => {
    const result = openStore(folder(), new HandClock(), () => undefined);
    opened.push(result);
    return result;
  };
  /** A whole list of this many tasks, closed again. */
  const makeList = (count: number): void => {
    const { store } = open();
    store.commit(() => {
      for (let index = 0; index < count; index++) {
        store.add(GATEWAY, `vgen_${index}`, NOON + index, NOON, {
          label: `take ${index} ${'x'.repeat(200)}`,
        });
      }
    });
    close();
  };

  for (const name of globSync('schema-*.db', { cwd: databases })) {
    it(`brings a file of ${name.replace('.db', '')} to the schema of today, with all its facts`, () => {
      copyFileSync(join(databases, name), path());
      const { store, trouble } = open();
      assert.deepEqual(
        [trouble, store.list().map(task => [task.id, task.generation, task.file, task.label])],
        [
          undefined,
          [
            ['video_failed', 'failed', 'none', null],
            ['vgen_saved', 'completed', 'saved', '雨中的猫'],
            ['vgen_waiting', 'unknown', 'none', null],
          ],
        ],
      );
      assert.deepEqual(
        { ...store.find(GATEWAY, 'vgen_waiting') },
        aTask({ gateway: GATEWAY, id: 'vgen_waiting' }),
      );
    });
  }

  it('knows the shot of what was made before tasks knew it', () => {
    copyFileSync(join(databases, 'schema-5.db'), path());
    const { shotFile, shot, take } = open().store.find(GATEWAY, 'vgen_saved') ?? aTask();
    assert.deepEqual([shotFile, shot, take], ['shots/rain.shot.md', 'The cat', 2]);
  });

  it('has a fixture of every schema before that of today', () => {
    assert.deepEqual(
      globSync('schema-*.db', { cwd: databases }).sort(),
      Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => `schema-${index + 1}.db`),
    );
  });

  it('shows what a newer version has written, and does not change it', () => {
    makeList(2);
    const database = new DatabaseSync(path());
    database.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    const { store, trouble } = open();
    assert.deepEqual([trouble, store.list().length, store.isReadOnly], [{ kind: 'newer' }, 2, true]);
    assert.throws(() => store.add(GATEWAY, 'vgen_new', NOON), /only shown, not changed/);
    close();
    assert.deepEqual(
      readdirSync(folder()).filter(name => name.includes('damaged')),
      [],
    );
  });

  it('still knows what removed tasks cost when it has mended a damaged file', () => {
    makeList(300);
    const { store } = open();
    for (const task of store.list().slice(0, 3)) {
      store.update(task.key, { generation: 'completed', amount: 2 });
    }
    store.remove(store.list().map(({ key }) => key));
    store.charges.note({ gateway: GATEWAY, taskId: 'vgen_gone', kind: 'kind', seconds: 8, amount: 3 }, NOON);
    const database = new DatabaseSync(path());
    const root = Number(
      database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'tasksByPoll'`).get()?.rootpage,
    );
    database.close();
    close();
    const bytes = readFileSync(path());
    bytes.fill(0xff, 4096 * (root - 1), 4096 * root);
    writeFileSync(path(), bytes);
    const mended = open();
    assert.equal(mended.trouble?.kind, 'damaged');
    assert.deepEqual(
      mended.store.videos.since(0).tasks.map(({ amount, isRemoved }) => [amount, isRemoved]),
      [
        [2, 1],
        [2, 1],
        [2, 1],
      ],
    );
    assert.equal(mended.store.charges.ofTask(GATEWAY, 'vgen_gone'), 3);
  });

  it('gives each list a name of its own, which it keeps', () => {
    const name = open().store.listName;
    close();
    const again = open().store.listName;
    const other = new TaskStore(':memory:', { clock: new HandClock() });
    assert.match(name, /^[0-9a-f]{16}$/);
    assert.deepEqual([again, other.listName === name], [name, false]);
    other.dispose();
  });

  it('moves a file that is no database aside with its date, and begins anew', () => {
    const text = 'this is not a database, whatever its name says. '.repeat(100);
    writeFileSync(path(), text);
    const { store, trouble } = open();
    const movedTo = `${path()}.damaged-2026-11-21T10-00-00.000Z`;
    assert.deepEqual(
      [store.list(), trouble, readFileSync(movedTo, 'utf8') === text],
      [[], { kind: 'damaged', movedTo, restored: 0 }, true],
    );
  });

  it('brings over what can be read of a truncated file', () => {
    makeList(400);
    truncateSync(path(), 4096 * 40);
    const { store, trouble } = open();
    const restored = trouble?.kind === 'damaged' ? trouble.restored : 0;
    assert.ok(restored > 0 && restored < 400, `${restored} of 400 tasks were restored`);
    assert.deepEqual(
      [store.list().length, store.list().every(task => task.label?.startsWith('take '))],
      [restored, true],
    );
  });

  it('brings over what can be read around a damaged page', () => {
    makeList(400);
    const bytes = readFileSync(path());
    bytes.fill(0xff, 4096 * 25, 4096 * 26);
    writeFileSync(path(), bytes);
    const { store, trouble } = open();
    const restored = trouble?.kind === 'damaged' ? trouble.restored : 0;
    assert.ok(restored > 300, `${restored} of 400 tasks were restored`);
    assert.equal(store.list().length, restored);
  });

  it('takes a damaged index for damage, and brings over every row', () => {
    makeList(400);
    const database = new DatabaseSync(path());
    const root = Number(
      database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'tasksByPoll'`).get()?.rootpage,
    );
    database.close();
    const bytes = readFileSync(path());
    bytes.fill(0xff, 4096 * (root - 1), 4096 * root);
    writeFileSync(path(), bytes);
    const { store, trouble } = open();
    assert.deepEqual(
      [
        trouble?.kind === 'damaged' && trouble.restored,
        store.list().length,
        store.leases.claim('poll', NOON + 500, 1000)?.id,
      ],
      [400, 400, 'vgen_0'],
    );
  });

  it('is repaired once when several windows meet the damage', () => {
    writeFileSync(path(), 'this is not a database, whatever its name says. '.repeat(100));
    const [first, second] = [open(), open()];
    first.store.add(GATEWAY, 'vgen_1', NOON);
    assert.deepEqual(
      [first.trouble?.kind, second.trouble, second.store.list().length],
      ['damaged', undefined, 1],
    );
  });

  it('goes on with clips that were coming together, in a file that was repaired', () => {
    makeList(2_000);
    const { store } = open();
    const key = store.find(GATEWAY, 'vgen_0')?.key ?? 0;
    store.update(key, { part: '{"path":"/clips/a.part"}', file: 'waiting' });
    close();
    truncateSync(path(), 300_000);
    const again = open();
    assert.equal(again.trouble?.kind, 'damaged');
    assert.equal(again.store.find(GATEWAY, 'vgen_0')?.part, '{"path":"/clips/a.part"}');
  });

  it('takes tables of another program for damage', () => {
    const database = new DatabaseSync(path());
    database.exec(
      `CREATE TABLE tasks (name TEXT); INSERT INTO tasks VALUES ('x'); PRAGMA user_version = ${SCHEMA_VERSION}`,
    );
    database.close();
    const { store, trouble } = open();
    store.add(GATEWAY, 'vgen_1', NOON);
    assert.deepEqual([trouble?.kind, store.list().length], ['damaged', 1]);
  });

  it('keeps the list in memory where the folder cannot be used', () => {
    writeFileSync(join(folder(), 'file'), '');
    const result = openStore(join(folder(), 'file', 'below'), new HandClock(), () => undefined);
    opened.push(result);
    result.store.add(GATEWAY, 'vgen_1', NOON);
    assert.deepEqual([result.trouble?.kind, result.store.list().length], ['unusable', 1]);
  });

  it('shows the list, and goes on in memory, where its folder is read-only', () => {
    makeList(3);
    remount(folder(), 'ro');
    try {
      const { store, trouble } = open();
      store.add(GATEWAY, 'vgen_new', NOON);
      assert.deepEqual(
        [
          trouble?.kind,
          store
            .list()
            .map(task => task.id)
            .sort(),
        ],
        ['unusable', ['vgen_0', 'vgen_1', 'vgen_2', 'vgen_new']],
      );
    } finally {
      remount(folder(), 'rw');
    }
  });

  it('waits for a file that another program has locked, and does not hold up the window meanwhile', async () => {
    makeList(3);
    const other = new DatabaseSync(path());
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
    let isBusy = false;
    let turns = 0;
    const opening = openWhenFree(folder(), systemClock, () => undefined, {
      onBusy: () => {
        isBusy = true;
      },
      onRepaired: () => undefined,
      signal: new AbortController().signal,
    });
    await eventually(() => {
      turns++;
      assert.ok(isBusy);
    });
    other.close();
    const result = await opening;
    opened.push(result);
    assert.deepEqual([result.trouble, result.store.list().length, turns > 0], [undefined, 3, true]);
  });

  it('moves what was tracked in memory into the file as soon as that can be used', () => {
    makeList(3);
    const clock = new HandClock();
    remount(folder(), 'ro');
    const result = openStore(folder(), clock, () => undefined);
    opened.push(result);
    const { store } = result;
    let isMoved = false;
    const moving = moveWhenPossible(folder(), store, clock, () => {
      isMoved = true;
    });
    const { key } = store.add(GATEWAY, 'vgen_new', NOON + 9).task;
    store.leases.claim('poll', NOON, 1_000_000);
    store.update(store.find(GATEWAY, 'vgen_0')?.key ?? 0, { label: 'mine' });
    store.remove([store.find(GATEWAY, 'vgen_1')?.key ?? 0]);
    clock.ringNext(NOON + 40_000);
    const before = isMoved;
    remount(folder(), 'rw');
    const heard = new Set<number>();
    store.onDidChange(keys => {
      for (const one of keys) {
        heard.add(one);
      }
    });
    clock.ringNext(clock.now() + 40_000);
    moving.dispose();
    const again = open();
    const inFile = again.store.list().map(task => [task.id, task.key === key, task.label?.slice(0, 6)]);
    assert.deepEqual(
      [before, isMoved, inFile, heard.has(key), store.leases.held(NOON)[0]?.isOurs],
      [
        false,
        true,
        [
          ['vgen_new', true, undefined],
          ['vgen_2', false, 'take 2'],
          ['vgen_0', false, 'mine'],
        ],
        true,
        true,
      ],
    );
    // Both are one list now.
    store.update(key, { label: 'seen' });
    assert.equal(again.store.get(key)?.label, 'seen');
  });

  it('keeps a list on the disk where it cannot be written ahead of, says so once, and takes over one that was', () => {
    makeList(3);
    // SQLite's way for drives that have no memory to share; it locks with a file, which the other ways do not see.
    const uri = `file:${path()}?vfs=unix-dotfile`;
    const store = new TaskStore(uri, { clock: new HandClock() });
    const first = [store.file.journal, store.list().length, store.claimOnce('told'), store.claimOnce('told')];
    store.add(GATEWAY, 'vgen_new', NOON);
    store.dispose();
    const again = new TaskStore(uri, { clock: new HandClock() });
    assert.deepEqual(
      [first, again.list().length, again.claimOnce('told')],
      [['rollback', 3, true, false], 4, false],
    );
    again.dispose();
    assert.ok(!existsSync(`${path()}-wal`));
    const other = new TaskStore(path(), { clock: new HandClock(), journal: 'rollback' });
    assert.deepEqual([other.file.journal, other.list().length], ['rollback', 4]);
    other.dispose();
  });

  it('repairs itself when it meets damage in the midst of work, whatever SQLite calls it', () => {
    makeList(50);
    const database = new DatabaseSync(path());
    const root = Number(
      database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'tasksByPoll'`).get()?.rootpage,
    );
    database.close();
    // An index without any entry (sqlite.org/fileformat: a leaf, no cells): no look at pages alone finds that.
    const bytes = readFileSync(path());
    const empty = Buffer.alloc(4096);
    empty.set([0x0a, 0, 0, 0, 0, 0x10, 0, 0]);
    empty.copy(bytes, 4096 * (root - 1));
    writeFileSync(path(), bytes);
    const clock = new HandClock();
    const repaired: StoreTrouble[] = [];
    const result = openStore(folder(), clock, () => undefined, {
      onRepaired: trouble => repaired.push(trouble),
    });
    opened.push(result);
    const { store } = result;
    const { key } = store.find(GATEWAY, 'vgen_7') ?? { key: 0 };
    assert.throws(
      () => {
        store.update(key, { nextPollAt: NOON + 7 });
      },
      (error: Error & { errcode?: number }) => error.errcode === 779,
    );
    clock.ringNext(NOON);
    store.update(key, { nextPollAt: NOON + 7 });
    assert.deepEqual(
      [repaired.map(({ kind }) => kind), store.list().length, store.get(key)?.nextPollAt],
      [['damaged'], 50, NOON + 7],
    );
  });

  it('loses nothing on a full disk, says so, and goes on when there is room', () => {
    makeList(3);
    const { store } = open();
    let failures = 0;
    store.file.onDidFail(() => failures++);
    const filler = join(folder(), 'filler');
    assert.throws(() => {
      writeFileSync(filler, Buffer.alloc(DISK_BYTES));
    }, /ENOSPC/);
    const label = 'x'.repeat(20_000);
    const fill = (): void => {
      for (let index = 0; index < 100; index++) {
        store.add(GATEWAY, `vgen_more_${index}`, NOON, NOON, { label });
      }
    };
    assert.throws(fill, /disk is full/);
    assert.ok(failures > 0);
    rmSync(filler);
    const kept = store.list().length;
    fill();
    close();
    const again = open();
    assert.deepEqual(
      [
        again.trouble,
        again.store.list().length,
        again.store
          .list()
          .filter(task => task.id.includes('more'))
          .every(task => task.label === label),
        kept >= 3,
      ],
      [undefined, 103, true, true],
    );
  });
});
