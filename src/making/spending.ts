import type { Clock } from '../base/clock.ts';
import type { TaskStore } from '../store/store.ts';
import { counts } from '../tasks/intent.ts';

/** What was spent, or may have been, in some time. */
export interface Spent {
  readonly count: number;
  /** Charged, or estimated where the charge is not known yet. */
  readonly amount: number;
  /** How many have neither. */
  readonly unpriced: number;
}

/** How much a person lets be made in a day; what is not given is not limited. */
export interface DayLimit {
  readonly count?: number;
  readonly amount?: number;
}

/** Why so much more cannot be made today. */
export type Excess =
  | { readonly kind: 'overLimit'; readonly limit: DayLimit; readonly today: Spent }
  /** An amount is limited, and the price is not known. */
  | { readonly kind: 'unpriced' };

/** What was spent at each gateway, and how much more may be. */
export class Spending {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly dayLimit: () => DayLimit;

  constructor(store: TaskStore, clock: Clock, dayLimit: () => DayLimit) {
    this.store = store;
    this.clock = clock;
    this.dayLimit = dayLimit;
  }

  /** What was spent at a gateway since a moment, or may have been, or will be with what still waits. */
  since(gateway: string, moment: number): Spent {
    const made = this.store.intents.since(moment).filter(one => one.gateway === gateway && counts(one));
    return totalOf(
      made.map(({ taskId, estimate }) =>
        taskId === null ? estimate : (this.store.charges.ofTask(gateway, taskId) ?? estimate),
      ),
    );
  }

  /** What was spent at a gateway since midnight. */
  today(gateway: string): Spent {
    return this.since(gateway, midnight(this.clock.now()));
  }

  /** Why so much more cannot be made at a gateway today; `undefined` where it can. */
  beyondLimit(gateway: string, more: Spent): Excess | undefined {
    const limit = this.dayLimit();
    const today = this.today(gateway);
    if (limit.count !== undefined && today.count + more.count > limit.count) {
      return { kind: 'overLimit', limit, today };
    }
    if (limit.amount === undefined) {
      return undefined;
    }
    if (more.unpriced > 0) {
      return { kind: 'unpriced' };
    }
    return today.amount + more.amount > limit.amount ? { kind: 'overLimit', limit, today } : undefined;
  }
}

/** The sum of what is known of some amounts, and how many are not. */
export function totalOf(amounts: readonly (number | null | undefined)[]): Spent {
  const known = amounts.filter(amount => typeof amount === 'number');
  const amount = known.reduce((total, one) => total + one, 0);
  return { count: amounts.length, amount, unpriced: amounts.length - known.length };
}

/** The beginning of a moment's day on this machine, ms since the epoch. */
function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
