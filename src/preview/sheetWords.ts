import { l10n } from 'vscode';
import type { SheetWords } from './sheetProtocol.ts';

/** The strings of the contact sheet page, in VS Code's display language. */
export function sheetWords(): SheetWords {
  return {
    title: l10n.t('Contact Sheet'),
    filter: l10n.t('Filter clips'),
    filterHint: l10n.t('Filter by name, prompt, model, state, note, or ID'),
    model: l10n.t('Model'),
    allModels: l10n.t('All models'),
    sort: l10n.t('Sort by'),
    sorts: {
      list: l10n.t('As in the list'),
      shot: l10n.t('Shot'),
      newest: l10n.t('Newest first'),
      oldest: l10n.t('Oldest first'),
      name: l10n.t('Name'),
      duration: l10n.t('Duration'),
    },
    tileSize: l10n.t('Thumbnail size'),
    smaller: l10n.t('Smaller thumbnails'),
    larger: l10n.t('Larger thumbnails'),
    count: l10n.t('{0} clips'),
    missing: l10n.t('File not found'),
    unseen: l10n.t('New'),
    picked: l10n.t('Picked'),
    rejected: l10n.t('Rejected'),
    pick: l10n.t('Pick'),
    unpick: l10n.t('Remove Pick'),
    noThumbnail: l10n.t('No thumbnail'),
    noClips: l10n.t('No saved clips yet.'),
    noClipsHint: l10n.t('Saved clips appear here.'),
    track: l10n.t('Track Task…'),
    noMatch: l10n.t('No clips match the filter.'),
    clearFilter: l10n.t('Clear Filter'),
    selection: l10n.t('Selected clips'),
    selected: l10n.t('{0} selected'),
    compare: l10n.t('Compare'),
    howMany: l10n.t('Select 2 to 4 clips to compare'),
    saveAs: l10n.t('Save As…'),
    clearSelection: l10n.t('Clear'),
  };
}
