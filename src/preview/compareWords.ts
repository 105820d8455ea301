import { l10n } from 'vscode';
import type { CompareWords } from './compareProtocol.ts';
import { pageWords } from './words.ts';

/** The words of the page of compared clips, in the person's language. */
export function compareWords(): CompareWords {
  return {
    ...pageWords(),
    details: l10n.t('Differences'),

    hearFirst: l10n.t('Listen to Clip 1'),
    hearSecond: l10n.t('Listen to Clip 2'),
    hearThird: l10n.t('Listen to Clip 3'),
    hearFourth: l10n.t('Listen to Clip 4'),
    solo: l10n.t('Solo'),
    leaveSolo: l10n.t('Show All'),
    moveBack: l10n.t('Swap with Previous Clip'),
    moveOn: l10n.t('Swap with Next Clip'),
    clips: l10n.t('Clips'),
    parameter: l10n.t('Property'),
    sameInAll: l10n.t('Identical ({0})'),
    noDifferences: l10n.t('No differences found.'),
  };
}
