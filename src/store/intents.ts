import { randomUUID } from 'node:crypto';
import { HOUR } from '../base/clock.ts';
import type { Intent, IntentProblem, IntentState, NewIntent, Resolution } from '../tasks/intent.ts';
import { bringIntents } from './bringOver.ts';
import type { Database, Row } from './database.ts';
import { PAUSE_HOLDS } from './pauses.ts';

/** No lease on an intent is longer, ms; one that seems so was taken before the clock was turned back. */
const LONGEST_LEASE = HOUR / 6;

/** What a person wanted longer ago than this is not sent without their word, ms. */
const LONGEST_WAIT = 12 * HOUR;

/** What is written down when an intent's state is final, or waits for a person. */
export interface Settlement {
  readonly state: Exclude<IntentState, 'sending' | 'dropped'>;
  readonly problem: IntentProblem | null;
  readonly problemText: string | null;
  readonly response: string | null;
  readonly taskId: string | null;
}

/** SQL: an intent that some window is sending, as far as is known. */
const IS_BEING_SENT = `(state = 'sending' AND until > :now AND until <= :now + ${LONGEST_LEASE})`;

/** SQL: the facts of a settlement. */
const SETTLE = `state = :state, problem = :problem, problemText = :problemText, response = :response, taskId = :taskId,
  settledAt = CASE :state WHEN 'waiting' THEN NULL ELSE :now END`;

/**
 * What is to be made, what was sent, and what came of it: rows that all windows share, each written before the request goes
 * out and never deleted. Methods that change something commit on their own, or as part of the commit around them.
 */
export class Intents {
  private readonly database: Database;
  private readonly commit: <T>(action: () => T) => T;
  /** This window. */
  private readonly owner: string;

  constructor(database: Database, commit: <T>(action: () => T) => T, owner: string) {
    this.database = database;
    this.commit = commit;
    this.owner = owner;
  }

  /** Writes down what is to be made, in this order. */
  add(news: readonly NewIntent[], now: number): Intent[] {
    return this.commit(() =>
      news.map(one => {
        const names = Object.keys(one);
        const id = randomUUID();
        this.database.run(
          `INSERT INTO intents (id, createdAt, ${names.join(', ')}) VALUES (:id, :now, ${names.map(name => `:${name}`).join(', ')})`,
          { ...one, id, now },
        );
        const added = this.get(id);
        if (!added) {
          throw new Error(`Intent ${id} was not stored.`);
        }
        return added;
      }),
    );
  }

  get(id: string): Intent | undefined {
    return this.database.get('SELECT * FROM intents WHERE id = ?', id) as Intent | undefined;
  }

  /** What is not settled, or waits for a person's word; oldest first. */
  open(): Intent[] {
    return this.all(
      `state IN ('waiting', 'sending', 'refused', 'notSent') OR (state = 'unknown' AND resolution IS NULL)`,
    );
  }

  /** Everything that was wanted or sent since a moment, or is still to be sent, oldest first: what a limit is measured by. */
  since(moment: number): Intent[] {
    return this.all(`createdAt >= ? OR sentAt >= ? OR state IN ('waiting', 'sending')`, moment, moment);
  }

  /** What was written in a shot file, oldest first. */
  ofFile(file: string): Intent[] {
    return this.all('file = ?', file);
  }

  /** The intent that a task came of. */
  ofTask(gateway: string, taskId: string): Intent | undefined {
    return this.all('gateway = ? AND taskId = ?', gateway, taskId)[0];
  }

  /** What was written down for an agent's wish, in order: empty where nothing was. */
  ofRequestKey(requestKey: string): Intent[] {
    return this.all('batch = (SELECT batch FROM intents WHERE requestKey = ?)', requestKey);
  }

  /** When the same request was last wanted, or sent, unless it surely was not made; ms since the epoch. */
  lastWanted(gateway: string, hash: string): number | undefined {
    const at = this.database.get(
      `SELECT MAX(MAX(createdAt, IFNULL(sentAt, 0))) AS at FROM intents
       WHERE gateway = ? AND hash = ? AND state NOT IN ('refused', 'notSent', 'dropped') AND resolution IS NOT 'notMade'`,
      gateway,
      hash,
    )?.at;
    return typeof at === 'number' ? at : undefined;
  }

  /**
   * Takes the oldest waiting intent for this window for `lease` ms, whose gateway no window is sending to and is not paused for
   * being rate-limited. One atomic statement, on the disk when this returns: no two windows ever get the same.
   */
  claim(now: number, lease: number): Intent | undefined {
    this.sweep(now);
    return this.commit(() =>
      this.database.get(
        `UPDATE intents SET state = 'sending', owner = :owner, until = :until, sentAt = :now, problem = NULL, problemText = NULL
         WHERE key = (
           SELECT key FROM intents WHERE state = 'waiting'
             AND gateway NOT IN (SELECT gateway FROM intents WHERE ${IS_BEING_SENT})
             AND gateway NOT IN (SELECT p.gateway FROM pauses p WHERE p.reason = 'rateLimited' AND ${PAUSE_HOLDS})
           ORDER BY key LIMIT 1
         ) RETURNING *`,
        { owner: this.owner, until: now + lease, now },
      ),
    ) as Intent | undefined;
  }

  /** When to look again for something to send, ms since the epoch: never too late. */
  nextDueAt(now: number): number | undefined {
    const row = this.database.get(
      `SELECT
         (SELECT MIN(CASE WHEN ${IS_BEING_SENT} THEN until ELSE :now END) FROM intents WHERE state = 'sending') AS lost,
         (SELECT 1 FROM intents WHERE state = 'waiting'
            AND gateway NOT IN (SELECT gateway FROM intents WHERE ${IS_BEING_SENT})
            AND gateway NOT IN (SELECT p.gateway FROM pauses p WHERE p.reason = 'rateLimited' AND ${PAUSE_HOLDS}) LIMIT 1) AS free,
         (SELECT MIN(p.until) FROM pauses p WHERE p.reason = 'rateLimited' AND ${PAUSE_HOLDS}
            AND p.gateway IN (SELECT gateway FROM intents WHERE state = 'waiting')) AS unpaused`,
      { now },
    );
    const moments = [row?.free === 1 ? now : null, row?.lost, row?.unpaused].filter(
      at => typeof at === 'number',
    );
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /**
   * Writes down what came of one that this window sent, also when others have taken it for lost; that it was accepted, also when a
   * person has said meanwhile that it was not made. `false` where it was not ours, or is another task by now.
   */
  settle(id: string, settlement: Settlement, now: number): boolean {
    return (
      this.commit(() =>
        this.database.run(
          `UPDATE intents SET ${SETTLE}
           WHERE id = :id AND owner = :owner AND (state = 'sending'
             OR (state = 'unknown' AND problem IN ('lost', 'repaired') AND (resolution IS NULL OR :state = 'accepted')))`,
          { ...settlement, id, owner: this.owner, now },
        ),
      ) > 0
    );
  }

  /** Keeps back what waits in a batch: a person sends it, or drops it. */
  hold(batch: string, now: number): void {
    this.commit(() =>
      this.database.run(
        `UPDATE intents SET state = 'notSent', problem = 'held', settledAt = ? WHERE batch = ? AND state = 'waiting'`,
        now,
        batch,
      ),
    );
  }

  /** Sends what was not sent, which is wanted anew with that. `false` where it is in another state by now. */
  resume(id: string, now: number): boolean {
    return this.change(
      id,
      `state = 'waiting', problem = NULL, problemText = NULL, settledAt = NULL, createdAt = ${now}`,
      `state = 'notSent'`,
    );
  }

  /** Gives it the name that its task will have; `null` for none. */
  rename(id: string, label: string | null): void {
    this.commit(() => this.database.run('UPDATE intents SET label = ? WHERE id = ?', label, id));
  }

  /** Sends it no more. `false` where it is being sent, or was. */
  drop(id: string, now: number): boolean {
    return this.change(
      id,
      `state = 'dropped', problem = NULL, problemText = NULL, settledAt = ${now}`,
      `state IN ('waiting', 'notSent', 'refused')`,
    );
  }

  /** Records what a person says of one that may have been made. `false` where that is no longer open. */
  resolve(id: string, resolution: Resolution, taskId: string | null, now: number): boolean {
    const isOpen = `state = 'unknown' AND resolution IS NULL`;
    return (
      this.commit(() =>
        this.database.run(
          `UPDATE intents SET resolution = :resolution, settledAt = :now, taskId = :taskId,
             state = CASE WHEN :taskId IS NULL THEN state ELSE 'accepted' END WHERE id = :id AND ${isOpen}`,
          { id, resolution, taskId, now },
        ),
      ) > 0
    );
  }

  /** Takes in what was read of a damaged file; see `bringIntents`. */
  bringBack(rows: readonly Row[]): void {
    if (rows.length > 0) {
      this.commit(() => {
        bringIntents(rows, this.database);
      });
    }
  }

  /**
   * What a window was sending that is gone may have been made, and what waits behind it is held. So is what has waited for too long: the
   * person may have forgotten it, or this file may be an old copy, whose original has sent it.
   */
  private sweep(now: number): void {
    const late = `state = 'waiting' AND createdAt < :now - ${LONGEST_WAIT}`;
    if (this.database.get(`SELECT 1 FROM intents WHERE ${late}`, { now })) {
      this.commit(() =>
        this.database.run(
          `UPDATE intents SET state = 'notSent', problem = 'late', settledAt = :now WHERE ${late}`,
          { now },
        ),
      );
    }
    const lost = `state = 'sending' AND NOT ${IS_BEING_SENT}`;
    if (this.database.get(`SELECT 1 FROM intents WHERE ${lost}`, { now })) {
      this.commit(() => {
        for (const { batch } of this.database.all(`SELECT DISTINCT batch FROM intents WHERE ${lost}`, {
          now,
        })) {
          this.hold(String(batch), now);
        }
        this.database.run(
          `UPDATE intents SET state = 'unknown', problem = 'lost', settledAt = :now WHERE ${lost}`,
          { now },
        );
      });
    }
  }

  private change(id: string, assignments: string, which: string): boolean {
    return (
      this.commit(() =>
        this.database.run(`UPDATE intents SET ${assignments} WHERE id = ? AND ${which}`, id),
      ) > 0
    );
  }

  private all(which: string, ...values: (string | number)[]): Intent[] {
    return this.database.all(
      `SELECT * FROM intents WHERE ${which} ORDER BY key`,
      ...values,
    ) as unknown as Intent[];
  }
}
