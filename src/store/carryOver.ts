import type { TaskKey } from '../tasks/task.ts';
import {
  bringIntents,
  bringLeases,
  bringMissing,
  bringOver,
  bringRows,
  OUTLIVING_TABLES,
} from './bringOver.ts';
import type { Database } from './database.ts';
import { healRows } from './heal.ts';
import { isDamage } from './sqliteErrors.ts';

/**
 * Brings everything over from one list to another that replaces it: the changes since `since` (a position in the change log), tasks
 * and intents that the other one lacks, what outlives tasks, and the leases of `owner`. What a damaged list no longer yields is left out. Throws if the
 * other list cannot be written.
 */
export function carryOver(from: Database, to: Database, since: number, owner: string): void {
  ignoringDamage(() => {
    bringOver(from, to, since);
  });
  ignoringDamage(() => {
    bringMissing(from, to);
  });
  ignoringDamage(() => {
    bringIntents(from.all('SELECT * FROM intents'), to);
  });
  for (const table of OUTLIVING_TABLES) {
    ignoringDamage(() => {
      bringRows(table, from.all(`SELECT * FROM ${table}`), to);
    });
  }
  ignoringDamage(() => {
    bringLeases(from, to, owner);
  });
  healRows(to);
}

/** The keys of all tasks; empty if the list cannot be read. */
export function keysIn(database: Database): TaskKey[] {
  try {
    return database.all('SELECT key FROM tasks').map(({ key }) => Number(key));
  } catch {
    return [];
  }
}

function ignoringDamage(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
  }
}
