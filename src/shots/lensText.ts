import { l10n } from 'vscode';
import type { Price } from './prices.ts';
import type { ShotTexts } from './services.ts';

/** VS Code takes away a plain space after an icon. */
const GAP = '\u00a0';

/** The lens that generates a shot: how many videos, and what they are expected to cost. */
export function generateText(price: Price, total: ShotTexts['total']): string {
  return [
    `$(play)${GAP}${l10n.t('Generate')}`,
    price.count === 1 ? '' : l10n.t('{0} videos', price.count),
    priceText(price, total),
  ]
    .filter(part => part !== '')
    .join(' · ');
}

/** The lens that generates all shots of a file. */
export function generateAllText(price: Price, total: ShotTexts['total']): string {
  const videos = price.count === 1 ? l10n.t('1 video') : l10n.t('{0} videos', price.count);
  return [`$(run-all)${GAP}${l10n.t('Generate All in File')}`, videos, priceText(price, total)].join(' · ');
}

/** The lens that plays the picks of a file: of how many shots there are any. */
export function playCutText(picked: number, shots: number): string {
  const count = picked < shots ? l10n.t('{0} of {1} shots', picked, shots) : '';
  return [`$(play-circle)${GAP}${l10n.t('Play the Cut')}`, count].filter(part => part !== '').join(' · ');
}

/** The lens that exports them. */
export function exportCutText(): string {
  return `$(export)${GAP}${l10n.t('Export the Cut…')}`;
}

/** The lens of a shot in which something is wrong. */
export function problemsText(count: number): string {
  const problems = count === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', count);
  return `$(error)${GAP}${problems}`;
}

function priceText(price: Price, total: ShotTexts['total']): string {
  const text = total(price.amount, price.count, price.unpriced);
  return price.unpriced === price.count ? text : l10n.t('est. {0}', text);
}

/** Prices taken together. */
export function sumOf(prices: readonly Price[]): Price {
  return {
    amount: prices.reduce((sum, { amount }) => sum + amount, 0),
    count: prices.reduce((sum, { count }) => sum + count, 0),
    unpriced: prices.reduce((sum, { unpriced }) => sum + unpriced, 0),
  };
}
