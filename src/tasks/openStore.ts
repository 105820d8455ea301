import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { NewerSchemaError } from './schema.ts';
import { TaskStore } from './store.ts';

/** An open store, and where a damaged file was moved to, if there was one. */
export interface OpenedStore {
  readonly store: TaskStore;
  readonly movedAside: string | undefined;
}

/** What SQLite says of a file that is no database or is damaged: SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode). */
const DAMAGED: ReadonlySet<unknown> = new Set([11, 26]);

/**
 * Opens the task list in a folder, making both where they are missing. A damaged file is moved aside with its date,
 * never deleted, and an empty list begins. Throws `NewerSchemaError`, or the system's error.
 */
export function openStore(
  folder: string,
  now: number,
  onListenerError: (error: unknown) => void,
): OpenedStore {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'dailies.db');
  try {
    return { store: new TaskStore(path, onListenerError), movedAside: undefined };
  } catch (error) {
    if (error instanceof NewerSchemaError || !isDamage(error)) {
      throw error;
    }
    const movedAside = `${path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;
    for (const part of ['', '-wal', '-shm']) {
      if (existsSync(path + part)) {
        renameSync(path + part, movedAside + part);
      }
    }
    return { store: new TaskStore(path, onListenerError), movedAside };
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && DAMAGED.has(error.errcode);
}
