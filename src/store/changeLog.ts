import { HOUR } from '../base/clock.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { Database } from './database.ts';

/** The log is kept for longer than any window stays unaware of another's work, ms. */
const KEPT = 24 * HOUR;

/** The log is trimmed after this many changes, within the commit of one: a window may stay open for weeks. */
const TRIM_EVERY = 1_000;

/**
 * Which tasks have changed, in the order of the changes: triggers write it, so no method can forget to. This is one
 * window's reading of it: `position` is how far the window has announced.
 */
export class ChangeLog {
  private readonly database: Database;
  private announced = 0;
  /** The length of the log when it was last trimmed. */
  private trimmed = 0;

  constructor(database: Database) {
    this.database = database;
  }

  /** The number of the last change that was taken. */
  get position(): number {
    return this.announced;
  }

  /** Skips changes that need not be announced. */
  skipToEnd(): void {
    this.announced = this.newest();
  }

  /** The tasks that have changed since the last call: none where something else has, `undefined` where nothing has. */
  take(): ReadonlySet<TaskKey> | undefined {
    const rows = this.database.all(
      'SELECT seq, task FROM changes WHERE seq > ? ORDER BY seq',
      this.announced,
    );
    const newest = rows.at(-1)?.seq;
    if (typeof newest !== 'number') {
      return undefined;
    }
    this.announced = newest;
    return new Set(rows.map(row => row.task).filter(task => typeof task === 'number'));
  }

  /** Deletes what every window has seen. */
  trim(): void {
    this.database.run('DELETE FROM changes WHERE at < ?', Date.now() - KEPT);
    this.trimmed = this.newest();
  }

  /** Trims the log if it has grown enough since the last time. */
  trimIfLong(): void {
    if (this.announced - this.trimmed > TRIM_EVERY) {
      this.trim();
    }
  }

  /** The file is another one: nothing in its log has to be announced, or trimmed yet. */
  startOver(): void {
    this.skipToEnd();
    this.trimmed = this.announced;
  }

  private newest(): number {
    return Number(this.database.get('SELECT MAX(seq) AS seq FROM changes')?.seq ?? 0);
  }
}
