import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadOnlyError } from '../../../src/store/sqliteErrors.ts';
import { exportTasks, ImportError, importTasks } from '../../../src/store/exchange.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { aTask, HandClock, NOON } from '../builders.ts';

const GATEWAY = 'https://gateway.example/kyyReactApiServer';

describe('exporting and importing tasks', () => {
  const stores: TaskStore[] = [];
  const aList = (): TaskStore => {
    const store = new TaskStore(':memory:', { clock: new HandClock() });
    stores.push(store);
    return store;
  };
  const reasonOf = (text: string, store = aList()): string => {
    try {
      importTasks(text, store, NOON);
      return 'taken';
    } catch (error) {
      assert.ok(error instanceof ImportError);
      return error.reason;
    }
  };

  afterEach(() => {
    for (const store of stores.splice(0)) {
      store.dispose();
    }
  });

  it('brings a list to another machine, where unfinished tasks continue, and their end is announced', () => {
    const [here, there] = [aList(), aList()];
    const saved = here.add(GATEWAY, 'vgen_saved', NOON).task.key;
    here.update(saved, {
      generation: 'completed',
      videoUrl: 'https://m.example/a',
      file: 'saved',
      filePath: '/a.mp4',
      nextPollAt: null,
    });
    const saving = here.add(GATEWAY, 'vgen_saving', NOON + 1).task.key;
    here.update(saving, {
      generation: 'completed',
      videoUrl: 'https://m.example/b',
      file: 'downloading',
      nextPollAt: null,
    });
    here.update(here.add(GATEWAY, 'vgen_failed', NOON + 2).task.key, {
      generation: 'failed',
      error: 'policy',
      nextPollAt: null,
    });
    here.add(GATEWAY, 'vgen_running', NOON + 3, NOON, { label: '雨中的猫' });
    const result = importTasks(exportTasks(here.list(), NOON), there, NOON + 100);
    assert.deepEqual(
      [
        result,
        there
          .list()
          .map(task => [
            task.id,
            task.generation,
            task.file,
            task.label,
            task.nextPollAt,
            task.nextSaveAt,
            task.told,
          ]),
      ],
      [
        { added: 4, updated: 0, unchanged: 0 },
        [
          ['vgen_running', 'unknown', 'none', '雨中的猫', NOON + 100, null, null],
          ['vgen_failed', 'failed', 'none', null, null, null, 'ended'],
          // What is over asks for nothing here; the clips' files are on the other machine.
          ['vgen_saving', 'completed', 'none', null, null, null, 'ended'],
          ['vgen_saved', 'completed', 'missing', null, null, null, 'ended'],
        ],
      ],
    );
  });

  it('never overwrites what is newer here, and takes what is newer there', () => {
    const [here, there] = [aList(), aList()];
    const facts = { generation: 'processing', answeredAt: NOON } as const;
    for (const id of ['vgen_older', 'vgen_newer', 'vgen_same']) {
      here.update(here.add(GATEWAY, id, NOON).task.key, facts);
      there.update(there.add(GATEWAY, id, NOON).task.key, facts);
    }
    const key = (store: TaskStore, id: string): number => store.find(GATEWAY, id)?.key ?? 0;
    here.update(key(here, 'vgen_older'), { generation: 'queued', answeredAt: NOON - 1 });
    here.update(key(here, 'vgen_newer'), {
      generation: 'failed',
      answeredAt: NOON + 1,
      error: 'policy',
      label: 'theirs',
    });
    there.update(key(there, 'vgen_newer'), { label: 'mine' });
    const result = importTasks(exportTasks(here.list(), NOON), there, NOON);
    const newer = there.find(GATEWAY, 'vgen_newer');
    assert.deepEqual(
      [result, there.find(GATEWAY, 'vgen_older')?.generation, newer?.generation, newer?.error, newer?.label],
      [{ added: 0, updated: 1, unchanged: 2 }, 'processing', 'failed', 'policy', 'mine'],
    );
  });

  it('brings shots, picks and notes along, and keeps those of here', () => {
    const [here, there] = [aList(), aList()];
    const take = { shotFile: 'a.shot.md', shot: 'One', take: 2, verdict: 'picked', note: 'best' } as const;
    const source = JSON.stringify({ gateway: GATEWAY, id: 'vgen_0', at: null });
    here.update(here.add(GATEWAY, 'vgen_new', NOON).task.key, { ...take, source });
    here.update(here.add(GATEWAY, 'vgen_known', NOON + 1).task.key, { ...take, source });
    here.update(here.add(GATEWAY, 'vgen_own', NOON + 2).task.key, take);
    there.add(GATEWAY, 'vgen_known', NOON);
    const own = {
      shotFile: null,
      shot: 'Other',
      take: 1,
      verdict: 'rejected',
      note: 'mine',
      source: null,
    } as const;
    there.update(there.add(GATEWAY, 'vgen_own', NOON).task.key, own);
    importTasks(exportTasks(here.list(), NOON), there, NOON + 100);
    const factsOf = (id: string): unknown => {
      const {
        shotFile,
        shot,
        take: number,
        verdict,
        note,
        source: from,
      } = there.find(GATEWAY, id) ?? aTask();
      return { shotFile, shot, take: number, verdict, note, source: from };
    };
    assert.deepEqual(
      [factsOf('vgen_new'), factsOf('vgen_known'), factsOf('vgen_own')],
      [{ ...take, source }, { ...take, source }, own],
    );
  });

  it('does not blame the file where the list itself cannot be written', () => {
    const here = aList();
    here.add(GATEWAY, 'vgen_one', NOON);
    const folder = mkdtempSync(join(tmpdir(), 'dailies-exchange-'));
    const path = join(folder, 'dailies.db');
    new TaskStore(path, { clock: new HandClock() }).dispose();
    const shown = new TaskStore(path, { clock: new HandClock(), readOnly: true });
    stores.push(shown);
    assert.throws(() => importTasks(exportTasks(here.list(), NOON), shown, NOON), ReadOnlyError);
    rmSync(folder, { recursive: true });
  });

  /** The text of a file with such a task. */
  const fileOf = (facts: object): string =>
    JSON.stringify({
      format: 'dailies-tasks',
      version: 1,
      tasks: [{ gateway: GATEWAY, id: 'vgen_1', trackedAt: NOON, ...facts }],
    });

  it('takes nothing that belongs to the list it comes from', () => {
    const store = aList();
    const own = {
      key: 77,
      saveFolder: '/etc',
      saveName: '../../x',
      part: '{}',
      nextPollAt: NOON + 1,
      nextSaveAt: NOON,
      askedAt: NOON,
      told: 'unsaved',
      linkRefusedAt: NOON,
      failedSaves: 7,
    };
    const text = fileOf({
      ...own,
      generation: 'completed',
      videoUrl: 'https://m.example/a',
      file: 'waiting',
    });
    importTasks(text.replace('"key"', '"__proto__":{"part":"{}"},"key"'), store, NOON + 5);
    const task = store.find(GATEWAY, 'vgen_1');
    assert.deepEqual(
      { ...task },
      aTask({
        gateway: GATEWAY,
        id: 'vgen_1',
        generation: 'completed',
        videoUrl: 'https://m.example/a',
        nextPollAt: null,
        told: 'ended',
        notifiedAt: NOON + 5,
      }),
    );
    assert.deepEqual(
      [store.leases.nextDueAt('poll', NOON + 10), store.leases.nextDueAt('save', NOON + 10)],
      [undefined, undefined],
    );
  });

  it('exports what it imports, and leaves out what it would not', () => {
    const [here, there] = [aList(), aList()];
    const { key } = here.add(GATEWAY, 'vgen_1', NOON, NOON, { request: '{"prompt":"a cat"}' }).task;
    here.update(key, { label: 'x'.repeat(5_000), createdAt: 9e15, saveName: 'mine', part: '{}' });
    const text = exportTasks(here.list(), NOON);
    importTasks(text, there, NOON);
    const { label, createdAt, request } = there.find(GATEWAY, 'vgen_1') ?? {};
    assert.deepEqual([label, createdAt, request], [null, null, '{"prompt":"a cat"}']);
    assert.doesNotMatch(text, /saveName|part|next|told/);
  });

  it('takes a clip for saved only where its file is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-exchange-'));
    const path = join(folder, 'clip.mp4');
    writeFileSync(path, 'a clip');
    const store = aList();
    const fileFacts = (facts: object): unknown[] => {
      importTasks(fileOf({ generation: 'completed', file: 'saved', ...facts }), store, NOON);
      const { key = 0, file, filePath } = store.find(GATEWAY, 'vgen_1') ?? {};
      store.remove([key]);
      return [file, filePath];
    };
    assert.deepEqual(
      [
        { filePath: path, fileSize: 6 },
        { filePath: path, fileSize: 7 },
        { filePath: `${path}.gone.mp4` },
        { filePath: '//server.example/share/clip.mp4' },
        { filePath: '\\\\server.example\\share\\clip.mp4' },
        { filePath: '/etc/passwd' },
        { filePath: 'clip.mp4' },
        { filePath: null },
      ].map(fileFacts),
      [
        ['saved', path],
        ['missing', path],
        ['missing', `${path}.gone.mp4`],
        ['missing', null],
        ['missing', null],
        ['missing', null],
        ['missing', null],
        ['missing', null],
      ],
    );
    rmSync(folder, { recursive: true });
  });

  it('polls a task under way here that is finished elsewhere', () => {
    const store = aList();
    const { key } = store.add(GATEWAY, 'vgen_1', NOON).task;
    store.update(key, { nextPollAt: NOON + 60_000 });
    const finished = { generation: 'completed', answeredAt: NOON, videoUrl: 'https://evil.example/a' };
    importTasks(fileOf(finished), store, NOON + 5);
    const { generation, videoUrl, nextPollAt, nextSaveAt } = store.get(key) ?? {};
    assert.deepEqual([generation, videoUrl, nextPollAt, nextSaveAt], ['unknown', null, NOON + 5, null]);
  });

  it('takes tasks of a gateway on this machine only where that is the gateway of now', () => {
    const local = 'http://127.0.0.1:8080/kyyReactApiServer';
    const store = aList();
    const importWith = (current?: string): unknown => {
      try {
        return importTasks(fileOf({ gateway: local }), store, NOON, current).added;
      } catch (error) {
        return error instanceof ImportError && [error.reason, error.detail];
      }
    };
    assert.deepEqual(
      [importWith(), importWith(GATEWAY), store.list().length, importWith(local)],
      [['localGateway', local], ['localGateway', local], 0, 1],
    );
  });

  it('says what is wrong with a file, and then changes nothing', () => {
    const file = (task: object): string =>
      JSON.stringify({
        format: 'dailies-tasks',
        version: 1,
        tasks: [{ gateway: GATEWAY, id: 'vgen_1', trackedAt: NOON }, task],
      });
    const store = aList();
    assert.deepEqual(
      [
        reasonOf('no json', store),
        reasonOf('[]', store),
        reasonOf('{"format":"dailies-tasks","version":2,"tasks":[]}', store),
        reasonOf('{"format":"dailies-tasks","version":1}', store),
        reasonOf(file({ gateway: GATEWAY, id: 'vgen_2' }), store),
        reasonOf(file({ gateway: GATEWAY, id: '../keys', trackedAt: NOON }), store),
        reasonOf(file({ gateway: 'http://evil.example', id: 'vgen_2', trackedAt: NOON }), store),
        reasonOf(file({ gateway: GATEWAY, id: 'vgen_2', trackedAt: NOON, generation: 'invented' }), store),
        reasonOf(file({ gateway: GATEWAY, id: 'vgen_2', trackedAt: NOON, answeredAt: 'yesterday' }), store),
        ...[9.1e15, 8.7e15, -9.1e15, 1.5, 1e300].flatMap(value => [
          reasonOf(fileOf({ createdAt: value }), store),
          reasonOf(fileOf({ trackedAt: value }), store),
        ]),
        reasonOf(fileOf({ label: 'x'.repeat(2_000) }), store),
        reasonOf(fileOf({ request: '['.repeat(1_000) }), store),
        reasonOf(fileOf({ file: 'invented' }), store),
        reasonOf(fileOf({ fileSize: -1 }), store),
        reasonOf('['.repeat(5_000_000), store),
        reasonOf(
          fileOf({ other: 0 }).replace('"other":0', `"other":${'['.repeat(5_000)}${']'.repeat(5_000)}`),
          store,
        ),
        store.list().length,
      ],
      [
        'notJson',
        'notOurs',
        'newer',
        'damaged',
        'damaged',
        'damaged',
        'damaged',
        'damaged',
        'damaged',
        ...Array.from({ length: 16 }, () => 'damaged'),
        0,
      ],
    );
  });
});
