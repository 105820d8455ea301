import { workspace, type ConfigurationChangeEvent } from 'vscode';
import { settings } from '../ids.ts';

type SettingId = (typeof settings)[keyof typeof settings];

interface SettingTypes extends Record<SettingId, string | number> {
  [settings.baseUrl]: string;
  [settings.pollInterval]: number;
  [settings.watchHours]: number;
  [settings.saveFolder]: string;
}

/** Reads a setting as it is now. Defaults stand in package.json and nowhere else. */
function read<Id extends SettingId>(id: Id): SettingTypes[Id] {
  const dot = id.lastIndexOf('.');
  const value: unknown = workspace.getConfiguration(id.slice(0, dot)).get(id.slice(dot + 1));
  return value as SettingTypes[Id];
}

/** The gateway's address, as the person wrote it. */
export function baseUrlSetting(): string {
  return read(settings.baseUrl);
}

/** How tasks are watched, as the person wrote it. */
export function pollSettings(): { seconds: number; watchHours: number } {
  return { seconds: read(settings.pollInterval), watchHours: read(settings.watchHours) };
}

/** The folder for saved clips; empty for the usual one. */
export function saveFolderSetting(): string {
  return read(settings.saveFolder);
}

/** Whether a change of settings touches one of ours. */
export function affects(
  event: ConfigurationChangeEvent,
  id: (typeof settings)[keyof typeof settings],
): boolean {
  return event.affectsConfiguration(id);
}
