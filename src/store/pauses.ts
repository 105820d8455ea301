import type { Database } from './database.ts';
import {
  LONGEST_PAUSE,
  PROBED,
  STANDING,
  TOLD,
  countOf,
  type Pause,
  type PauseReason,
  type ToldPause,
} from '../tasks/pause.ts';

/**
 * SQL: whether pause `p` holds all windows back at `:now`. Only a person's own holds until it is ended. One for lack of a key is
 * known to all and holds none back: another window may have the key.
 */
export const PAUSE_HOLDS = `(p.reason = 'person' OR (
  p.reason NOT IN ('noKey', 'keyUnreadable') AND p.until > :now AND p.until <= :now + ${LONGEST_PAUSE}
))`;

/** SQL: whether pause `p` holds and is probed with one request at a time. */
export const PAUSE_IS_PROBED = `(${PROBED.map(reason => `(p.reason = '${reason}' AND p.count >= ${countOf(reason)})`).join(' OR ')})`;

/** SQL: whether a pause holds that the user should know of and was not notified of. */
const IS_UNTOLD = `told = 0 AND (${TOLD.map(reason => `(reason = '${reason}' AND count >= ${countOf(reason)})`).join(' OR ')})`;

/** The gateways that are paused and why: rows that all windows see, and respect unless the reason is a missing key. */
export class Pauses {
  private readonly database: Database;
  private readonly commit: <T>(action: () => T) => T;

  constructor(database: Database, commit: <T>(action: () => T) => T) {
    this.database = database;
    this.commit = commit;
  }

  list(): Pause[] {
    return this.database.all(
      'SELECT gateway, reason, until, count, since FROM pauses ORDER BY gateway, reason',
    ) as unknown as Pause[];
  }

  get(gateway: string, reason: PauseReason): Pause | undefined {
    return this.list().find(pause => pause.gateway === gateway && pause.reason === reason);
  }

  set(pause: Pause): void {
    this.commit(() =>
      this.database.run(
        `INSERT INTO pauses (gateway, reason, until, count, since) VALUES (:gateway, :reason, :until, :count, :since)
         ON CONFLICT DO UPDATE SET until = :until, count = :count, since = :since`,
        { ...pause, since: pause.since ?? null },
      ),
    );
  }

  /**
   * The gateway responded: it is reachable, the key is good and paid for, and pauses that have run out are forgotten. Gives
   * whether that ended one that stood.
   */
  responded(gateway: string, now: number): boolean {
    const stood = this.list().some(
      pause => pause.gateway === gateway && pause.reason in STANDING && pause.count >= countOf(pause.reason),
    );
    this.delete(
      `gateway = :gateway AND (reason IN ('keyRejected', 'outOfCredit', 'unreachable') OR until <= :now)`,
      { gateway, now },
    );
    return stood;
  }

  /** A window has a key for the gateway; or lacks it by now for this reason. */
  keyFound(gateway: string, except: 'noKey' | 'keyUnreadable' | '' = ''): void {
    this.delete(`gateway = :gateway AND reason IN ('noKey', 'keyUnreadable') AND reason <> :except`, {
      gateway,
      except,
    });
  }

  /** A person wants to know: a gateway that would be probed later is probed now. One that is rate-limiting is not. */
  tryNow(gateway: string, now: number): void {
    const which = `gateway = :gateway AND reason IN ('keyRejected', 'outOfCredit', 'unreachable') AND until > :now`;
    if (this.database.get(`SELECT 1 FROM pauses WHERE ${which}`, { gateway, now })) {
      this.commit(() => this.database.run(`UPDATE pauses SET until = :now WHERE ${which}`, { gateway, now }));
    }
  }

  /** The reasons are gone. */
  end(...reasons: readonly PauseReason[]): void {
    this.delete('reason IN (SELECT value FROM json_each(:reasons))', { reasons: JSON.stringify(reasons) });
  }

  /** The pauses that the user should know of, and that no window has shown yet. */
  untold(): { readonly gateway: string; readonly reason: ToldPause }[] {
    return this.database
      .all(`SELECT gateway, reason FROM pauses WHERE ${IS_UNTOLD} ORDER BY gateway, reason`)
      .map(row => ({ gateway: String(row.gateway), reason: row.reason as ToldPause }));
  }

  /** Whether this call, and no other in any window, may notify the person of a pause. */
  claimNotification(gateway: string, reason: ToldPause): boolean {
    const sql = `UPDATE pauses SET told = 1 WHERE gateway = ? AND reason = ? AND ${IS_UNTOLD}`;
    return this.commit(() => this.database.run(sql, gateway, reason)) > 0;
  }

  /** Most of the time there is nothing to delete, and nothing to announce. */
  private delete(which: string, values: Record<string, string | number>): void {
    if (this.database.get(`SELECT 1 FROM pauses WHERE ${which}`, values)) {
      this.commit(() => this.database.run(`DELETE FROM pauses WHERE ${which}`, values));
    }
  }
}
