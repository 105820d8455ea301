import { createHash, randomUUID } from 'node:crypto';
import type { Family, Model } from '../gateway/models.ts';
import type { Intent, Maker, NewIntent } from '../tasks/intent.ts';
import type { Estimate } from './price.ts';
import type { Problem, VideoRequest } from './request.ts';
import type { DayLimit, Spent } from './spending.ts';

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
  /** The same was sent by another hand since the plan was made: it must be confirmed anew. */
  | { readonly kind: 'repeated' }
  /** The list cannot be written, so it would be unknown afterwards what was sent. */
  | { readonly kind: 'noLedger' };

/** What a request is known by: the same endpoint and the same body, whatever the order of its fields. */
export function hashOf(family: Family, body: Readonly<Record<string, unknown>>): string {
  const fields = Object.keys(body)
    .sort()
    .map(name => [name, body[name]]);
  return createHash('sha256')
    .update(JSON.stringify([family, fields]))
    .digest('hex');
}

/** A plan as it is written down. */
export function intentsOf(
  { gateway, videos }: Plan,
  madeBy: Maker,
  saveFolder: string | null,
  requestKey: string | null = null,
): NewIntent[] {
  const batch = randomUUID();
  return videos.map(({ wish, family, body, hash, estimate: expected }, index) => ({
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
    requestKey: index === 0 ? requestKey : null,
  }));
}

/** What was wanted with an intent, to be wanted once more. */
export function wishOf(intent: Intent): Omit<NewIntent, 'batch'> {
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
