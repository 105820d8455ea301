/** SQLITE_BUSY (sqlite.org/rescode): another connection holds the lock. */
const BUSY = 5;

/** SQLITE_LOCKED: a connection within this process holds it. */
const LOCKED = 6;

/** With SQLITE_FULL (sqlite.org/rescode). */
const PASSING_CODES: ReadonlySet<number> = new Set([BUSY, LOCKED, 13]);

/** SQLITE_CONSTRAINT and SQLITE_MISMATCH (sqlite.org/rescode): the values are at fault, not the file. */
const REFUSING_CODES: ReadonlySet<number> = new Set([19, 20]);

/** SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode): the file is damaged, or no database. */
const CORRUPT = 11;
const DAMAGE_CODES: ReadonlySet<number> = new Set([CORRUPT, 26]);

/** SQLITE_ERROR: what a statement meets when the tables are not those of the schema that `user_version` claims. */
const WRONG_SCHEMA = 1;

/** SQLITE_IOERR, SQLITE_CANTOPEN and SQLITE_PROTOCOL (sqlite.org/rescode): what a file system without shared memory gives. */
const NO_SHARED_MEMORY: ReadonlySet<number> = new Set([10, 14, 15]);

/** A write was tried on a file that was opened read-only. */
export class ReadOnlyError extends Error {
  constructor() {
    super('The task list is only shown, not changed.');
  }
}

/** Whether another connection was in the way: the same may succeed in a moment. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === BUSY || code === LOCKED;
}

/** Whether what could not be written now can be written later: another connection writes, or the disk is full. */
export function isPassing(error: unknown): boolean {
  return PASSING_CODES.has(codeOf(error) ?? Number.NaN);
}

/** Whether something could not be written because of the file, whatever the values: it is read-only, or its disk fails. */
export function isOfFile(error: unknown): boolean {
  const code = codeOf(error);
  return error instanceof ReadOnlyError || (code !== undefined && !REFUSING_CODES.has(code));
}

/** Whether the file is damaged, so that only a repair helps. */
export function isDamage(error: unknown): boolean {
  return DAMAGE_CODES.has(codeOf(error) ?? Number.NaN);
}

/** Whether the file holds something other than a task list, or a damaged one. */
export function isNoList(error: unknown): boolean {
  return isDamage(error) || codeOf(error) === WRONG_SCHEMA;
}

/** Whether the file system offers no memory that all who have the file open share: network drives do not. */
export function lacksSharedMemory(error: unknown): boolean {
  return NO_SHARED_MEMORY.has(codeOf(error) ?? Number.NaN);
}

/** The error for a file in which a check found damage. */
export function damageError(text: string): Error {
  return Object.assign(new Error(text), { errcode: CORRUPT });
}

/** SQLite's primary result code: its higher bits say more, and nothing here depends on them (779, say, is 11, damage). */
function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
