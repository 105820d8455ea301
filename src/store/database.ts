import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { block } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { codeOf as systemCodeOf } from '../base/errors.ts';
import { migrate } from './schema.ts';

/** A row as SQLite gives it. */
export type Row<Extra = never> = Record<string, null | number | string | Extra>;

/** Values by position, or by name for `:name` in the statement. */
type Values = [Record<string, SQLInputValue>] | SQLInputValue[];

/** How long one window waits for another's commit, ms. A commit takes a few; a sick disk takes longer. */
const BUSY_TIMEOUT = 5_000;

/** SQLITE_BUSY (sqlite.org/rescode): another connection is in the way. */
const BUSY = 5;

/** SQLITE_LOCKED: so is one within this process. */
const LOCKED = 6;

/** With SQLITE_FULL (sqlite.org/rescode). */
const PASSING_CODES: ReadonlySet<number> = new Set([BUSY, LOCKED, 13]);

/** Whether what could not be written now can be written later: another connection writes, or the disk is full. */
export function isPassing(error: unknown): boolean {
  return PASSING_CODES.has(codeOf(error) ?? Number.NaN);
}

/** SQLITE_CONSTRAINT and SQLITE_MISMATCH (sqlite.org/rescode): the values are at fault, not the file. */
const REFUSING_CODES: ReadonlySet<number> = new Set([19, 20]);

/** Whether something could not be written because of the file, whatever the values: it is only read, or its disk fails. */
export function isOfFile(error: unknown): boolean {
  const code = codeOf(error);
  return error instanceof ReadOnlyError || (code !== undefined && !REFUSING_CODES.has(code));
}

/** SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode): the file is damaged, or no database. */
const CORRUPT = 11;
const DAMAGE_CODES: ReadonlySet<number> = new Set([CORRUPT, 26]);

/** SQLITE_ERROR: what a statement meets where tables are not those of the schema that `user_version` claims. */
const WRONG_SCHEMA = 1;

/** Whether the file is damaged, so that only a repair helps. */
export function isDamage(error: unknown): boolean {
  return DAMAGE_CODES.has(codeOf(error) ?? Number.NaN);
}

/** Whether the file holds something else than a task list, or a damaged one. */
export function isNoList(error: unknown): boolean {
  return isDamage(error) || codeOf(error) === WRONG_SCHEMA;
}

/** The error of a file in which damage was found by looking. */
export function damageError(text: string): Error {
  return Object.assign(new Error(text), { errcode: CORRUPT });
}

/** Whether another connection was in the way: the same may succeed in a moment. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === BUSY || code === LOCKED;
}

/** Somebody wants to write to a file that was opened only to be read. */
export class ReadOnlyError extends Error {
  constructor() {
    super('The task list is only shown, not changed.');
  }
}

/** SQLite's primary result code: its higher bits say more, and nothing here depends on them (779, say, is 11, damage). */
function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}

/** How long to wait before the journal is set again, ms. */
const SET_AGAIN = 10;

/** How a file survives a crash: written ahead of, or by a journal to roll back with, where the first cannot be had. */
export type Journal = 'wal' | 'rollback';

/**
 * Has a file written ahead of, and flushed at each commit. SQLite waits for other connections in all but this: of windows that
 * make a new file at the same moment it refuses some at once. Blocks for up to `patience` ms, as its own waiting does.
 */
function setJournal(connection: DatabaseSync, wish: Journal, patience: number): Journal {
  const end = performance.now() + patience;
  for (;;) {
    try {
      const journal = wish === 'wal' && writeAhead(connection) ? 'wal' : rollBack(connection);
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

/** Whether it could be had: it needs memory that all who have the file open share, which network drives do not give. */
function writeAhead(connection: DatabaseSync): boolean {
  try {
    return connection.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode === 'wal';
  } catch (error) {
    if (NO_SHARED_MEMORY.has(codeOf(error) ?? Number.NaN)) {
      return false;
    }
    throw error;
  }
}

function rollBack(connection: DatabaseSync): Journal {
  try {
    connection.exec('PRAGMA journal_mode = TRUNCATE');
  } catch (error) {
    if (!NO_SHARED_MEMORY.has(codeOf(error) ?? Number.NaN)) {
      throw error;
    }
    // The file was written ahead of where that could be had: alone with it, SQLite needs nothing shared (sqlite.org/wal.html#noshm).
    connection.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema',
    );
  }
  return connection.prepare('PRAGMA journal_mode').get()?.journal_mode === 'wal' ? 'wal' : 'rollback';
}

/** SQLITE_IOERR, SQLITE_CANTOPEN and SQLITE_PROTOCOL (sqlite.org/rescode): what a file system without shared memory gives. */
const NO_SHARED_MEMORY: ReadonlySet<number> = new Set([10, 14, 15]);

/** How a file is opened. */
export interface DatabaseOptions {
  readonly readOnly?: boolean;
  /** How it is to survive a crash, where it can be had. */
  readonly journal?: Journal;
  /** How long opening waits for other connections, ms. */
  readonly patience?: number;
  /** Hears of every statement that fails later (a full disk, say), before the error goes to the caller. */
  readonly onError?: (error: unknown) => void;
}

/** One SQLite file, opened and brought to the current schema; statements are prepared once. */
export class Database implements Disposable {
  private connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly isReadOnly: boolean;
  private readonly onError: (error: unknown) => void;
  private depth = 0;

  /** How the file survives a crash, as it came out. */
  readonly journal: Journal = 'wal';

  /**
   * Throws `NewerSchemaError`, or SQLite's error for a file that cannot be used. `:memory:` is a path too. What would change a file
   * that is only read throws `ReadOnlyError`.
   */
  constructor(path: string, options: DatabaseOptions = {}) {
    const { readOnly = false, journal = 'wal', patience = BUSY_TIMEOUT, onError = () => undefined } = options;
    this.isReadOnly = readOnly;
    this.onError = onError;
    this.connection = new DatabaseSync(path, { readOnly });
    try {
      this.connection.exec(`PRAGMA busy_timeout = ${patience}; PRAGMA foreign_keys = ON;`);
      if (!readOnly) {
        if (path !== ':memory:') {
          this.journal = setJournal(this.connection, journal, patience);
        }
        migrate(this.connection);
      }
      this.connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
    } catch (error) {
      this.connection.close();
      throw error;
    }
  }

  /** Goes on with the file that `other` has open, which is not to be used any longer. */
  takeOver(other: Database): void {
    this.statements.clear();
    other.statements.clear();
    const before = this.connection;
    this.connection = other.connection;
    before.close();
  }

  all(sql: string, ...values: Values): Row[] {
    return this.reporting(() =>
      readable(this.prepare(sql), statement => statement.all(...(values as SQLInputValue[])) as Row[]),
    );
  }

  get(sql: string, ...values: Values): Row | undefined {
    return this.reporting(
      () =>
        readable(this.prepare(sql), statement => {
          const row = statement.get(...(values as SQLInputValue[])) as Row | undefined;
          return row ? [row] : [];
        })[0],
    );
  }

  /** Runs a statement and gives the number of rows it changed. */
  run(sql: string, ...values: Values): number {
    this.checkWritable();
    return this.reporting(() => Number(this.prepare(sql).run(...(values as SQLInputValue[])).changes));
  }

  /** Runs all or nothing. Within another transaction it is part of that one. */
  transaction<T>(action: () => T): T {
    if (this.depth > 0) {
      return action();
    }
    this.checkWritable();
    this.reporting(() => {
      this.connection.exec('BEGIN IMMEDIATE');
    });
    this.depth++;
    try {
      const result = action();
      this.reporting(() => {
        this.connection.exec('COMMIT');
      });
      return result;
    } catch (error) {
      // A full disk has rolled back already.
      if (this.connection.isTransaction) {
        this.connection.exec('ROLLBACK');
      }
      throw error;
    } finally {
      this.depth--;
    }
  }

  get isInTransaction(): boolean {
    return this.depth > 0;
  }

  /** Changes whenever another connection has committed. */
  get dataVersion(): number {
    return Number(this.get('PRAGMA data_version')?.data_version);
  }

  dispose(): void {
    this.statements.clear();
    this.connection.close();
  }

  private checkWritable(): void {
    if (this.isReadOnly) {
      throw new ReadOnlyError();
    }
  }

  private reporting<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      this.onError(error);
      throw error;
    }
  }

  private prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Reads rows, also such as hold integers that JavaScript has not: those are `null`. Node throws for them (ERR_OUT_OF_RANGE) when it
 * gives out the row, so that one would take the whole list with it. Such integers were never written by what is read here, so a
 * statement that writes is not run twice.
 */
function readable(statement: StatementSync, read: (statement: StatementSync) => Row[]): Row[] {
  try {
    return read(statement);
  } catch (error) {
    if (systemCodeOf(error) !== 'ERR_OUT_OF_RANGE' || !/^\s*(SELECT|PRAGMA)/i.test(statement.sourceSQL)) {
      throw error;
    }
  }
  statement.setReadBigInts(true);
  try {
    return read(statement).map(withNumbers);
  } finally {
    statement.setReadBigInts(false);
  }
}

/** A row in which integers that JavaScript has not are `null`. */
export function withNumbers(row: Row<bigint>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? numberOf(value) : value]),
  );
}

function numberOf(value: bigint): number | null {
  return Number.isSafeInteger(Number(value)) ? Number(value) : null;
}
