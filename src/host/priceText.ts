import { l10n } from 'vscode';
import { currencySetting } from './settings.ts';
import type { DayLimit, Spent } from '../making/making.ts';
import type { Estimate } from '../making/price.ts';
import type { EstimateSource } from '../tasks/intent.ts';

/** The smallest part of an amount that is shown. */
const SMALLEST = 0.0001;

/**
 * An amount in the gateway's own unit, with the symbol that a person has given it: `¥0.72`, `0.72 USD`, `0.72`; in a column, with as
 * many decimals as the others have.
 */
export function amountText(amount: number, decimals = 0): string {
  const isTiny = amount > 0 && amount < SMALLEST;
  const number = isTiny ? String(SMALLEST) : amount.toFixed(Math.max(decimals, decimalsOf(amount)));
  return (isTiny ? '<' : '') + withCurrency(number, currencySetting());
}

/** How many decimals an amount is shown with. */
export function decimalsOf(amount: number): number {
  return String(Number(amount.toFixed(4))).split('.')[1]?.length ?? 0;
}

function withCurrency(number: string, currency: string): string {
  if (currency === '') {
    return number;
  }
  return /^\p{L}{2}/u.test(currency) ? `${number} ${currency}` : currency + number;
}

/** What a video is expected to cost, and how that is known: `0.72 (6 past tasks)`. */
export function estimateText(estimate: Estimate | undefined): string {
  if (!estimate) {
    return l10n.t('price unknown');
  }
  const amount = amountText(estimate.amount);
  if (estimate.source === 'table') {
    return l10n.t('{0} (your price table)', amount);
  }
  return estimate.samples === 1
    ? l10n.t('{0} (1 past task)', amount)
    : l10n.t('{0} ({1} past tasks)', amount, estimate.samples);
}

/** What a video that was made was expected to cost, as it was written down with it. */
export function writtenEstimateText(amount: number | null, source: EstimateSource | null): string {
  if (amount === null) {
    return l10n.t('price unknown');
  }
  return source === 'table'
    ? l10n.t('{0} (your price table)', amountText(amount))
    : l10n.t('{0} (past tasks)', amountText(amount));
}

/** What several videos are expected to cost together: the sum of what is known, and how many are not in it. */
export function totalText(amount: number, count: number, unpriced: number): string {
  if (unpriced === count) {
    return l10n.t('price unknown');
  }
  return unpriced === 0
    ? amountText(amount)
    : l10n.t('{0}, and {1} without a known price', amountText(amount), unpriced);
}

/** What was made, and what that cost or may cost: `3 videos · 2.16`. */
export function spentText({ count, amount, unpriced }: Spent): string {
  const videos = count === 1 ? l10n.t('1 video') : l10n.t('{0} videos', count);
  return count === 0 ? videos : `${videos} · ${totalText(amount, count, unpriced)}`;
}

/** A limit as people read it: `10 videos`, `¥20`, or both. */
export function limitText({ count, amount }: DayLimit): string {
  const videos = count === undefined ? '' : count === 1 ? l10n.t('1 video') : l10n.t('{0} videos', count);
  return [videos, amount === undefined ? '' : amountText(amount)].filter(part => part !== '').join(' · ');
}
