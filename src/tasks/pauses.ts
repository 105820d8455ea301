import { HOUR } from '../base/clock.ts';
import type { Database } from './database.ts';

/** Why a gateway is left alone. `person` is the person's own wish. */
export type PauseReason = 'rateLimited' | 'unreachable' | 'keyRejected' | 'noKey' | 'person';

/** A gateway that is left alone, by all windows; for want of a key, by those that have none. */
export interface Pause {
  readonly gateway: string;
  readonly reason: PauseReason;
  /** ms since the epoch; `null` until the reason is gone. A moment in the past: counted, but not holding. */
  readonly until: number | null;
  /** How often in a row it happened. */
  readonly count: number;
}

/** A gateway that could not be reached so often in a row is offline until it answers; less is chance. */
export const OFFLINE_AFTER = 3;

/** Stands for every gateway. */
export const ALL_GATEWAYS = '*';

/** No pause is set for longer; one that seems so was set before the clock was turned back. */
const LONGEST_PAUSE = HOUR;

/**
 * SQL: whether pause `p` holds all windows back at `:now`. One for want of a key is told to all and holds none: another window
 * may have the key.
 */
export const PAUSE_HOLDS = `(p.reason <> 'noKey' AND (p.until IS NULL OR (p.until > :now AND p.until <= :now + ${LONGEST_PAUSE})))`;

/** SQL: whether a gateway waits for a new key and nobody was told. */
const WAITS_UNTOLD = `reason = 'keyRejected' AND until IS NULL AND told = 0`;

/** Whether a gateway is left alone at `now`. One that is offline is so also in the moments in which it is tried again. */
export function isHolding({ reason, until, count }: Pause, now: number): boolean {
  const isOffline = reason === 'unreachable' && count >= OFFLINE_AFTER;
  return until === null || isOffline || (until > now && until <= now + LONGEST_PAUSE);
}

/** The gateways that are left alone and why: rows that all windows see, and honour unless it is for want of a key. */
export class Pauses {
  private readonly database: Database;
  private readonly commit: <T>(action: () => T) => T;

  constructor(database: Database, commit: <T>(action: () => T) => T) {
    this.database = database;
    this.commit = commit;
  }

  list(): Pause[] {
    return this.database.all(
      'SELECT gateway, reason, until, count FROM pauses ORDER BY gateway, reason',
    ) as unknown as Pause[];
  }

  get(gateway: string, reason: PauseReason): Pause | undefined {
    return this.list().find(pause => pause.gateway === gateway && pause.reason === reason);
  }

  set(pause: Pause): void {
    this.commit(() =>
      this.database.run(
        `INSERT INTO pauses (gateway, reason, until, count) VALUES (:gateway, :reason, :until, :count)
         ON CONFLICT DO UPDATE SET until = :until, count = :count`,
        { ...pause },
      ),
    );
  }

  /** The gateway answered: it is reachable and the key is good, and pauses that have run out need no counting on. */
  answered(gateway: string, now: number): void {
    this.delete(`gateway = :gateway AND (reason IN ('keyRejected', 'unreachable') OR until <= :now)`, {
      gateway,
      now,
    });
  }

  /** A window has a key for the gateway. */
  keyFound(gateway: string): void {
    this.delete(`gateway = :gateway AND reason = 'noKey'`, { gateway });
  }

  /** The reasons are gone. */
  end(...reasons: readonly PauseReason[]): void {
    this.delete('reason IN (SELECT value FROM json_each(:reasons))', { reasons: JSON.stringify(reasons) });
  }

  /** The gateways that wait for a new key, and no window has told the person. */
  untoldKeys(): string[] {
    return this.database
      .all(`SELECT gateway FROM pauses WHERE ${WAITS_UNTOLD} ORDER BY gateway`)
      .map(row => String(row.gateway));
  }

  /** Whether this call, and no other in any window, may tell the person that a gateway waits for a new key. */
  claimKeyNotification(gateway: string): boolean {
    const sql = `UPDATE pauses SET told = 1 WHERE gateway = ? AND ${WAITS_UNTOLD}`;
    return this.commit(() => this.database.run(sql, gateway)) > 0;
  }

  /** Most of the time there is nothing to delete, and nothing to announce. */
  private delete(which: string, values: Record<string, string | number>): void {
    if (this.database.get(`SELECT 1 FROM pauses WHERE ${which}`, values)) {
      this.commit(() => this.database.run(`DELETE FROM pauses WHERE ${which}`, values));
    }
  }
}
