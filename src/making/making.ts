import { randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { MINUTE } from '../base/clock.ts';
import { grouped } from '../base/grouped.ts';
import type { Family, Model } from '../gateway/models.ts';
import type { TaskStore } from '../store/store.ts';
import { originOf, type Intent, type Maker } from '../tasks/intent.ts';
import type { Task } from '../tasks/task.ts';
import { isSafeId } from '../tasks/taskInput.ts';
import type { AgentMade, AgentTerms, BudgetExcess } from './budget.ts';
import { hashOf, intentsOf, wishOf, type Plan, type PlannedVideo, type Refusal, type Wish } from './plan.ts';
import { estimate, MOST_SAMPLES, priceKind, type Estimate, type PriceTable } from './price.ts';
import { bodyOf, checkRequest, isError, type Problem, type VideoRequest } from './request.ts';
import { Spending, totalOf, type DayLimit } from './spending.ts';

export { hashOf } from './plan.ts';
export type { Plan, PlannedVideo, Refusal, Wish } from './plan.ts';
export type { DayLimit, Spent } from './spending.ts';

/** What the verbs of making need from outside. */
export interface MakingDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly modelOf: (id: string) => Model | undefined;
  readonly prices: () => PriceTable;
  readonly dayLimit: () => DayLimit;
}

/** The same request within this time needs a confirmation, ms. */
const REPEATS_WITHIN = 10 * MINUTE;

/**
 * The verbs of making that people and agents share. Nothing is sent here: what is written down, the maker sends. Where the list is
 * not a file that can be written, none of them does anything.
 */
export class Making {
  readonly spending: Spending;

  private readonly dependencies: MakingDependencies;

  constructor(dependencies: MakingDependencies) {
    this.dependencies = dependencies;
    this.spending = new Spending(dependencies.store, dependencies.clock, dependencies.dayLimit);
  }

  /** Whether what is made can be written down: a list in memory may be the copy of one that other windows work on. */
  get hasLedger(): boolean {
    const { store } = this.dependencies;
    return !store.isReadOnly && !store.isInMemory;
  }

  /** Why wishes cannot be sent, as far as that can be said before their images are on the web. */
  check(wishes: readonly Wish[]): Refusal | undefined {
    if (!this.hasLedger) {
      return { kind: 'noLedger' };
    }
    for (const [index, wish] of wishes.entries()) {
      const model = this.modelOf(wish);
      const problems = checkRequest(wish.request, model, { allowsFiles: true });
      if (problems.some(isError)) {
        return { kind: 'problems', index, problems };
      }
      if (model === undefined && wish.family === undefined) {
        return { kind: 'noFamily', index };
      }
    }
    return undefined;
  }

  /** Checks wishes and says what would be sent; all or nothing. Images must be on the web, unless it is only to be shown. */
  plan(gateway: string, wishes: readonly Wish[], options = { allowsFiles: false }): Plan | Refusal {
    const videos: PlannedVideo[] = [];
    for (const [index, wish] of wishes.entries()) {
      const model = this.modelOf(wish);
      const problems = checkRequest(wish.request, model, options);
      if (problems.some(isError)) {
        return { kind: 'problems', index, problems };
      }
      const family = model?.family ?? wish.family;
      if (family === undefined) {
        return { kind: 'noFamily', index };
      }
      videos.push(this.planned(gateway, wish, family, model, problems));
    }
    const { amount, unpriced } = totalOf(videos.map(one => one.estimate?.amount));
    return { gateway, videos, amount, unpriced, today: this.spending.today(gateway) };
  }

  /** What a request is expected to cost, also while its images are still files; `undefined` where nothing is known of that. */
  estimateFor(gateway: string, request: VideoRequest): Estimate | undefined {
    const { store, prices } = this.dependencies;
    const model = this.modelOf({ request });
    const body = bodyOf(request, model);
    const charges = store.charges.ofKind(gateway, priceKind(body), MOST_SAMPLES);
    return estimate(body, model, prices(), charges);
  }

  /** Why a plan cannot be made, as far as that is known before it is written down. */
  excessOf({ gateway, videos, amount, unpriced }: Plan): Refusal | undefined {
    return this.spending.beyondLimit(gateway, { count: videos.length, amount, unpriced });
  }

  /**
   * Writes a plan down to be sent, in one commit; or why that may not be. The limit is measured at this moment, and so is whether the
   * same was sent meanwhile, by another window or a second click.
   */
  make(plan: Plan, madeBy: Maker, saveFolder: string | null): readonly Intent[] | Refusal {
    const { store, clock } = this.dependencies;
    if (!this.hasLedger) {
      return { kind: 'noLedger' };
    }
    return store.commit(
      () => this.hindranceOf(plan) ?? store.intents.add(intentsOf(plan, madeBy, saveFolder), clock.now()),
    );
  }

  /** The same for an agent, whose wish is known by a key: what was written down under it before stays all there is. */
  makeForAgent(
    plan: Plan,
    { requestKey, excessOf }: AgentTerms,
    saveFolder: string | null,
  ): AgentMade | BudgetExcess | Refusal {
    const { store, clock } = this.dependencies;
    if (!this.hasLedger) {
      return { kind: 'noLedger' };
    }
    return store.commit(() => {
      const known = store.intents.ofRequestKey(requestKey);
      if (known.length > 0) {
        return { intents: known, isNew: false };
      }
      const refusal = excessOf(plan) ?? this.hindranceOf(plan);
      const news = intentsOf(plan, 'agent', saveFolder, requestKey);
      return refusal ?? { intents: store.intents.add(news, clock.now()), isNew: true };
    });
  }

  /** Sends what was not sent, all or nothing; gives those that were still not sent, or why that may not be. */
  resume(ids: readonly string[]): readonly Intent[] | Refusal {
    const { store, clock } = this.dependencies;
    if (!this.hasLedger) {
      return { kind: 'noLedger' };
    }
    return store.commit(() => {
      const now = clock.now();
      const intents = ids
        .map(id => store.intents.get(id))
        .filter((one): one is Intent => one?.state === 'notSent');
      for (const [gateway, ofGateway] of grouped(intents, one => one.gateway)) {
        const excess = this.spending.beyondLimit(gateway, totalOf(ofGateway.map(one => one.estimate)));
        if (excess) {
          return excess;
        }
      }
      return intents.filter(one => store.intents.resume(one.id, now));
    });
  }

  /** Sends it no more. `false` where it is on its way, or was. */
  cancel(id: string): boolean {
    return this.hasLedger && this.dependencies.store.intents.drop(id, this.dependencies.clock.now());
  }

  /** The intent that already has a task, other than one. */
  ownerOf(gateway: string, taskId: string, besides: string): Intent | undefined {
    const owner = this.dependencies.store.intents.ofTask(gateway, taskId);
    return owner?.id === besides ? undefined : owner;
  }

  /**
   * It may have been made, and a person has its id: it is a task from now on. `undefined` where there is nothing to say any more, or
   * the task is another's.
   */
  found(id: string, taskId: string): Task | undefined {
    const { store, clock } = this.dependencies;
    if (!this.hasLedger || !isSafeId(taskId)) {
      return undefined;
    }
    return store.commit(() => {
      const now = clock.now();
      const intent = store.intents.get(id);
      if (
        !intent ||
        this.ownerOf(intent.gateway, taskId, id) ||
        !store.intents.resolve(id, 'found', taskId, now)
      ) {
        return undefined;
      }
      const { gateway, model, body } = intent;
      const { task, isNew } = store.add(gateway, taskId, now, now, { model, ...originOf(intent) });
      if (!isNew && store.get(task.key)?.request === null) {
        // A person has tracked it already, and nothing but this knows what it was made with.
        store.update(task.key, { request: body });
      }
      return store.get(task.key);
    });
  }

  /** It may have been made, and a person says that it was not: it counts against no limit any more. */
  notMade(id: string): boolean {
    const { store, clock } = this.dependencies;
    return this.hasLedger && store.intents.resolve(id, 'notMade', null, clock.now());
  }

  /** It may have been made, and a person has the same sent again, knowing that it may be charged twice. */
  sendAgain(id: string): Intent | Refusal | undefined {
    const { store, clock } = this.dependencies;
    const intent = store.intents.get(id);
    if (!this.hasLedger || !intent) {
      return this.hasLedger ? undefined : { kind: 'noLedger' };
    }
    return store.commit(() => {
      const excess = this.spending.beyondLimit(intent.gateway, totalOf([intent.estimate]));
      const now = clock.now();
      if (excess || !store.intents.resolve(id, 'sentAgain', null, now)) {
        return excess;
      }
      return store.intents.add([{ ...wishOf(intent), batch: randomUUID() }], now)[0];
    });
  }

  /** When the same request was last sent, or began to wait; ms since the epoch, and only where that is recent. */
  repeatOf(gateway: string, hash: string): number | undefined {
    const { store, clock } = this.dependencies;
    const last = store.intents.lastWanted(gateway, hash);
    return last !== undefined && clock.now() - last < REPEATS_WITHIN ? last : undefined;
  }

  /** Why a plan cannot be written down at this moment. */
  private hindranceOf(plan: Plan): Refusal | undefined {
    const isNews = ({ hash, repeats }: PlannedVideo): boolean =>
      (this.repeatOf(plan.gateway, hash) ?? repeats) !== repeats;
    return this.excessOf(plan) ?? (plan.videos.some(isNews) ? { kind: 'repeated' } : undefined);
  }

  private planned(
    gateway: string,
    wish: Wish,
    family: Family,
    model: Model | undefined,
    warnings: readonly Problem[],
  ): PlannedVideo {
    const body = bodyOf(wish.request, model);
    const hash = hashOf(family, body);
    return {
      wish,
      family,
      model,
      body,
      hash,
      estimate: this.estimateFor(gateway, wish.request),
      warnings,
      repeats: this.repeatOf(gateway, hash),
    };
  }

  private modelOf({ request }: Pick<Wish, 'request'>): Model | undefined {
    return typeof request.model === 'string' ? this.dependencies.modelOf(request.model.trim()) : undefined;
  }
}
