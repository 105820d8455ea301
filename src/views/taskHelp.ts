import { l10n } from 'vscode';
import { commands, settings, type CommandId } from '../ids.ts';
import { knownRequestOf } from '../tasks/request.ts';
import {
  FOLDER_PROBLEMS,
  hasLink,
  isLocatable,
  isSavable,
  isUnderWay,
  lacksKey,
  type Task,
  type TaskKey,
} from '../tasks/task.ts';

/** A button of a message or a page: its label, command, and argument. */
export type Action = readonly [title: string, command: CommandId, argument?: TaskKey | string];

/** The actions that get a task any further, the most useful first; the same in messages and on pages. Empty if none does. */
export function helpsFor(task: Task, now: number): readonly Action[] {
  const refresh: Action = [l10n.t('Refresh'), commands.refresh, task.key];
  const key: readonly Action[] =
    lacksKey(task.problem) && task.file !== 'expired'
      ? [[l10n.t('Set API Key…'), commands.setKey, task.gateway]]
      : [];
  if (task.generation === 'failed' || task.generation === 'cancelled') {
    return knownRequestOf(task) ? [[l10n.t('Edit and Make Again…'), commands.editAndMake, task.key]] : [];
  }
  if (task.generation !== 'completed') {
    return isUnderWay(task) && key.length > 0 ? key : [...key, refresh];
  }
  if (task.file === 'saved') {
    return [
      [l10n.t('Open in System Player'), commands.openExternally, task.key],
      [l10n.t('Open Containing Folder'), commands.openFolder, task.key],
    ];
  }
  const find: readonly Action[] = isLocatable(task)
    ? [[l10n.t('Locate File…'), commands.locate, task.key]]
    : [];
  return [...key, ...find, ...(isSavable(task) ? savingHelps(task, now) : find.length > 0 ? [] : [refresh])];
}

/** The actions for a clip that has a link. */
function savingHelps(task: Task, now: number): readonly Action[] {
  const save: Action = [l10n.t('Save Now'), commands.saveNow, task.key];
  const retry: Action = [l10n.t('Retry Save'), commands.retrySave, task.key];
  const renew: Action = [l10n.t('Request New Link'), commands.requestLink, task.key];
  const stop: Action = [l10n.t('Stop Saving'), commands.stopSaving, task.key];
  const isAlive = (task.linkExpiresAt ?? 0) > now;
  switch (task.file) {
    case 'none':
      return [save, [l10n.t('Save As…'), commands.saveAs, task.key]];
    case 'waiting':
      return [save, stop];
    case 'downloading':
      return [stop];
    case 'failed':
      return [...problemHelps(task), retry];
    case 'expired':
      return [renew];
    case 'missing':
      return [isAlive ? [l10n.t('Save Again'), commands.saveNow, task.key] : renew];
    case 'saved':
      return [];
  }
}

/** The actions without which a retry would fail again. */
function problemHelps(task: Task): readonly Action[] {
  if (FOLDER_PROBLEMS.some(problem => problem === task.saveProblem)) {
    return [[l10n.t('Choose Save Folder…'), commands.chooseFolder]];
  }
  if (task.saveProblem === 'tooLarge') {
    return [[l10n.t('Open Settings'), commands.openSettings, settings.saveMaxSize]];
  }
  // Only other programs can download a streaming playlist.
  return task.saveProblem === 'playlist' && hasLink(task)
    ? [[l10n.t('Open Link'), commands.openLink, task.key]]
    : [];
}
