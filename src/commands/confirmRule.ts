import type { Plan } from '../making/making.ts';

/**
 * Whether a person is to confirm a plan: by their setting, and in any case the same as a few minutes ago, and what has no known price
 * unless they have turned that off.
 */
export function needsConfirmation(
  { videos, unpriced }: Plan,
  setting: 'always' | 'batches' | 'never',
  confirmsUnknownPrice: boolean,
): boolean {
  return (
    setting === 'always' ||
    (setting === 'batches' && videos.length > 1) ||
    (confirmsUnknownPrice && unpriced > 0) ||
    videos.some(({ repeats }) => repeats !== undefined)
  );
}
