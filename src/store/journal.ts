import type { DatabaseSync } from 'node:sqlite';
import { block } from '../base/clock.ts';
import { isBusy, lacksSharedMemory } from './sqliteErrors.ts';

/** How a file survives a crash: a write-ahead log, or a rollback journal where the first is not available. */
export type Journal = 'wal' | 'rollback';

/** How long to wait before the journal is set again, ms. */
const SET_AGAIN = 10;

/**
 * Sets how a file survives a crash, and that each commit is flushed. Gives the result: where write-ahead logging is not
 * available, a rollback journal. SQLite waits for other connections in all but this: it refuses some of several windows that
 * create a file at the same moment. Blocks for up to `patience` ms, as its own waiting does.
 */
export function setJournal(connection: DatabaseSync, preferred: Journal, patience: number): Journal {
  const end = performance.now() + patience;
  for (;;) {
    try {
      const journal = preferred === 'wal' && writeAhead(connection) ? 'wal' : rollBack(connection);
      connection.exec('PRAGMA synchronous = FULL');
      return journal;
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) {
        throw error;
      }
    }
    block(SET_AGAIN);
  }
}

/** Whether write-ahead logging is available: it needs memory that all who have the file open share. */
function writeAhead(connection: DatabaseSync): boolean {
  try {
    return connection.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode === 'wal';
  } catch (error) {
    if (lacksSharedMemory(error)) {
      return false;
    }
    throw error;
  }
}

function rollBack(connection: DatabaseSync): Journal {
  try {
    connection.exec('PRAGMA journal_mode = TRUNCATE');
  } catch (error) {
    if (!lacksSharedMemory(error)) {
      throw error;
    }
    // The file has a write-ahead log from elsewhere: alone with it, SQLite needs nothing shared (sqlite.org/wal.html#noshm).
    connection.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema',
    );
  }
  return connection.prepare('PRAGMA journal_mode').get()?.journal_mode === 'wal' ? 'wal' : 'rollback';
}
