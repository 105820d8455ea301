import type { TaskStore } from '../store/store.ts';
import type { Intent } from '../tasks/intent.ts';
import type { Plan } from './plan.ts';
import { excessOver, type DayLimit, type Spending, type Spent } from './spending.ts';

/** How much agents may have made: since this window was opened, and in a day. */
export interface AgentLimits {
  readonly session: DayLimit;
  readonly day: DayLimit;
}

/** Why the budget of agents does not allow a plan. `unpriced`: an amount is limited, and the price is not known. */
export interface BudgetExcess {
  readonly kind: 'overBudget';
  readonly of: keyof AgentLimits;
  readonly isUnpriced: boolean;
  readonly limit: DayLimit;
  readonly spent: Spent;
}

/** What an agent's wish is written down under. */
export interface AgentTerms {
  readonly requestKey: string;
  /** Measured at the moment of writing. */
  readonly excessOf: (plan: Plan) => BudgetExcess | undefined;
}

/** What stands in the ledger for an agent's wish. `isNew`: it was written down just now. */
export interface AgentMade {
  readonly intents: readonly Intent[];
  readonly isNew: boolean;
}

/** How much agents have had made, and whether more may be: a person sets it, and no agent. */
export class AgentBudget {
  private readonly store: Pick<TaskStore, 'intents'>;
  private readonly spending: Spending;
  private readonly limits: () => AgentLimits;
  /** The intents that agents had written down in this window. */
  private readonly ofSession: string[] = [];

  constructor(store: Pick<TaskStore, 'intents'>, spending: Spending, limits: () => AgentLimits) {
    this.store = store;
    this.spending = spending;
    this.limits = limits;
  }

  /** These were made in this window. */
  note(intents: readonly Intent[]): void {
    this.ofSession.push(...intents.map(({ id }) => id));
  }

  /** What was spent at a gateway, against each of the limits. */
  spent(gateway: string): Readonly<Record<keyof AgentLimits, Spent>> {
    const made = this.ofSession.map(id => this.store.intents.get(id)).filter(one => one !== undefined);
    return { session: this.spending.of(gateway, made), day: this.spending.madeToday(gateway, 'agent') };
  }

  /** What is limited, and how much. */
  get limit(): AgentLimits {
    return this.limits();
  }

  /** Why a plan is not allowed; `undefined` where it is. */
  excessOf({ gateway, videos, amount, unpriced }: Plan): BudgetExcess | undefined {
    const spent = this.spent(gateway);
    const limits = this.limits();
    const more = { count: videos.length, amount, unpriced };
    for (const span of ['session', 'day'] as const) {
      const excess = excessOver(limits[span], spent[span], more);
      if (excess) {
        const isUnpriced = excess === 'unpriced';
        return { kind: 'overBudget', of: span, isUnpriced, limit: limits[span], spent: spent[span] };
      }
    }
    return undefined;
  }
}
