import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE, sleep, type Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import { isBusy, isNoList } from './sqliteErrors.ts';
import { isIntact, replaceDamaged } from './repair.ts';
import { withRepairLock } from './repairLock.ts';
import { restoreRows } from './restore.ts';
import { NewerSchemaError } from './migrate.ts';
import { TaskStore } from './store.ts';
import type { Task } from '../tasks/task.ts';

/** What was wrong with the task list, and what was done about it. */
export type StoreTrouble =
  /** The file was damaged: it was moved to `movedTo`, and `restored` tasks were recovered into a new one. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly restored: number }
  /** A newer Dailies wrote the file: it is shown, but not changed. */
  | { readonly kind: 'newer' }
  /** The file is on a network drive, where a slower journal is used; said once per list. */
  | { readonly kind: 'network' }
  /** The file cannot be used: what can be read of it stays in memory until it can. */
  | { readonly kind: 'unusable'; readonly text: string; readonly restored: number };

export interface OpenedStore {
  readonly store: TaskStore;
  readonly trouble: StoreTrouble | undefined;
}

/** What opening needs besides the folder. */
export interface OpenOptions {
  /** How long it blocks while other programs have the file locked, ms. */
  readonly patience?: number;
  /** Called after a repair that became necessary while the list was open. */
  readonly onRepaired?: (trouble: StoreTrouble) => void;
}

/** How long each attempt to open may block this window, and the pause between two attempts, ms. */
const SHORT_PATIENCE = 200;
const TRY_AGAIN = 300;

/** How often a file that could not be used is tried again, ms. */
const MOVE_AGAIN = MINUTE / 2;

/** Keys of tasks that are tracked in memory start somewhere between these, where no file has any. */
const FILE_KEYS = 2 ** 40;
const MEMORY_KEYS = 2 ** 50;

/**
 * Opens the task list in a folder, creating both if they are missing. A damaged file is moved aside with its date, never
 * deleted, and what can be read of it is recovered; a file that cannot be used is replaced by memory. So there is always a
 * store, except while other programs have the file locked: then SQLite's error is thrown.
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
        const trouble = withRepairLock(path, () => (isIntact(path) ? undefined : replace()));
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

  function replace(): StoreTrouble {
    return { kind: 'damaged', ...replaceDamaged(path, clock.now(), () => open(path)) };
  }

  function opened(store: TaskStore): OpenedStore {
    const isReported = store.file.journal === 'rollback' && store.claimOnce('toldOfNetwork');
    return { store, trouble: isReported ? { kind: 'network' } : undefined };
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
 * Like `openStore`, but without blocking the window: tries again and again while others have the file locked, and calls
 * `onBusy` once. Rejects when `signal` aborts.
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

/** Moves a list in memory to its file as soon as that can be used, and then calls `onMoved`. */
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
        throw new Error('The file cannot be used yet.');
      }
      store.file.moveTo(join(folder, 'dailies.db'));
    } catch {
      // It stays in memory for now.
      timer = clock.setTimer(attempt, MOVE_AGAIN);
      return;
    }
    onMoved();
  }
}

/** A partial download belongs to the list in the file: this one must not continue it as well. */
function withoutPart(row: Partial<Task>): Partial<Task> {
  return { ...row, part: null };
}

/** Checks every page once: otherwise damage further in would show up in the middle of some work. */
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
