import type { Database, Row } from './database.ts';
import { isOfFile } from './sqliteErrors.ts';

/** Facts that a person gave, which no newer response takes back. */
const PERSONAL = [
  'label',
  'seenAt',
  'saveFolder',
  'saveName',
  'shotFile',
  'shot',
  'take',
  'verdict',
  'note',
  'source',
] as const;

/** Never the same in two files, or what a task is known by. */
const IDENTITY: ReadonlySet<string> = new Set(['key', 'gateway', 'id', 'trackedAt']);

/**
 * Brings over into another file what has changed in this one since `seq` of its change log: tasks that are new or changed, and that
 * some were removed. Keys stay as they are where they are free. In one commit; what `to` knows better stays.
 */
export function bringOver(from: Database, to: Database, seq: number): void {
  const changed = from.all('SELECT DISTINCT task FROM changes WHERE seq > ? AND task IS NOT NULL', seq);
  to.transaction(() => {
    for (const { task } of changed) {
      const row = from.get('SELECT * FROM tasks WHERE key = ?', Number(task));
      if (row) {
        bringRow(row, to);
      } else {
        to.run('DELETE FROM tasks WHERE key = ?', Number(task));
      }
    }
  });
}

/** Brings over every task that `to` neither has nor has had, as far as the rows can be read: `from` may be damaged. */
export function bringMissing(from: Database, to: Database): void {
  to.transaction(() => {
    for (const { key } of from.all('SELECT key FROM tasks')) {
      const row = to.get('SELECT 1 FROM changes WHERE task = ?', Number(key))
        ? undefined
        : from.get('SELECT * FROM tasks WHERE key = ?', Number(key));
      if (row && !find(row, to)) {
        insert(row, to);
      }
    }
  });
}

/** Brings over what a window is working on, unless another works on it there. */
export function bringLeases(from: Database, to: Database, owner: string): void {
  to.transaction(() => {
    for (const { task, work, until } of from.all(
      'SELECT task, work, until FROM leases WHERE owner = ?',
      owner,
    )) {
      to.run(
        `INSERT OR IGNORE INTO leases (task, work, owner, until)
         SELECT :task, :work, :owner, :until WHERE EXISTS (SELECT 1 FROM tasks WHERE key = :task)`,
        { task: task ?? null, work: work ?? null, owner, until: until ?? null },
      );
    }
  });
}

/**
 * Brings intents over into another file of the same list, as far as they can be read. What was still to be sent there waits for a
 * person, and what was being sent may have been made: the file they come from may not have been the last.
 */
export function bringIntents(rows: readonly Row[], to: Database): void {
  bringRows(
    'intents',
    rows.map(row => ({ ...row, ...demoted(row) })),
    to,
  );
}

/** What outlives the tasks that it is about, with what its rows are known by. */
export const OUTLIVING = {
  charges: ['gateway', 'taskId'],
  removedTasks: ['gateway', 'id'],
  frames: ['path'],
} as const;

export type OutlivingTable = keyof typeof OUTLIVING;

export const OUTLIVING_TABLES = Object.keys(OUTLIVING) as OutlivingTable[];

/** Brings rows of a table over, as far as they can be read and `to` lacks them. */
export function bringRows(table: 'intents' | OutlivingTable, rows: readonly Row[], to: Database): void {
  const columns = new Set(to.all(`PRAGMA table_info(${table})`).map(column => String(column.name)));
  columns.delete('key');
  to.transaction(() => {
    for (const row of rows) {
      const names = Object.keys(row).filter(name => columns.has(name));
      const values = Object.fromEntries(names.map(name => [name, row[name] ?? null]));
      try {
        to.run(
          `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(name => `:${name}`).join(', ')})`,
          values,
        );
      } catch (error) {
        // A row that damage has changed beyond use stays behind.
        if (isOfFile(error)) {
          throw error;
        }
      }
    }
  });
}

function demoted({ state }: Row): Row {
  if (state === 'waiting') {
    return { state: 'notSent', problem: 'repaired' };
  }
  return state === 'sending' ? { state: 'unknown', problem: 'repaired' } : {};
}

function bringRow(row: Row, to: Database): void {
  const there = find(row, to);
  if (!there) {
    insert(row, to);
    return;
  }
  const isBehind =
    Number(there.answeredAt ?? 0) > Number(row.answeredAt ?? 0) ||
    (there.file === 'saved' && row.file !== 'saved');
  const names = Object.keys(row).filter(name => !IDENTITY.has(name));
  const taken = isBehind ? PERSONAL.filter(name => row[name] !== null) : names;
  if (taken.length > 0) {
    const assignments = taken.map(name => `${name} = :${name}`).join(', ');
    const values = Object.fromEntries(taken.map(name => [name, row[name] ?? null]));
    to.run(`UPDATE tasks SET ${assignments} WHERE key = :key`, { ...values, key: Number(there.key) });
  }
}

function find(row: Row, to: Database): Row | undefined {
  return to.get('SELECT * FROM tasks WHERE gateway = :gateway AND id = :id', {
    gateway: row.gateway ?? null,
    id: row.id ?? null,
  });
}

function insert(row: Row, to: Database): void {
  const isTaken = to.get('SELECT 1 FROM tasks WHERE key = ?', Number(row.key)) !== undefined;
  const { key, ...rest } = row;
  const values = isTaken ? rest : row;
  const names = Object.keys(values);
  to.run(
    `INSERT INTO tasks (${names.join(', ')}) VALUES (${names.map(name => `:${name}`).join(', ')})`,
    values,
  );
}
