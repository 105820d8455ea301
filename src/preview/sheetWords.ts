import { l10n } from 'vscode';
import type { SheetWords } from './sheetProtocol.ts';

/** The words of the contact sheet's page, in the person's language. */
export function sheetWords(): SheetWords {
  return {
    title: l10n.t('Contact Sheet'),
    filter: l10n.t('Filter clips'),
    filterHint: l10n.t('Words of a name, a prompt, a model, a state or an ID.'),
    model: l10n.t('Model'),
    allModels: l10n.t('All models'),
    tileSize: l10n.t('Size of the pictures'),
    count: l10n.t('Clips: {0}'),
    missing: l10n.t('File not found'),
    noPicture: l10n.t('No picture'),
    noClips: l10n.t('No finished clips yet.'),
    noClipsHint: l10n.t('Track a task, and its clip stands here as soon as it is saved.'),
    track: l10n.t('Track Task…'),
    noMatch: l10n.t('No clip matches the filter.'),
    clearFilter: l10n.t('Clear Filter'),
  };
}
