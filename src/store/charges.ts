import type { Database } from './database.ts';

/** What one finished task was charged, in the gateway's own unit. */
export interface ChargeRow {
  readonly gateway: string;
  readonly taskId: string;
  /** Tasks that cost alike; see `priceKind`. */
  readonly kind: string;
  /** The length of its clip, s; `null` where it is not known. */
  readonly seconds: number | null;
  readonly amount: number;
}

/** What finished tasks were charged. Outlives the tasks themselves. */
export class Charges {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Writes down a task's charge; a later one for the same task replaces it. */
  note(charge: ChargeRow, now: number): void {
    this.database.run(
      `INSERT INTO charges (gateway, taskId, kind, seconds, amount, at) VALUES (:gateway, :taskId, :kind, :seconds, :amount, :now)
       ON CONFLICT DO UPDATE SET amount = :amount`,
      { ...charge, now },
    );
  }

  /** The newest charges of a kind, newest first. */
  ofKind(gateway: string, kind: string, most: number): Pick<ChargeRow, 'seconds' | 'amount'>[] {
    return this.database.all(
      'SELECT seconds, amount FROM charges WHERE gateway = ? AND kind = ? ORDER BY at DESC, taskId LIMIT ?',
      gateway,
      kind,
      most,
    ) as unknown as Pick<ChargeRow, 'seconds' | 'amount'>[];
  }

  /** What a task was charged, where the gateway has said. */
  ofTask(gateway: string, taskId: string): number | undefined {
    const amount = this.database.get(
      'SELECT amount FROM charges WHERE gateway = ? AND taskId = ?',
      gateway,
      taskId,
    )?.amount;
    return typeof amount === 'number' ? amount : undefined;
  }
}
