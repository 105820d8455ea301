import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { MINUTE } from '../base/clock.ts';
import type { Family, Model } from '../gateway/models.ts';
import type { TaskStore } from '../store/store.ts';
import { counts, originOf, type Intent, type Maker, type NewIntent } from '../tasks/intent.ts';
import type { Task } from '../tasks/task.ts';
import { isSafeId } from '../tasks/taskInput.ts';
import { estimate, MOST_SAMPLES, priceKind, type Estimate, type PriceTable } from './price.ts';
import { bodyOf, checkRequest, isError, type Problem, type VideoRequest } from './request.ts';

/** One video that is wanted. */
export interface Wish {
  readonly request: VideoRequest;
  /** Which endpoint makes it, where the table does not know its model. */
  readonly family?: Family;
  readonly label?: string | null;
  readonly file?: string | null;
  readonly section?: string | null;
  readonly take?: number | null;
  /** The clip whose frame it starts from, as tasks hold it. */
  readonly source?: string | null;
}

/** A wish as it will be sent. */
export interface PlannedVideo {
  readonly wish: Wish;
  readonly family: Family;
  /** Its row of the table; `undefined` for a model whose parameters nobody has checked. */
  readonly model: Model | undefined;
  readonly body: Record<string, unknown>;
  readonly hash: string;
  readonly estimate: Estimate | undefined;
  /** Warnings: it can be sent all the same. */
  readonly warnings: readonly Problem[];
  /** When the same request was last sent, or is waiting to be; ms since the epoch. Only where that is recent. */
  readonly repeats: number | undefined;
}

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

/** What is about to be sent: what a person confirms. */
export interface Plan {
  readonly gateway: string;
  readonly videos: readonly PlannedVideo[];
  /** The sum of the known estimates, and how many videos have none. */
  readonly amount: number;
  readonly unpriced: number;
  /** Since midnight, before these. */
  readonly today: Spent;
}

/** Why nothing was written down. */
export type Refusal =
  /** A request has errors: of which wish, and all its problems. */
  | { readonly kind: 'problems'; readonly index: number; readonly problems: readonly Problem[] }
  /** The family of a model that the table does not know must be chosen. */
  | { readonly kind: 'noFamily'; readonly index: number }
  | { readonly kind: 'overLimit'; readonly limit: DayLimit; readonly today: Spent }
  /** An amount is limited, and the price is not known. */
  | { readonly kind: 'unpriced' }
  /** The list cannot be written, so nobody could tell afterwards what was sent. */
  | { readonly kind: 'noLedger' };

/** What the verbs of making need from outside. */
export interface MakingDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly modelOf: (id: string) => Model | undefined;
  readonly prices: () => PriceTable;
  readonly dayLimit: () => DayLimit;
}

/** The same request within this time is asked about first, ms. */
const REPEATS_WITHIN = 10 * MINUTE;

/** The verbs of making that people and agents share. Nothing is sent here: what is written down, the maker sends. */
export class Making {
  private readonly dependencies: MakingDependencies;

  constructor(dependencies: MakingDependencies) {
    this.dependencies = dependencies;
  }

  /** Checks wishes and says what would be sent; all or nothing. */
  plan(gateway: string, wishes: readonly Wish[]): Plan | Refusal {
    const videos: PlannedVideo[] = [];
    for (const [index, wish] of wishes.entries()) {
      const model = this.modelOf(wish);
      const problems = checkRequest(wish.request, model, { allowsFiles: false });
      if (problems.some(isError)) {
        return { kind: 'problems', index, problems };
      }
      const family = model?.family ?? wish.family;
      if (family === undefined) {
        return { kind: 'noFamily', index };
      }
      videos.push(this.planned(gateway, wish, family, model, problems));
    }
    const known = videos.flatMap(one => (one.estimate ? [one.estimate.amount] : []));
    return {
      gateway,
      videos,
      amount: sum(known),
      unpriced: videos.length - known.length,
      today: this.spentSince(gateway, midnight(this.dependencies.clock.now())),
    };
  }

  /** Writes a plan down to be sent, in one commit; or why that may not be. The limit is measured at this moment. */
  make(plan: Plan, madeBy: Maker, saveFolder: string | null): readonly Intent[] | Refusal {
    const { store, clock } = this.dependencies;
    if (store.isReadOnly || store.isInMemory) {
      return { kind: 'noLedger' };
    }
    return store.commit(() => {
      const now = clock.now();
      const refusal = this.beyondLimit(plan.gateway, plan.videos.length, plan.amount, plan.unpriced, now);
      return refusal ?? store.intents.add(intentsOf(plan, madeBy, saveFolder), now);
    });
  }

  /** Sends what was not sent. `false` where it is in another state by now. */
  resume(id: string): boolean {
    return this.dependencies.store.intents.resume(id);
  }

  /** Sends it no more. `false` where it is on its way, or was. */
  cancel(id: string): boolean {
    return this.dependencies.store.intents.drop(id, this.dependencies.clock.now());
  }

  /** It may have been made, and a person has its id: it is a task from now on. `undefined` where there is nothing to say any more. */
  found(id: string, taskId: string): Task | undefined {
    const { store, clock } = this.dependencies;
    const intent = store.intents.get(id);
    if (!intent || !isSafeId(taskId)) {
      return undefined;
    }
    return store.commit(() => {
      const now = clock.now();
      if (!store.intents.resolve(id, 'found', taskId, now)) {
        return undefined;
      }
      const { gateway, model } = intent;
      return store.add(gateway, taskId, now, now, { model, ...originOf(intent) }).task;
    });
  }

  /** It may have been made, and a person says that it was not: it counts against no limit any more. */
  notMade(id: string): boolean {
    const { store, clock } = this.dependencies;
    return store.intents.resolve(id, 'notMade', null, clock.now());
  }

  /** It may have been made, and a person has the same sent again, knowing that it may be charged twice. */
  sendAgain(id: string): Intent | Refusal | undefined {
    const { store, clock } = this.dependencies;
    const intent = store.intents.get(id);
    if (!intent) {
      return undefined;
    }
    return store.commit(() => {
      const now = clock.now();
      const { gateway, estimate: expected } = intent;
      const refusal = this.beyondLimit(gateway, 1, expected ?? 0, expected === null ? 1 : 0, now);
      if (refusal || !store.intents.resolve(id, 'sentAgain', null, now)) {
        return refusal;
      }
      return store.intents.add([{ ...wishOf(intent), batch: randomUUID() }], now)[0];
    });
  }

  /** What was spent at a gateway since a moment, or may have been. */
  spentSince(gateway: string, moment: number): Spent {
    const { store } = this.dependencies;
    const made = store.intents.since(moment).filter(one => one.gateway === gateway && counts(one));
    const amounts = made.flatMap(({ taskId, estimate: expected }) => {
      const charged = taskId === null ? undefined : store.charges.ofTask(gateway, taskId);
      const amount = charged ?? expected;
      return amount === null ? [] : [amount];
    });
    return { count: made.length, amount: sum(amounts), unpriced: made.length - amounts.length };
  }

  private planned(
    gateway: string,
    wish: Wish,
    family: Family,
    model: Model | undefined,
    warnings: readonly Problem[],
  ): PlannedVideo {
    const { store, clock, prices } = this.dependencies;
    const body = bodyOf(wish.request, model);
    const hash = hashOf(family, body);
    const charges = store.charges.ofKind(gateway, priceKind(body), MOST_SAMPLES);
    const last = store.intents.lastWanted(gateway, hash);
    return {
      wish,
      family,
      model,
      body,
      hash,
      estimate: estimate(body, model, prices(), charges),
      warnings,
      repeats: last !== undefined && clock.now() - last < REPEATS_WITHIN ? last : undefined,
    };
  }

  /** Why so many videos more cannot be made today. */
  private beyondLimit(
    gateway: string,
    count: number,
    amount: number,
    unpriced: number,
    now: number,
  ): Refusal | undefined {
    const limit = this.dependencies.dayLimit();
    const today = this.spentSince(gateway, midnight(now));
    if (limit.count !== undefined && today.count + count > limit.count) {
      return { kind: 'overLimit', limit, today };
    }
    if (limit.amount === undefined) {
      return undefined;
    }
    if (unpriced > 0) {
      return { kind: 'unpriced' };
    }
    return today.amount + amount > limit.amount ? { kind: 'overLimit', limit, today } : undefined;
  }

  private modelOf({ request }: Wish): Model | undefined {
    return typeof request.model === 'string' ? this.dependencies.modelOf(request.model.trim()) : undefined;
  }
}

/** What a request is known by: the same endpoint and the same body, whatever the order of its fields. */
export function hashOf(family: Family, body: Readonly<Record<string, unknown>>): string {
  const fields = Object.keys(body)
    .sort()
    .map(name => [name, body[name]]);
  return createHash('sha256')
    .update(JSON.stringify([family, fields]))
    .digest('hex');
}

function intentsOf({ gateway, videos }: Plan, madeBy: Maker, saveFolder: string | null): NewIntent[] {
  const batch = randomUUID();
  return videos.map(({ wish, family, body, hash, estimate: expected }) => ({
    batch,
    gateway,
    family,
    model: String(body.model),
    body: JSON.stringify(body),
    hash,
    label: wish.label ?? null,
    saveFolder,
    file: wish.file ?? null,
    section: wish.section ?? null,
    take: wish.take ?? null,
    source: wish.source ?? null,
    estimate: expected?.amount ?? null,
    estimateSource: expected?.source ?? null,
    madeBy,
  }));
}

/** The same wish once more. */
function wishOf(intent: Intent): Omit<NewIntent, 'batch'> {
  const { gateway, family, model, body, hash, label, saveFolder, file, section, take, source, madeBy } =
    intent;
  const { estimate: expected, estimateSource } = intent;
  return {
    gateway,
    family,
    model,
    body,
    hash,
    label,
    saveFolder,
    file,
    section,
    take,
    source,
    estimate: expected,
    estimateSource,
    madeBy,
  };
}

/** The beginning of a moment's day on this machine, ms since the epoch. */
function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
