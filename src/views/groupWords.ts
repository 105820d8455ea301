import { env, l10n } from 'vscode';
import { shotName, shotOfKey } from '../tasks/shot.ts';
import { NO_MODEL, NO_SHOT, type Grouping, type StateGroup } from '../tasks/arrangement.ts';
import { friendlyModel } from './shortText.ts';

/** The display name of a group. */
export function groupName(id: string, grouping: Grouping, now: number): string {
  switch (grouping) {
    case 'state':
      return stateGroupName(id as StateGroup);
    case 'shot':
      return id === NO_SHOT ? l10n.t('No Shot') : shotName(shotOfKey(id));
    case 'model':
      return id === NO_MODEL ? l10n.t('Unknown Model') : friendlyModel(id);
    case 'day':
      return dayName(id, now);
    case 'none':
      return '';
  }
}

function stateGroupName(group: StateGroup): string {
  switch (group) {
    case 'attention':
      return l10n.t('Needs Attention');
    case 'inProgress':
      return l10n.t('In Progress');
    case 'ready':
      return l10n.t('Ready');
    case 'failed':
      return l10n.t('Failed');
  }
}

/** `day`: `2026-11-21`, in the local time zone. */
function dayName(day: string, now: number): string {
  const start = new Date(`${day}T00:00`);
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Rounded, because days on which daylight saving time starts or ends don't have 24 h.
  const days = Math.round((today - start.getTime()) / 86_400_000);
  if (days === 0 || days === 1) {
    return days === 0 ? l10n.t('Today') : l10n.t('Yesterday');
  }
  return new Intl.DateTimeFormat(env.language, { dateStyle: 'full' }).format(start);
}
