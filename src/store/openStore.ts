import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MINUTE, SECOND, sleep, type Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import { isBusy, isNoList } from './database.ts';
import { withRepairLock } from './repairLock.ts';
import { restoreRows } from './restore.ts';
import { NewerSchemaError } from './schema.ts';
import { TaskStore } from './store.ts';
import type { Task } from '../tasks/task.ts';

/** What was wrong with the task list, and what was done about it. */
export type StoreTrouble =
  /** The file was damaged: it was moved to `movedTo`, and `restored` tasks were brought over into a new one. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly restored: number }
  /** A newer Dailies has written the file: it is shown, and not written to. */
  | { readonly kind: 'newer' }
  /** The file is on a network drive, where it is kept in a slower way; said once for a list. */
  | { readonly kind: 'network' }
  /** The file cannot be used: what can be read of it is kept in memory until it can. */
  | { readonly kind: 'unusable'; readonly text: string; readonly restored: number };

export interface OpenedStore {
  readonly store: TaskStore;
  readonly trouble: StoreTrouble | undefined;
}

/** What opening needs besides the folder. */
export interface OpenOptions {
  /** How long it waits in place for other programs that have the file locked, ms. */
  readonly patience?: number;
  /** Hears of a repair that became necessary while the list was open. */
  readonly onRepaired?: (trouble: StoreTrouble) => void;
}

/** How long opening holds up this window each time that it tries, and how long it leaves the file alone between, ms. */
const SHORT_PATIENCE = 200;
const TRY_AGAIN = 300;

/** How often a file that cannot be used is tried again, ms. */
const MOVE_AGAIN = MINUTE / 2;

/** Whoever repairs waits for those who write just now, ms. */
const REPAIR_PATIENCE = 2 * SECOND;

/** Keys of tasks that are tracked in memory begin somewhere beyond these, so that a file has none of them. */
const FILE_KEYS = 2 ** 40;
const MEMORY_KEYS = 2 ** 50;

/**
 * Opens the task list in a folder, making both where they are missing. Always gives a store that can be used, but for a file that
 * others have locked, which is SQLite's error: a damaged file is moved aside with its date, never deleted, and what can be read
 * of it is brought over.
 */
export function openStore(
  folder: string,
  clock: Clock,
  onListenerError: (error: unknown) => void,
  options: OpenOptions = {},
): OpenedStore {
  const path = join(folder, 'dailies.db');
  const { patience, onRepaired = () => undefined } = options;
  const open = (at: string, readOnly = false): TaskStore =>
    new TaskStore(at, {
      clock,
      readOnly,
      onListenerError,
      ...(patience === undefined ? {} : { patience }),
      repair: () => {
        const trouble = withRepairLock(path, () => (isSound() ? undefined : replace()));
        if (trouble) {
          onRepaired(trouble);
        }
      },
    });
  try {
    mkdirSync(folder, { recursive: true });
    return opened(openWhole(path, open));
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
      return opened(openWhole(path, open));
    } catch (error) {
      if (!isNoList(error)) {
        throw error;
      }
    }
    const trouble = replace();
    return { store: open(path), trouble };
  }

  /** Whether nothing is wrong with the file, not even on a close look; so where another window has repaired it. */
  function isSound(): boolean {
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

  /** Moves the file aside and makes a new one of what can be read of it. */
  function replace(): StoreTrouble {
    const writers = holdWriters(path);
    try {
      const movedTo = moveAside(path, clock.now());
      const store = open(path);
      try {
        return { kind: 'damaged', movedTo, restored: restoreRows(movedTo, store) };
      } finally {
        store.dispose();
      }
    } finally {
      writers.dispose();
    }
  }

  function opened(store: TaskStore): OpenedStore {
    const isToTell = store.file.journal === 'rollback' && store.claimOnce('toldOfNetwork');
    return { store, trouble: isToTell ? { kind: 'network' } : undefined };
  }

  function inMemory(error: unknown): OpenedStore {
    if (isBusy(error)) {
      throw error;
    }
    const store = open(':memory:');
    const restored = restoreRows(path, store, withoutPart);
    store.file.numberFrom(Math.floor(FILE_KEYS + Math.random() * (MEMORY_KEYS - FILE_KEYS)));
    return { store, trouble: { kind: 'unusable', text: messageOf(error), restored } };
  }
}

/**
 * As `openStore`, without holding up the window: while others have the file locked, it is tried again and again, and `onBusy` is
 * called once. Rejects when `signal` stops it.
 */
export async function openWhenFree(
  folder: string,
  clock: Clock,
  onListenerError: (error: unknown) => void,
  options: { onBusy: () => void; onRepaired: (trouble: StoreTrouble) => void; signal: AbortSignal },
): Promise<OpenedStore> {
  const { onBusy, onRepaired, signal } = options;
  for (let times = 0; ; times++) {
    signal.throwIfAborted();
    try {
      return openStore(folder, clock, onListenerError, { patience: SHORT_PATIENCE, onRepaired });
    } catch (error) {
      if (!isBusy(error)) {
        throw error;
      }
    }
    if (times === 0) {
      onBusy();
    }
    await sleep(clock, TRY_AGAIN, signal);
  }
}

/** Moves a list that is kept in memory into its file as soon as that can be used; `onMoved` is then called. */
export function moveWhenPossible(
  folder: string,
  store: TaskStore,
  clock: Clock,
  onMoved: () => void,
): Disposable {
  let timer = clock.setTimer(attempt, MOVE_AGAIN);
  return {
    dispose: () => {
      timer.dispose();
    },
  };

  function attempt(): void {
    try {
      const { store: file, trouble } = openStore(folder, clock, () => undefined, {
        patience: SHORT_PATIENCE,
      });
      file.dispose();
      if (trouble?.kind === 'unusable' || trouble?.kind === 'newer') {
        throw new Error('The file is not to be had yet.');
      }
      store.file.moveTo(join(folder, 'dailies.db'));
    } catch {
      // What is in memory stays there for now.
      timer = clock.setTimer(attempt, MOVE_AGAIN);
      return;
    }
    onMoved();
  }
}

/** A clip that is coming together in the file's list is not a second time for this one's to go on with. */
function withoutPart(row: Partial<Task>): Partial<Task> {
  return { ...row, part: null };
}

/** Looks at every page once: damage beyond the first would else show up in the midst of work. */
function openWhole(path: string, open: (path: string) => TaskStore): TaskStore {
  const store = open(path);
  try {
    store.file.checkWhole();
    return store;
  } catch (error) {
    store.dispose();
    throw error;
  }
}

/** Keeps other windows from writing into a file that is going to be moved, as far as its damage allows. */
function holdWriters(path: string): Disposable {
  if (process.platform === 'win32') {
    // There, a file that is open cannot be moved.
    return { dispose: () => undefined };
  }
  const connection = new DatabaseSync(path);
  try {
    connection.exec(`PRAGMA busy_timeout = ${REPAIR_PATIENCE}; BEGIN IMMEDIATE`);
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
