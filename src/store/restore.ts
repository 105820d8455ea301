import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OUTLIVING, OUTLIVING_TABLES, type OutlivingTable } from './bringOver.ts';
import { withNumbers, type Row } from './database.ts';
import type { TaskStore } from './store.ts';
import type { Task } from '../tasks/task.ts';

/**
 * Brings over what can be read of a damaged database: tasks that have at least a gateway and an id, with every fact
 * that the current schema knows, under the keys that other windows know them by. Gives how many. What cannot be read stays in the
 * file, which is not changed. `change`: what a row becomes on the way.
 */
export function restoreRows(
  path: string,
  store: TaskStore,
  change: (row: Partial<Task>) => Partial<Task> = row => row,
): number {
  const { tasks, intents, outliving } = readableRows(path);
  store.intents.bringBack(intents);
  store.videos.bringBack(outliving);
  let restored = 0;
  for (const row of tasks as Partial<Task>[]) {
    const { gateway, id, trackedAt } = row;
    if (typeof gateway === 'string' && typeof id === 'string' && typeof trackedAt === 'number') {
      try {
        restored += store.restore({ gateway, id, trackedAt }, change(row), row.key) ? 1 : 0;
      } catch {
        // A value that the damage has changed beyond use: this row stays behind, the next may be whole.
      }
    }
  }
  return restored;
}

/** The rows of what outlives tasks. */
type Outliving = ReadonlyMap<OutlivingTable, Row[]>;

/** What can be read of the tables that hold what a person would miss. */
interface Readable {
  readonly tasks: Row[];
  readonly intents: Row[];
  readonly outliving: Outliving;
}

function readableRows(path: string): Readable {
  // A copy elsewhere: the file's own folder may be read-only or full.
  const folder = mkdtempSync(join(tmpdir(), 'dailies-restore-'));
  const copy = join(folder, 'copy.db');
  try {
    for (const part of ['', '-wal'].filter(end => existsSync(path + end))) {
      copyFileSync(path + part, copy + part);
    }
    fillUp(copy);
    return {
      tasks: rowsAround(copy, 'tasks', ['key']),
      intents: rowsAround(copy, 'intents', ['key']),
      outliving: new Map(OUTLIVING_TABLES.map(table => [table, rowsAround(copy, table, OUTLIVING[table])])),
    };
  } catch {
    // Not a database at all: there is nothing to read.
    return { tasks: [], intents: [], outliving: new Map() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SQLite reads nothing of a file that is shorter than its header says (sqlite.org/fileformat: sizes at 16 and 28). */
function fillUp(path: string): void {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  // 1 stands for 65,536, which does not fit.
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const size = pageSize * header.readUInt32BE(28);
  // A header that is damaged too must not make the copy fill the disk.
  if (size > statSync(path).size && size < 100 * statSync(path).size) {
    truncateSync(path, size);
  }
}

/** Rows one by one until the damage is met, then from the other end, for those behind it. */
function rowsAround(
  path: string,
  table: 'tasks' | 'intents' | OutlivingTable,
  key: readonly string[],
): Row[] {
  const rows = new Map<string, Row>();
  const database = new DatabaseSync(path);
  try {
    for (const order of ['ASC', 'DESC']) {
      try {
        const by = key.map(name => `${name} ${order}`).join(', ');
        const statement = database.prepare(`SELECT * FROM ${table} NOT INDEXED ORDER BY ${by}`);
        // Else one number that JavaScript has not would end the reading.
        statement.setReadBigInts(true);
        for (const row of statement.iterate()) {
          rows.set(key.map(name => String(row[name])).join(' '), withNumbers(row as Row<bigint>));
        }
      } catch {
        // The damage: what came before it is kept.
      }
    }
  } finally {
    database.close();
  }
  return [...rows.values()];
}
