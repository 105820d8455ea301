import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Disposable } from '../base/disposable.ts';
import { codeOf as systemCodeOf } from '../base/errors.ts';
import { setJournal, type Journal } from './journal.ts';
import { migrate } from './migrate.ts';
import { ReadOnlyError } from './sqliteErrors.ts';

/** A row as SQLite gives it. */
export type Row<Extra = never> = Record<string, null | number | string | Extra>;

/** Values by position, or by name for `:name` in the statement. */
type Values = [Record<string, SQLInputValue>] | SQLInputValue[];

/** How long one window waits for another's commit, ms. A commit takes a few; a sick disk takes longer. */
const BUSY_TIMEOUT = 5_000;

/** How a file is opened. */
export interface DatabaseOptions {
  readonly readOnly?: boolean;
  /** How it should survive a crash, if that is available. */
  readonly journal?: Journal;
  /** How long opening waits for other connections, ms. */
  readonly patience?: number;
  /** Called for every statement that fails later (a full disk, say), before the error goes to the caller. */
  readonly onError?: (error: unknown) => void;
}

/** One SQLite file, opened and brought to the current schema; statements are prepared once. */
export class Database implements Disposable {
  private connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly isReadOnly: boolean;
  private readonly onError: (error: unknown) => void;
  private depth = 0;

  /** How the file really survives a crash. */
  readonly journal: Journal = 'wal';

  /**
   * Throws `NewerSchemaError`, or SQLite's error for a file that cannot be used. `:memory:` is a path too. Writes to a
   * read-only file throw `ReadOnlyError`.
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

  /** Switches to the file that `other` has open; `other` must not be used after that. */
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
 * Reads rows. Integers too large for JavaScript become `null`: Node throws for them (ERR_OUT_OF_RANGE) when it returns the
 * row, so a single one would make the whole list unreadable. Only statements that read are run a second time.
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

/** A row in which integers too large for JavaScript are `null`. */
export function withNumbers(row: Row<bigint>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? numberOf(value) : value]),
  );
}

function numberOf(value: bigint): number | null {
  return Number.isSafeInteger(Number(value)) ? Number(value) : null;
}
