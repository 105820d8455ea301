import { l10n } from 'vscode';
import type { CompareWords } from './compareProtocol.ts';
import { pageWords } from './words.ts';

/** The strings of the comparison page, in VS Code's display language. */
export function compareWords(): CompareWords {
  return {
    ...pageWords(),
    details: l10n.t('Differences'),

    listenToFirst: l10n.t('Listen to Clip 1'),
    listenToSecond: l10n.t('Listen to Clip 2'),
    listenToThird: l10n.t('Listen to Clip 3'),
    listenToFourth: l10n.t('Listen to Clip 4'),
    solo: l10n.t('Solo'),
    leaveSolo: l10n.t('Show All'),
    moveBack: l10n.t('Swap with Previous Clip'),
    moveOn: l10n.t('Swap with Next Clip'),
    clips: l10n.t('Clips'),
    parameter: l10n.t('Property'),
    sameInAll: l10n.t('Identical ({0})'),
    noDifferences: l10n.t('No differences found.'),
    picked: l10n.t('Picked'),
    rejected: l10n.t('Rejected'),
  };
}
