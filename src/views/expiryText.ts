import { l10n } from 'vscode';
import { leftText } from './measures.ts';

/**
 * The state of the links of unsaved clips: `2 not saved`, `expires in 4 h`; if only some have expired, `1 expired`,
 * `1 expires in 4 h`. `expiries`: when each is assumed to expire, ms since the epoch; `null` if unknown.
 */
export function expiryWords(expiries: readonly (number | null)[], now: number): string[] {
  const known = expiries.filter(at => at !== null);
  const alive = known.filter(at => at > now);
  const expired = known.length - alive.length;
  const left = leftText(Math.min(...alive) - now);
  if (alive.length > 0 && expired > 0) {
    return [
      l10n.t('{0} expired', expired),
      alive.length === 1
        ? l10n.t('1 expires in {0}', left)
        : l10n.t('{0} expire, first in {1}', alive.length, left),
    ];
  }
  const count = l10n.t('{0} not saved', expiries.length);
  if (alive.length > 0) {
    return [count, l10n.t('expires in {0}', left)];
  }
  return known.length > 0 ? [count, l10n.t('link may have expired')] : [count];
}
