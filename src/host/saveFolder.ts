import { ConfigurationTarget, l10n, Uri, workspace } from 'vscode';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../base/log.ts';
import { settings } from '../ids.ts';
import {
  folderText,
  isOfWorkspace,
  resolveFolder,
  storedFolder,
  type SaveFolder,
  type UnusableFolder,
} from '../saving/folderPath.ts';
import { storedPath } from './clipUri.ts';
import { learnReach } from './reach.ts';
import { saveFolderSettings } from './settings.ts';
import { videosFolder } from './videosFolder.ts';

/**
 * The folder that this window's workspace fixes, as a path or URI: by its own setting, or because the person's names
 * `${workspaceFolder}`. `null` where the person's setting means the same in every window. Other windows save the tasks of
 * this one: what is fixed here must be stored with the task.
 */
export function ownSaveFolder(log: Log): string | null {
  const { setting, isOwn } = folderSetting();
  if (!isOwn) {
    return null;
  }
  const folder = resolveHere(setting);
  if (folder.kind === 'unusable') {
    log.warn(troubleText(folder));
    return null;
  }
  return folderText(folder);
}

/** The folder of the person's own setting, in every window; the default where that cannot be used. */
export function userSaveFolder(log: Log): SaveFolder {
  const { user } = saveFolderSettings();
  if (user !== '') {
    // No folder of a workspace: this window's may not be that of the task.
    const folder = resolveFolder(user, { home: homedir(), folders: [] });
    if (folder.kind !== 'unusable') {
      return folder;
    }
    log.warn(troubleText(folder));
  }
  return { kind: 'local', path: join(videosFolder(log), 'Dailies') };
}

/** Where the clips of tasks go that are tracked in this window now. */
export function saveFolderUri(log: Log): Uri {
  const own = ownSaveFolder(log);
  const folder = own === null ? userSaveFolder(log) : storedFolder(own);
  return folder.kind === 'local' ? Uri.file(folder.path) : Uri.parse(folder.uri);
}

/**
 * Sets the folder that a person has chosen, where it takes effect in this window: for the workspace if that has a folder of
 * its own, or is the only one that reaches this one; else for all windows. Gives what tasks are to hold, as `ownSaveFolder`.
 */
export async function setSaveFolder(folder: Uri): Promise<string | null> {
  learnReach(folder);
  const value = storedPath(folder);
  const isForWorkspace =
    workspace.name !== undefined && (folder.scheme !== 'file' || saveFolderSettings().workspace !== '');
  const target = isForWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration().update(settings.saveFolder, value, target);
  return isForWorkspace || folder.scheme !== 'file' ? value : null;
}

/** Why the setting cannot be used in this window, in words for a person; `undefined` where it can. */
export function saveFolderTrouble(): string | undefined {
  const { setting } = folderSetting();
  const folder = setting === '' ? undefined : resolveHere(setting);
  return folder?.kind === 'unusable' ? troubleText(folder) : undefined;
}

/** The setting that applies in this window, and whether it applies only here. */
function folderSetting(): { setting: string; isOwn: boolean } {
  const { user, workspace: own } = saveFolderSettings();
  return own === '' ? { setting: user, isOwn: isOfWorkspace(user) } : { setting: own, isOwn: true };
}

function resolveHere(setting: string): SaveFolder | UnusableFolder {
  return resolveFolder(setting, { home: homedir(), folders: workspace.workspaceFolders ?? [] });
}

function troubleText({ problem, text }: UnusableFolder): string {
  switch (problem) {
    case 'notAbsolute':
      return l10n.t('The save folder "{0}" is neither an absolute path nor a URI. Using the default.', text);
    case 'noWorkspace':
      return l10n.t('The save folder starts with {0}, but no folder is open. Using the default.', text);
    case 'noSuchFolder':
      return l10n.t(
        'The save folder is in the workspace folder "{0}", which isn\'t open. Using the default.',
        text,
      );
    case 'unknownVariable':
      return l10n.t("{0} isn't valid here in the save folder setting. Using the default.", text);
  }
}
