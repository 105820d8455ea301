import type { Clock } from '../base/clock.ts';
import { midnight } from '../base/days.ts';
import type { TaskStore } from '../store/store.ts';
import { counts, type Intent, type Maker } from '../tasks/intent.ts';
import { madeVideos, type MadeVideo } from './madeVideos.ts';

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

  /** Every video since a moment: what was sent, may have been, or will be, and what was started elsewhere and is tracked. */
  videosSince(moment: number): MadeVideo[] {
    const { videos, charges } = this.store;
    const made = madeVideos(videos.since(moment), (...task) => charges.ofTask(...task), this.clock.now());
    return made.filter(({ at }) => at >= moment);
  }

  /**
   * What was spent at a gateway since midnight: the one figure of today that people are shown, and that the page of spending has for
   * all models and folders.
   */
  today(gateway: string): Spent {
    return totalOf(this.todaysVideos(gateway).map(({ amount }) => amount));
  }

  /** How much of that was requested here: by anybody, or by one kind. The rest was started elsewhere, and is tracked. */
  madeToday(gateway: string, by?: Maker): Spent {
    const made = this.todaysVideos(gateway).filter(({ madeBy }) =>
      by === undefined ? madeBy !== null : madeBy === by,
    );
    return totalOf(made.map(({ amount }) => amount));
  }

  /** What was spent at a gateway for some intents, or may have been, or will be. */
  of(gateway: string, intents: readonly Intent[]): Spent {
    return totalOf(
      intents
        .filter(one => one.gateway === gateway && counts(one))
        .map(({ taskId, estimate }) =>
          taskId === null ? estimate : (this.store.charges.ofTask(gateway, taskId) ?? estimate),
        ),
    );
  }

  /** Why so much more cannot be made at a gateway today, by the limit on what is requested here; `undefined` where it can. */
  beyondLimit(gateway: string, more: Spent): Excess | undefined {
    const limit = this.dayLimit();
    const today = this.madeToday(gateway);
    const excess = excessOver(limit, today, more);
    return excess === 'over' ? { kind: 'overLimit', limit, today } : excess && { kind: 'unpriced' };
  }

  private todaysVideos(gateway: string): MadeVideo[] {
    return this.videosSince(midnight(this.clock.now())).filter(video => video.gateway === gateway);
  }
}

/** Why a limit does not allow so much more; `undefined` where it does. */
export function excessOver(limit: DayLimit, spent: Spent, more: Spent): 'over' | 'unpriced' | undefined {
  if (limit.count !== undefined && spent.count + more.count > limit.count) {
    return 'over';
  }
  if (limit.amount === undefined) {
    return undefined;
  }
  if (more.unpriced > 0) {
    return 'unpriced';
  }
  return spent.amount + more.amount > limit.amount ? 'over' : undefined;
}

/** The sum of what is known of some amounts, and how many are not. */
export function totalOf(amounts: readonly (number | null | undefined)[]): Spent {
  const known = amounts.filter(amount => typeof amount === 'number');
  const amount = known.reduce((total, one) => total + one, 0);
  return { count: amounts.length, amount, unpriced: amounts.length - known.length };
}
