import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadOnlyError } from '../../../src/tasks/database.ts';
import { exportTasks, ImportError, importTasks } from '../../../src/tasks/exchange.ts';
import { TaskStore } from '../../../src/tasks/store.ts';
import { HandClock, NOON } from '../builders.ts';

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

  it('brings a list to another machine, where what was under way goes on, and its end is told', () => {
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
          ['vgen_saving', 'completed', 'waiting', null, null, NOON + 100, 'ended'],
          // Its file is on the other machine.
          ['vgen_saved', 'completed', 'waiting', null, null, NOON + 100, 'ended'],
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
        store.list().length,
      ],
      ['notJson', 'notOurs', 'newer', 'damaged', 'damaged', 'damaged', 'damaged', 'damaged', 'damaged', 0],
    );
  });
});
