import { l10n } from 'vscode';
import type { CompareWords } from './compareProtocol.ts';
import { pageWords } from './words.ts';

/** The words of the page of compared clips, in the person's language. */
export function compareWords(): CompareWords {
  return {
    ...pageWords(),
    details: l10n.t('Differences'),

    hearFirst: l10n.t('Hear the first clip'),
    hearSecond: l10n.t('Hear the second clip'),
    hearThird: l10n.t('Hear the third clip'),
    hearFourth: l10n.t('Hear the fourth clip'),
    solo: l10n.t('Show this clip alone'),
    leaveSolo: l10n.t('Show all clips'),
    moveBack: l10n.t('Exchange with the clip before'),
    moveOn: l10n.t('Exchange with the clip after'),
    clips: l10n.t('Clips'),
    parameter: l10n.t('Parameter'),
    sameInAll: l10n.t('Same in all ({0})'),
    noDifferences: l10n.t('Nothing differs in what is known of these clips.'),
  };
}
