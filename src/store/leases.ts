import type { Clock } from '../base/clock.ts';
import { HOUR, MINUTE } from '../base/clock.ts';
import { SLOTS } from '../base/slots.ts';
import { ALL_GATEWAYS } from '../tasks/pause.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import type { Database } from './database.ts';
import { PAUSE_HOLDS, PAUSE_IS_PROBED } from './pauses.ts';

/** What a lease is held for. */
export type Work = 'poll' | 'save';

/** What a window is working on, or was until it closed. */
export interface Lease {
  readonly task: TaskKey;
  readonly work: Work;
  /** Whether this window holds it. */
  readonly isOurs: boolean;
  /** ms since the epoch. */
  readonly until: number;
}

/** How due tasks are found and ordered. Clips whose links are expected to expire first are saved first. */
const DUE: Record<Work, { column: 'nextPollAt' | 'nextSaveAt'; order: string }> = {
  poll: { column: 'nextPollAt', order: 'nextPollAt' },
  save: { column: 'nextSaveAt', order: 'linkExpiresAt' },
};

/** No deadline is set further ahead, ms; one that lies beyond was set before the clock was turned back, and is due. */
const FARTHEST = 2 * HOUR;

/** No lease is longer, ms; for the same reason. */
const LONGEST_LEASE = HOUR / 6;

/** Owns a slot that stays taken for a while after the work is done. */
const NOBODY = '';

/** SQL: whether lease `l` holds at `:now`. */
const LEASE_HOLDS = `(l.work = :work AND l.until > :now AND l.until <= :now + ${LONGEST_LEASE})`;

/** How long polls that one window leaves to others are really theirs, ms: longer than a lease. */
const OTHERS_TURN = MINUTE;

/** SQL: whether no other window polls a task's gateway, because none has a key or there is no other window. */
const IS_FORSAKEN = `(
  tasks.nextPollAt <= :now - ${OTHERS_TURN}
  AND NOT EXISTS (SELECT 1 FROM asks a WHERE a.gateway = tasks.gateway AND a.at > :now - ${OTHERS_TURN} AND a.at <= :now)
  AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.gateway = tasks.gateway AND p.reason IN ('noKey', 'keyUnreadable'))
)`;

/**
 * SQL: whether a task can be worked on at `:now`: it is not leased, its gateway is not paused, and it is not left to other
 * windows by the JSON list `:without` (gateways for polls, task keys for saves).
 */
const IS_FREE = `
  tasks.key NOT IN (SELECT l.task FROM leases l WHERE ${LEASE_HOLDS})
  AND (:work <> 'save' OR tasks.key NOT IN (SELECT value FROM json_each(:without)))
  AND (:work <> 'poll' OR (
    (tasks.gateway NOT IN (SELECT value FROM json_each(:without)) OR ${IS_FORSAKEN})
    AND tasks.gateway NOT IN (SELECT p.gateway FROM pauses p WHERE ${PAUSE_HOLDS})
    AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.gateway = '${ALL_GATEWAYS}' AND ${PAUSE_HOLDS})
  ))`;

/**
 * SQL: whether a slot for this work is free, over all windows. It depends on nothing of a task but its gateway, so that
 * SQLite looks through the leases once, not for every due task, while it holds the write lock.
 */
const HAS_SLOT = `
  CASE :work
    WHEN 'save' THEN (SELECT COUNT(*) FROM leases l WHERE ${LEASE_HOLDS}) < ${SLOTS.save}
    ELSE tasks.gateway NOT IN (
      SELECT other.gateway FROM leases l CROSS JOIN tasks other ON other.key = l.task
      WHERE ${LEASE_HOLDS} GROUP BY other.gateway HAVING COUNT(*) >= CASE
        WHEN other.gateway IN (SELECT p.gateway FROM pauses p WHERE ${PAUSE_IS_PROBED}) THEN 1 ELSE ${SLOTS.poll}
      END
    )
  END`;

/** Which window polls or saves which task: each piece of work is leased to one window, whose lease runs out if it closes. */
export class Leases {
  private readonly database: Database;
  /** This window, as the owner of leases. */
  private readonly owner: string;
  private readonly clock: Clock;
  private readonly commit: <T>(action: () => T) => T;

  constructor(database: Database, owner: string, clock: Clock, commit: <T>(action: () => T) => T) {
    this.database = database;
    this.owner = owner;
    this.clock = clock;
    this.commit = commit;
  }

  /**
   * Claims the most urgent due task for this window for `lease` ms, by one atomic statement: no two windows get the
   * same one. `undefined` when nothing is due or all slots are taken. `without` lists what is left to other windows:
   * gateways for polls, for as long as others poll them; task keys for saves.
   */
  claim(work: Work, now: number, lease: number, without: Iterable<string | TaskKey> = []): Task | undefined {
    const { column, order } = DUE[work];
    this.pullIn(work, now);
    const claimed = this.database.get(
      `INSERT INTO leases (task, work, owner, until)
       SELECT key, :work, :owner, :until FROM tasks
       WHERE ${column} <= :now AND ${IS_FREE} AND ${HAS_SLOT}
       ORDER BY ${order} LIMIT 1
       ON CONFLICT DO UPDATE SET owner = :owner, until = :until
       RETURNING task`,
      { work, owner: this.owner, until: now + lease, now, without: JSON.stringify([...without]) },
    );
    return claimed
      ? (this.database.get('SELECT * FROM tasks WHERE key = ?', Number(claimed.task)) as Task | undefined)
      : undefined;
  }

  /** Whether a due task waits only for a slot: all are taken, by this window or others. */
  isCrowded(work: Work, now: number, without: Iterable<string | TaskKey> = []): boolean {
    const { column } = DUE[work];
    const sql = `SELECT 1 FROM tasks WHERE ${column} <= :now AND ${IS_FREE} AND NOT ${HAS_SLOT} LIMIT 1`;
    return this.database.get(sql, { work, now, without: JSON.stringify([...without]) }) !== undefined;
  }

  /** Extends this window's lease. `false` when another window holds it by now, or the task is gone. */
  renew(key: TaskKey, work: Work, until: number): boolean {
    const sql = 'UPDATE leases SET until = ? WHERE task = ? AND work = ? AND owner = ?';
    return this.database.run(sql, until, key, work, this.owner) > 0;
  }

  /**
   * Gives this window's lease back. `false` when another window holds it by now, or the task is gone. Its slot stays
   * taken, by nobody, until `slotUntil` if that is still to come.
   */
  release(key: TaskKey, work: Work, slotUntil = 0): boolean {
    const isOurs = 'task = ? AND work = ? AND owner = ?';
    return slotUntil > this.clock.now()
      ? this.database.run(
          `UPDATE leases SET owner = '${NOBODY}', until = ? WHERE ${isOurs}`,
          slotUntil,
          key,
          work,
          this.owner,
        ) > 0
      : this.database.run(`DELETE FROM leases WHERE ${isOurs}`, key, work, this.owner) > 0;
  }

  /** Gives back all leases of this window, so that another can continue at once. */
  releaseAll(): void {
    this.database.run('DELETE FROM leases WHERE owner = ?', this.owner);
  }

  /** Who works on what now. */
  held(now: number): Lease[] {
    return this.database
      .all(
        `SELECT task, work, owner, until FROM leases WHERE until > ? AND owner <> '${NOBODY}' ORDER BY task`,
        now,
      )
      .map(row => ({
        task: Number(row.task),
        work: row.work as Work,
        isOurs: row.owner === this.owner,
        until: Number(row.until),
      }));
  }

  /** When to look for work again, considering leases, pauses and `without`: never too late, sometimes too early. */
  nextDueAt(work: Work, now: number, without: Iterable<string | TaskKey> = []): number | undefined {
    const { column } = DUE[work];
    const due = this.database.get(
      `SELECT ${column} AS at FROM tasks WHERE ${column} IS NOT NULL AND ${IS_FREE} ORDER BY ${column} LIMIT 1`,
      { work, now, without: JSON.stringify([...without]) },
    );
    const freed = this.database.get(
      `SELECT MIN(until) AS at FROM (
         SELECT until FROM leases l WHERE ${LEASE_HOLDS}
         UNION ALL SELECT until FROM pauses p WHERE :work = 'poll' AND p.until IS NOT NULL AND ${PAUSE_HOLDS}
       )`,
      { work, now },
    );
    const moments = [this.isTurnedBack(work, now) ? now : undefined, due?.at, freed?.at].filter(
      at => typeof at === 'number',
    );
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** Whether a deadline lies further ahead than any is set: the clock was turned back since. */
  private isTurnedBack(work: Work, now: number): boolean {
    const { column } = DUE[work];
    return this.database.get(`SELECT 1 FROM tasks WHERE ${column} > ? LIMIT 1`, now + FARTHEST) !== undefined;
  }

  /** Makes due now what is due in a time that the clock has yet to reach a second time. */
  private pullIn(work: Work, now: number): void {
    if (this.isTurnedBack(work, now)) {
      const { column } = DUE[work];
      this.commit(() =>
        this.database.run(`UPDATE tasks SET ${column} = ? WHERE ${column} > ?`, now, now + FARTHEST),
      );
    }
  }
}
