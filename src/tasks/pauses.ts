import { HOUR } from '../base/clock.ts';
import type { Database } from './database.ts';

/** Why a gateway is left alone. */
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** First the one that a person can do most about. `person` is the person's own wish. */
export const PAUSE_REASONS = [
  'person',
  'keyRejected',
  'noKey',
  'keyUnreadable',
  'outOfCredit',
  'unreachable',
  'rateLimited',
] as const;

/** A gateway that is left alone, by all windows; for want of a key, by those that have none. */
export interface Pause {
  readonly gateway: string;
  readonly reason: PauseReason;
  /** ms since the epoch; `null` until the reason is gone. A moment in the past: counted, but not holding. */
  readonly until: number | null;
  /** How often in a row it happened. */
  readonly count: number;
  /** Since when, without a response in between, ms since the epoch. */
  readonly since?: number | null;
}

/** How often in a row it must happen before a gateway counts as so; less is chance. */
const STANDING: Partial<Record<PauseReason, number>> = { unreachable: 3, keyRejected: 3, outOfCredit: 3 };

/** What a gateway says to everyone until a person acts: it is probed with one request at a time, over all windows. */
const PROBED = ['keyRejected', 'outOfCredit'] as const satisfies PauseReason[];

/** What a person is told once each time it begins: until they act, nothing is heard of any task of the gateway. */
const TOLD = ['keyRejected', 'keyUnreadable', 'outOfCredit'] as const satisfies PauseReason[];
export type ToldPause = (typeof TOLD)[number];

/** Stands for every gateway. */
export const ALL_GATEWAYS = '*';

/** No pause is set for longer; one that seems so was set before the clock was turned back. */
const LONGEST_PAUSE = HOUR;

/**
 * SQL: whether pause `p` holds all windows back at `:now`. Only a person's own holds until it is ended. One for want of a key is
 * told to all and holds none: another window may have the key.
 */
export const PAUSE_HOLDS = `(p.reason = 'person' OR (
  p.reason NOT IN ('noKey', 'keyUnreadable') AND p.until > :now AND p.until <= :now + ${LONGEST_PAUSE}
))`;

/** SQL: whether pause `p` stands and is probed with one request at a time. */
export const PAUSE_IS_PROBED = `(${PROBED.map(reason => `(p.reason = '${reason}' AND p.count >= ${countOf(reason)})`).join(' OR ')})`;

/** SQL: whether a pause stands of which the person should know and nobody was told. */
const IS_UNTOLD = `told = 0 AND (${TOLD.map(reason => `(reason = '${reason}' AND count >= ${countOf(reason)})`).join(' OR ')})`;

/** How often in a row it must happen before a gateway counts as so. */
export function countOf(reason: PauseReason): number {
  return STANDING[reason] ?? 1;
}

/** Whether a gateway is left alone at `now`. What must happen several times holds also in the moments in which it is tried again. */
export function isHolding({ reason, until, count }: Pause, now: number): boolean {
  const stands = reason in STANDING && count >= countOf(reason);
  return until === null || stands || (until > now && until <= now + LONGEST_PAUSE);
}

/** Whether a pause concerns a gateway. */
export function concerns(pause: Pick<Pause, 'gateway'>, gateway: string): boolean {
  return pause.gateway === gateway || pause.gateway === ALL_GATEWAYS;
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
   * The gateway answered: it is reachable, the key is good and paid for, and pauses that have run out need no counting on. Gives
   * whether that ended one that stood.
   */
  answered(gateway: string, now: number): boolean {
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

  /** The pauses that a person should know of, and no window has told them. */
  untold(): { readonly gateway: string; readonly reason: ToldPause }[] {
    return this.database
      .all(`SELECT gateway, reason FROM pauses WHERE ${IS_UNTOLD} ORDER BY gateway, reason`)
      .map(row => ({ gateway: String(row.gateway), reason: row.reason as ToldPause }));
  }

  /** Whether this call, and no other in any window, may tell the person of a pause. */
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
