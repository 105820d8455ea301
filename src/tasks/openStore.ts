import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { isNoList } from './database.ts';
import { withRepairLock } from './repairLock.ts';
import { restoreRows } from './restore.ts';
import { NewerSchemaError } from './schema.ts';
import { TaskStore } from './store.ts';

/** What was wrong with the task list, and what was done about it. */
export type StoreTrouble =
  /** The file was damaged: it was moved to `movedTo`, and `restored` tasks were brought over into a new one. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly restored: number }
  /** A newer Dailies has written the file: it is shown, and not written to. */
  | { readonly kind: 'newer' }
  /** The file cannot be written: what can be read of it is kept in memory until the window closes. */
  | { readonly kind: 'unusable'; readonly text: string; readonly restored: number };

export interface OpenedStore {
  readonly store: TaskStore;
  readonly trouble: StoreTrouble | undefined;
}

/**
 * Opens the task list in a folder, making both where they are missing. Always gives a store that can be used: a
 * damaged file is moved aside with its date, never deleted, and what can be read of it is brought over.
 */
export function openStore(
  folder: string,
  clock: Clock,
  onListenerError: (error: unknown) => void,
): OpenedStore {
  const path = join(folder, 'dailies.db');
  const open = (at: string, readOnly = false): TaskStore =>
    new TaskStore(at, { clock, readOnly, onListenerError });
  try {
    mkdirSync(folder, { recursive: true });
    return { store: openWhole(path, open), trouble: undefined };
  } catch (error) {
    try {
      if (error instanceof NewerSchemaError) {
        return { store: open(path, true), trouble: { kind: 'newer' } };
      }
      if (isNoList(error)) {
        return withRepairLock(path, repair);
      }
    } catch (second) {
      return inMemory(second);
    }
    return inMemory(error);
  }

  /** Another window may have repaired the file while this one waited for its turn. */
  function repair(): OpenedStore {
    try {
      return { store: openWhole(path, open), trouble: undefined };
    } catch (error) {
      if (!isNoList(error)) {
        throw error;
      }
    }
    const movedTo = moveAside(path, clock.now());
    const store = open(path);
    return { store, trouble: { kind: 'damaged', movedTo, restored: restoreRows(movedTo, store) } };
  }

  function inMemory(error: unknown): OpenedStore {
    const store = open(':memory:');
    return {
      store,
      trouble: { kind: 'unusable', text: messageOf(error), restored: restoreRows(path, store) },
    };
  }
}

/** Looks at every page once: damage beyond the first would else show up in the midst of work. */
function openWhole(path: string, open: (path: string) => TaskStore): TaskStore {
  const store = open(path);
  try {
    store.checkWhole();
    return store;
  } catch (error) {
    store.dispose();
    throw error;
  }
}

function moveAside(path: string, now: number): string {
  const movedTo = `${path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(path + part)) {
      renameSync(path + part, movedTo + part);
    }
  }
  return movedTo;
}
