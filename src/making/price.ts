import type { Model } from '../gateway/models.ts';
import type { EstimateSource } from '../tasks/intent.ts';
import { modeOf, type VideoRequest } from './request.ts';

/** What one video is expected to cost, in the gateway's own unit, and how that is known. */
export interface Estimate {
  readonly amount: number;
  readonly source: EstimateSource;
  /** How many earlier tasks it was learned from; 0 where the person's own table says it. */
  readonly samples: number;
}

/** What an earlier task of the kind was charged. */
export interface Charge {
  /** The length of its clip, s; `null` where it is not known. */
  readonly seconds: number | null;
  readonly amount: number;
}

/** The person's own prices (`dailies.prices`), by model: of one video, or of one second of it. */
export type PriceTable = Readonly<Record<string, { readonly call?: number; readonly second?: number }>>;

/** The newest charges that a price is learned from: prices change. */
export const MOST_SAMPLES = 20;

/** Tasks that cost the same, or the same for each second: one model in one mode and resolution. `body` is what was sent. */
export function priceKind(body: VideoRequest): string {
  const text = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');
  return [text(body.model), modeOf(body), text(body.resolution)].join('|');
}

/** The length that a request pays for, s; `null` where neither it nor the table says. */
export function secondsOf(body: VideoRequest, model: Model | undefined): number | null {
  return typeof body.duration === 'number' ? body.duration : (model?.seconds ?? null);
}

/**
 * What a request is expected to cost: by the person's table, else by the newest charges of its kind; `undefined` where neither says:
 * a price is never guessed. Models that are paid by the second are scaled by it; of the others, only charges of the same length count.
 */
export function estimate(
  body: VideoRequest,
  model: Model | undefined,
  table: PriceTable,
  charges: readonly Charge[],
): Estimate | undefined {
  const seconds = secondsOf(body, model);
  return byTable(body, seconds, table) ?? byCharges(seconds, model, charges);
}

function byTable(body: VideoRequest, seconds: number | null, table: PriceTable): Estimate | undefined {
  const price = typeof body.model === 'string' ? table[body.model] : undefined;
  if (price?.call !== undefined && isAmount(price.call)) {
    return { amount: price.call, source: 'table', samples: 0 };
  }
  return price?.second !== undefined && isAmount(price.second) && seconds !== null
    ? { amount: price.second * seconds, source: 'table', samples: 0 }
    : undefined;
}

function byCharges(
  seconds: number | null,
  model: Model | undefined,
  charges: readonly Charge[],
): Estimate | undefined {
  const isPerSecond = model?.billing === 'second' && seconds !== null && seconds > 0;
  const prices = charges.slice(0, MOST_SAMPLES).flatMap(charge => {
    if (!isAmount(charge.amount)) {
      return [];
    }
    if (isPerSecond) {
      return charge.seconds !== null && charge.seconds > 0
        ? [(charge.amount / charge.seconds) * seconds]
        : [];
    }
    return charge.seconds === seconds ? [charge.amount] : [];
  });
  const amount = median(prices);
  return amount === undefined ? undefined : { amount, source: 'learned', samples: prices.length };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
