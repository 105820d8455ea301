import { randomUUID } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { migrate } from './schema.ts';
import type { Task, TaskKey, TaskPatch } from './task.ts';

/** What a lease is held for. */
export type Work = 'poll' | 'save';

/** Why a whole gateway is left alone. */
export type PauseReason = 'rateLimited' | 'keyRejected' | 'noKey';

export interface Pause {
  readonly gateway: string;
  readonly reason: PauseReason;
  /** ms since the epoch; `null` until the reason is gone. A moment in the past: counted, but not holding. */
  readonly until: number | null;
  /** How often in a row it happened. */
  readonly count: number;
}

/** How a due task is found for each kind of work. Earliest assumed death of the link first when saving. */
const DUE: Record<Work, { column: 'nextPollAt' | 'nextSaveAt'; order: string }> = {
  poll: { column: 'nextPollAt', order: 'nextPollAt' },
  save: { column: 'nextSaveAt', order: 'linkExpiresAt' },
};

/**
 * The only truth about tasks, and the only broadcaster: SQLite in one file that all windows share. Methods are
 * synchronous; `onDidChange` fires after the commit with the keys that changed.
 */
export class TaskStore implements Disposable {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly changes: Emitter<ReadonlySet<TaskKey>>;
  /** This window, as the owner of leases. */
  private readonly owner = randomUUID();

  readonly onDidChange;

  /** Opens or makes the database. Throws `NewerSchemaError`, or SQLite's error for a file that cannot be used. */
  constructor(path: string, onListenerError?: (error: unknown) => void) {
    this.changes = new Emitter(onListenerError);
    this.onDidChange = this.changes.event;
    this.database = new DatabaseSync(path);
    try {
      this.database.exec(`
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
      `);
      migrate(this.database);
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** All tasks, newest first. */
  list(): Task[] {
    return this.prepare('SELECT * FROM tasks ORDER BY trackedAt DESC, key DESC').all() as unknown as Task[];
  }

  get(key: TaskKey): Task | undefined {
    return this.prepare('SELECT * FROM tasks WHERE key = ?').get(key) as Task | undefined;
  }

  find(gateway: string, id: string): Task | undefined {
    return this.prepare('SELECT * FROM tasks WHERE gateway = ? AND id = ?').get(gateway, id) as
      Task | undefined;
  }

  /** Adds a task that is due now. One that is there already is left as it is, and is not new. */
  add(gateway: string, id: string, now: number): { task: Task; isNew: boolean } {
    const added = this.prepare(
      'INSERT INTO tasks (gateway, id, trackedAt, nextPollAt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(gateway, id, now, now);
    const task = this.find(gateway, id);
    if (!task) {
      throw new Error(`Task ${id} was not stored.`);
    }
    const isNew = added.changes > 0;
    if (isNew) {
      this.announce(task.key);
    }
    return { task, isNew };
  }

  /** Changes the given facts and no others. A task that is gone stays gone. */
  update(key: TaskKey, patch: TaskPatch): void {
    const names = Object.keys(patch);
    if (names.length === 0) {
      return;
    }
    const assignments = names.map(name => `${name} = :${name}`).join(', ');
    const { changes } = this.prepare(`UPDATE tasks SET ${assignments} WHERE key = :key`).run({
      ...patch,
      key,
    });
    if (changes > 0) {
      this.announce(key);
    }
  }

  remove(keys: readonly TaskKey[]): void {
    const statement = this.prepare('DELETE FROM tasks WHERE key = ?');
    this.inTransaction(() => {
      for (const key of keys) {
        statement.run(key);
      }
    });
    this.announce(...keys);
  }

  /**
   * Claims the most urgent due task for this window for `lease` ms, by one atomic statement: no two windows get the
   * same one. `undefined` when nothing is due.
   */
  claim(work: Work, now: number, lease: number): Task | undefined {
    const { column, order } = DUE[work];
    const claimed = this.prepare(
      `INSERT INTO leases (task, work, owner, until)
       SELECT key, :work, :owner, :until FROM tasks
       WHERE ${column} <= :now
         AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task = key AND l.work = :work AND l.until > :now)
         AND NOT EXISTS (
           SELECT 1 FROM pauses p
           WHERE :work = 'poll' AND p.gateway = tasks.gateway AND (p.until IS NULL OR p.until > :now)
         )
       ORDER BY ${order} LIMIT 1
       ON CONFLICT DO UPDATE SET owner = :owner, until = :until
       RETURNING task`,
    ).get({ work, owner: this.owner, until: now + lease, now });
    return claimed ? this.get(claimed.task as TaskKey) : undefined;
  }

  /** Prolongs this window's lease. `false` when another window holds it by now, or the task is gone. */
  renew(key: TaskKey, work: Work, until: number): boolean {
    const renewed = this.prepare('UPDATE leases SET until = ? WHERE task = ? AND work = ? AND owner = ?');
    return renewed.run(until, key, work, this.owner).changes > 0;
  }

  release(key: TaskKey, work: Work): void {
    this.prepare('DELETE FROM leases WHERE task = ? AND work = ? AND owner = ?').run(key, work, this.owner);
  }

  /** When the next task will be due for a kind of work, leases and pauses considered. */
  nextDueAt(work: Work): number | undefined {
    const { column } = DUE[work];
    const next = this.prepare(
      `SELECT MIN(MAX(${column}, COALESCE(l.until, 0), COALESCE(p.until, 0))) AS at
       FROM tasks
       LEFT JOIN leases l ON l.task = key AND l.work = :work
       LEFT JOIN pauses p ON p.gateway = tasks.gateway AND :work = 'poll'
       WHERE ${column} IS NOT NULL AND (p.gateway IS NULL OR p.until IS NOT NULL)`,
    ).get({ work });
    return (next?.at as number | null | undefined) ?? undefined;
  }

  /** Whether this call, and no other in any window, may tell the person how the task ended. */
  claimNotification(key: TaskKey, now: number): boolean {
    const claimed = this.prepare('UPDATE tasks SET notifiedAt = ? WHERE key = ? AND notifiedAt IS NULL').run(
      now,
      key,
    );
    return claimed.changes > 0;
  }

  pauseOf(gateway: string): Pause | undefined {
    return this.prepare('SELECT gateway, reason, until, count FROM pauses WHERE gateway = ?').get(gateway) as
      Pause | undefined;
  }

  /**
   * The gateways that wait for a new key, each given once to one window of all: the one that tells the person.
   */
  claimKeyNotifications(): string[] {
    return this.prepare(
      `UPDATE pauses SET told = 1 WHERE reason = 'keyRejected' AND until IS NULL AND told = 0 RETURNING gateway`,
    )
      .all()
      .map(row => row.gateway as string);
  }

  setPause(pause: Pause): void {
    this.prepare(
      `INSERT INTO pauses (gateway, reason, until, count) VALUES (:gateway, :reason, :until, :count)
       ON CONFLICT DO UPDATE SET reason = :reason, until = :until, count = :count`,
    ).run({ ...pause });
    this.announce();
  }

  /** The gateway answered: a pause that has run out is forgotten, and with it its count. One that holds stays. */
  endPause(gateway: string, now: number): void {
    this.forgetPauses('DELETE FROM pauses WHERE gateway = ? AND until <= ?', gateway, now);
  }

  /** Keys have changed: no gateway need be left alone any longer because of its key. */
  endKeyPauses(): void {
    this.forgetPauses(`DELETE FROM pauses WHERE reason IN ('keyRejected', 'noKey')`);
  }

  /** Gives this window's leases back, so that another can go on at once, and closes the file. */
  dispose(): void {
    this.changes.dispose();
    try {
      this.prepare('DELETE FROM leases WHERE owner = ?').run(this.owner);
    } finally {
      this.statements.clear();
      this.database.close();
    }
  }

  private prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private forgetPauses(sql: string, ...values: (string | number)[]): void {
    if (this.prepare(sql).run(...values).changes > 0) {
      this.announce();
    }
  }

  private inTransaction(action: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      action();
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private announce(...keys: TaskKey[]): void {
    this.changes.fire(new Set(keys));
  }
}
