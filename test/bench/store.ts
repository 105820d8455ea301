import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/base/clock.ts';
import { openStore } from '../../src/store/openStore.ts';
import type { TaskStore } from '../../src/store/store.ts';
import { timeNews } from '../unit/store/windowsNews.ts';
import { tableOf, type Bench, type Findings } from './lib/bench.ts';
import { median, rounded } from './lib/statistics.ts';
import { addTasks, LIST } from './store/tasks.ts';

const TASKS = 10_000;
const OPENINGS = 15;
const CHANGES = 300;
const NEWS = 20;

/** What opening the list costs beside the reading that cannot be saved, and how soon a change is known. */
export const bench: Bench = {
  title: `opening a list of ${TASKS} tasks, against a bare SELECT of the same rows; a change until it is announced`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
    try {
      const store = open(folder);
      addTasks(store, TASKS);
      store.dispose();
      return await measure(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string): Promise<Findings> {
  // By turns, so that whatever else the machine does falls on both; the first pair only warms up.
  const turns = Array.from({ length: OPENINGS + 1 }, () => ({
    ...timeOpening(folder),
    selectMs: timeSelect(folder),
  })).slice(1);
  const openMs = median(turns.map(turn => turn.openMs));
  const selectMs = median(turns.map(turn => turn.selectMs));
  const { changeMs, updateMs } = timeChanges(folder);
  const newsMs = median(await timeNews(folder, systemClock, NEWS));
  return {
    json: {
      openMs: rounded(openMs, 2),
      selectMs: rounded(selectMs, 2),
      ratio: rounded(openMs / selectMs, 3),
      changeMs: rounded(changeMs, 3),
    },
    table: tableOf([
      ['', 'median, ms', 'of the baseline'],
      [`a bare SELECT of ${TASKS} tasks (baseline)`, selectMs.toFixed(1), '1.00'],
      ['openStore and the first list', openMs.toFixed(1), (openMs / selectMs).toFixed(2)],
      ['  openStore alone', median(turns.map(turn => turn.storeMs)).toFixed(1), ''],
      ['a bare UPDATE of one task (baseline)', updateMs.toFixed(2), '1.00'],
      ['a status change until onDidChange', changeMs.toFixed(2), (changeMs / updateMs).toFixed(2)],
      ['until onDidChange of another process', newsMs.toFixed(0), ''],
    ]),
  };
}

function open(folder: string): TaskStore {
  const { store, trouble } = openStore(folder, systemClock, error => {
    throw error;
  });
  if (trouble) {
    throw new Error(`The list cannot be used: ${trouble.kind}.`);
  }
  return store;
}

/** Until a window that opens has its first list in hand. */
function timeOpening(folder: string): { openMs: number; storeMs: number } {
  const start = performance.now();
  const store = open(folder);
  const opened = performance.now();
  const tasks = store.list();
  const end = performance.now();
  store.dispose();
  if (tasks.length !== TASKS) {
    throw new Error(`The list has ${tasks.length} tasks.`);
  }
  return { openMs: end - start, storeMs: opened - start };
}

/** The same rows in the same order, without anything of Dailies. */
function timeSelect(folder: string): number {
  const start = performance.now();
  const database = new DatabaseSync(join(folder, LIST));
  database.prepare('SELECT * FROM tasks ORDER BY trackedAt DESC, key DESC').all();
  const end = performance.now();
  database.close();
  return end - start;
}

/** One status change in a window until the same window announces it, and what SQLite alone needs for its commit. */
function timeChanges(folder: string): { changeMs: number; updateMs: number } {
  const store = open(folder);
  const bare = new DatabaseSync(join(folder, LIST));
  bare.exec('PRAGMA synchronous = FULL');
  const update = bare.prepare('UPDATE tasks SET generation = ? WHERE key = ?');
  const changes: number[] = [];
  const updates: number[] = [];
  for (let key = 1; key <= CHANGES; key++) {
    const start = performance.now();
    const listener = store.onDidChange(() => {
      changes.push(performance.now() - start);
    });
    store.update(key, { generation: 'processing' });
    listener.dispose();
    const between = performance.now();
    update.run('queued', key);
    updates.push(performance.now() - between);
  }
  bare.close();
  store.dispose();
  return { changeMs: median(changes), updateMs: median(updates) };
}
