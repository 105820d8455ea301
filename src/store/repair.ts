import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { restoreRows } from './restore.ts';
import { isNoList } from './sqliteErrors.ts';
import type { TaskStore } from './store.ts';

/** How long a repair waits for windows that are writing, ms. */
const PATIENCE = 2 * SECOND;

/** Whether a close look finds nothing wrong with the file, as after a repair by another window. */
export function isIntact(path: string): boolean {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok';
    } finally {
      database.close();
    }
  } catch (error) {
    if (!isNoList(error)) {
      throw error;
    }
    return false;
  }
}

/** Moves the file aside and fills a new one, opened by `open`, with what can be read of it. */
export function replaceDamaged(
  path: string,
  now: number,
  open: () => TaskStore,
): { readonly movedTo: string; readonly restored: number } {
  const writers = holdWriters(path);
  try {
    const movedTo = moveAside(path, now);
    const store = open();
    try {
      return { movedTo, restored: restoreRows(movedTo, store) };
    } finally {
      store.dispose();
    }
  } finally {
    writers.dispose();
  }
}

/** Keeps other windows from writing to a file that is about to be moved, as far as its damage allows. */
function holdWriters(path: string): Disposable {
  if (process.platform === 'win32') {
    // There, a file that is open cannot be moved.
    return { dispose: () => undefined };
  }
  const connection = new DatabaseSync(path);
  try {
    connection.exec(`PRAGMA busy_timeout = ${PATIENCE}; BEGIN IMMEDIATE`);
  } catch {
    // Too damaged for that: nobody else can write to it either, or brings over what it wrote.
  }
  return {
    dispose: () => {
      connection.close();
    },
  };
}

function moveAside(path: string, now: number): string {
  const movedTo = `${path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;
  for (const part of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(path + part)) {
      renameSync(path + part, movedTo + part);
    }
  }
  return movedTo;
}
