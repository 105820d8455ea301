import { HOUR } from '../base/clock.ts';
import type { Database } from './database.ts';
import type { Observation } from '../tasks/observation.ts';

/** How many finished tasks of a kind are used: with more, the estimate would be slow to follow a gateway that changes. */
const MOST_OBSERVATIONS = 200;

/** How long finished tasks took, and how many requests the gateways had. Outlives the tasks themselves. */
export class History {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** The newest observations of a kind, newest first. */
  of(kind: string): Observation[] {
    return this.database.all(
      'SELECT after, until FROM history WHERE kind = ? ORDER BY finishedAt DESC LIMIT ?',
      kind,
      MOST_OBSERVATIONS,
    ) as unknown as Observation[];
  }

  /** The kinds that have gained observations, in any window, since there were `count`; and how many there are now. */
  grownSince(count: number): { readonly kinds: readonly string[]; readonly count: number } {
    const rows = this.database.all('SELECT kind, rowid AS number FROM history WHERE rowid > ?', count);
    return {
      kinds: [...new Set(rows.map(row => String(row.kind)))],
      count: Math.max(count, ...rows.map(row => Number(row.number))),
    };
  }

  add(kind: string, { after, until }: Observation, finishedAt: number): void {
    this.database.run(
      'INSERT INTO history (kind, after, until, finishedAt) VALUES (?, ?, ?, ?)',
      kind,
      after,
      until,
      finishedAt,
    );
  }

  /** Notes a request to a gateway; those of more than an hour ago are forgotten. */
  noteRequest(gateway: string, now: number): void {
    this.database.run('DELETE FROM asks WHERE at < ? OR at > ?', now - HOUR, now + HOUR);
    this.database.run('INSERT INTO asks (at, gateway) VALUES (?, ?)', now, gateway);
  }

  /** Requests of the last hour, by gateway. */
  requestsInLastHour(now: number): Map<string, number> {
    const rows = this.database.all(
      'SELECT gateway, COUNT(*) AS count FROM asks WHERE at >= ? AND at <= ? GROUP BY gateway',
      now - HOUR,
      now,
    );
    return new Map(rows.map(row => [String(row.gateway), Number(row.count)]));
  }
}
