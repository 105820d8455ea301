import { dirname } from 'node:path';
import { SECOND, sleep, type Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import { isNetworkFolder } from '../base/networkFolder.ts';
import type { TaskKey } from '../tasks/task.ts';
import { carryOver, keysIn } from './carryOver.ts';
import { ChangeLog } from './changeLog.ts';
import { ChangeWatch } from './changeWatch.ts';
import { Database } from './database.ts';
import { FileIdentity } from './fileIdentity.ts';
import { healRows } from './heal.ts';
import type { Journal } from './journal.ts';
import { withRepairLock } from './repairLock.ts';
import { damageError, isDamage, isPassing } from './sqliteErrors.ts';

/** How the list's file is opened. */
export interface ListFileOptions {
  readonly clock: Clock;
  readonly readOnly?: boolean;
  /** How long opening waits for other windows, ms. */
  readonly patience?: number;
  /** How the file survives a crash; chosen by the folder unless given. */
  readonly journal?: Journal;
  readonly onListenerError?: (error: unknown) => void;
  /** Repairs the file: called when damage is found that opening could not see. */
  readonly repair?: () => void;
}

/** How long to wait before a failed write is tried again, ms. */
const WRITE_AGAIN = SECOND;

/** The path of a list that is not in a file. */
const MEMORY = ':memory:';

/**
 * The file that all windows share: its commits, the announcement of every commit in this window or another, and its
 * replacement while it is in use (damage that another window has repaired, or a list that leaves memory for its file).
 */
export class ListFile implements Disposable {
  readonly database: Database;
  readonly isReadOnly: boolean;
  /** The ids of tasks that had impossible values, which were reset when the list was opened. */
  readonly healed: readonly string[] = [];
  /** Fires after a commit with the tasks that changed. */
  readonly onDidChange: Event<ReadonlySet<TaskKey>>;
  /** The file could not be read or written; the caller gets the same error. */
  readonly onDidFail: Event<unknown>;

  private readonly options: ListFileOptions;
  private readonly clock: Clock;
  private readonly owner: string;
  private readonly owned = new DisposableStore();
  private readonly changes: Emitter<ReadonlySet<TaskKey>>;
  private readonly failures: Emitter<unknown>;
  private readonly log: ChangeLog;
  private dataVersion: number;
  /** Which file this window has open; `undefined` while it works in memory. */
  private identity: FileIdentity | undefined;
  /** The change log's position when the file was last seen at its path, and the time before. */
  private inPlace: readonly [before: number, last: number] = [0, 0];
  private mending: Disposable | undefined;

  /**
   * Opens or creates the file. `owner` names this window's leases. Throws `NewerSchemaError`, or SQLite's error for a
   * file that cannot be used.
   */
  constructor(path: string, owner: string, options: ListFileOptions) {
    this.options = options;
    this.clock = options.clock;
    this.owner = owner;
    this.isReadOnly = options.readOnly === true;
    this.changes = this.owned.add(new Emitter(options.onListenerError));
    this.onDidChange = this.changes.event;
    this.failures = this.owned.add(new Emitter(options.onListenerError));
    this.onDidFail = this.failures.event;
    this.database = this.open(path);
    this.log = new ChangeLog(this.database);
    try {
      this.dataVersion = this.database.dataVersion;
      if (!this.isReadOnly) {
        this.log.skipToEnd();
        this.log.trim();
        this.healed = healRows(this.database);
        this.stayAt(path);
      }
    } catch (error) {
      // Not our tables. The file must be free to be moved aside.
      this.owned.dispose();
      this.database.dispose();
      throw error;
    }
  }

  /** Whether the list would be lost if this window closed now. */
  get isInMemory(): boolean {
    return this.identity === undefined && !this.isReadOnly;
  }

  /** How the file survives a crash: `rollback` on a network drive, or where nothing better is available. */
  get journal(): Journal {
    return this.database.journal;
  }

  /** Throws if the file is damaged, in its tables or its indices. */
  checkWhole(): void {
    const found = this.database.get('PRAGMA quick_check(1)')?.quick_check;
    if (found !== 'ok') {
      throw damageError(String(found));
    }
    this.database.get('SELECT 1 FROM tasks LIMIT 1');
  }

  /** Makes all changes within one commit, announced together. */
  commit<T>(action: () => T): T {
    if (this.database.isInTransaction) {
      return action();
    }
    const whole = (): T => {
      this.checkIdentity();
      this.log.trimIfLong();
      return action();
    };
    let result: T;
    try {
      result = this.database.transaction(whole);
    } catch (error) {
      if (!(error instanceof MovedError)) {
        throw error;
      }
      this.reopen();
      result = this.database.transaction(whole);
    }
    this.announce();
    return result;
  }

  /**
   * Like `commit`, as soon as the file can be written: another window may write for longer than SQLite waits, and a
   * full disk may be cleared. Rejects when `signal` aborts the wait, and with every other error.
   */
  async commitWhenPossible(action: () => void, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        this.commit(action);
        return;
      } catch (error) {
        if (!isPassing(error)) {
          throw error;
        }
      }
      await sleep(this.clock, WRITE_AGAIN, signal);
    }
  }

  /**
   * Replaces the memory by the file at a path, and adds to it what was changed here since `numberFrom`. Throws as opening
   * does; then everything stays in memory.
   */
  moveTo(path: string): void {
    this.switchTo(this.open(path));
    this.stayAt(path);
  }

  /** Tasks that are tracked from now on get keys above `key`, so that no other list uses the same. */
  numberFrom(key: TaskKey): void {
    this.database.run(`DELETE FROM sqlite_sequence WHERE name = 'tasks'`);
    this.database.run(`INSERT INTO sqlite_sequence (name, seq) VALUES ('tasks', ?)`, key);
    this.log.skipToEnd();
    this.markInPlace();
  }

  /** Stops announcing; reads and writes still work until `dispose`. */
  stopWatching(): void {
    this.owned.dispose();
    this.mending?.dispose();
  }

  dispose(): void {
    this.stopWatching();
    this.database.dispose();
  }

  private open(path: string): Database {
    const { readOnly = false, patience, journal } = this.options;
    return new Database(path, {
      readOnly,
      ...(patience === undefined ? {} : { patience }),
      journal: journal ?? (isNetworkFolder(dirname(path)) ? 'rollback' : 'wal'),
      onError: error => {
        this.failures.fire(error);
        if (isDamage(error)) {
          this.mendSoon();
        }
      },
    });
  }

  private announce(): void {
    const keys = this.log.take();
    if (keys) {
      this.changes.fire(keys);
    }
  }

  /** Announces what another window may have committed. */
  private announceOthers(): void {
    if (this.identity?.isReplaced() === true && !this.database.isInTransaction) {
      this.reopen();
    }
    const version = this.database.dataVersion;
    if (version !== this.dataVersion) {
      this.announce();
      this.dataVersion = version;
    }
  }

  /** From now on the file at a path is this window's. */
  private stayAt(path: string): void {
    this.markInPlace();
    if (path !== MEMORY) {
      this.identity = new FileIdentity(path);
      this.owned.add(
        new ChangeWatch(path, this.clock, () => {
          this.announceOthers();
        }),
      );
    }
  }

  private markInPlace(): void {
    this.inPlace = [this.log.position, this.log.position];
  }

  /** Throws if the file was moved aside. Called while holding the lock that whoever repairs it has to wait for. */
  private checkIdentity(): void {
    if (this.identity?.isReplaced() === true) {
      throw new MovedError();
    }
    this.inPlace = [this.inPlace[1], this.log.position];
  }

  /** Another window found the file damaged and moved it aside: continues with the one that is there now. */
  private reopen(): void {
    if (this.identity) {
      const { path } = this.identity;
      this.switchTo(withRepairLock(path, () => this.open(path)));
      this.identity = new FileIdentity(path);
    }
  }

  /** Damage that is found in the middle of some work is repaired once that work is over. */
  private mendSoon(): void {
    const { repair } = this.options;
    if (repair && this.identity) {
      this.mending ??= this.clock.setTimer(() => {
        this.mending = undefined;
        try {
          repair();
          this.announceOthers();
        } catch (error) {
          this.failures.fire(error);
        }
      }, 0);
    }
  }

  /** Brings over what the other file may lack, and works with that one from now on. */
  private switchTo(other: Database): void {
    const before = keysIn(this.database);
    try {
      carryOver(this.database, other, this.inPlace[0], this.owner);
    } catch (error) {
      other.dispose();
      throw error;
    }
    this.database.takeOver(other);
    this.dataVersion = this.database.dataVersion;
    this.log.startOver();
    this.markInPlace();
    this.changes.fire(new Set([...before, ...keysIn(this.database)]));
  }
}

/** The file at the path is not the one that is open. */
class MovedError extends Error {}
