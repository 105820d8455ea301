import { workspace, type ConfigurationChangeEvent } from 'vscode';
import { settings } from '../ids.ts';

type SettingId = (typeof settings)[keyof typeof settings];

/** Reads a setting as it is now. Defaults stand in package.json and nowhere else. */
function read(id: SettingId): unknown {
  const dot = id.lastIndexOf('.');
  return workspace.getConfiguration(id.slice(0, dot)).get(id.slice(dot + 1));
}

/** The gateway's address, as the person wrote it. */
export function baseUrlSetting(): string {
  return textOf(read(settings.baseUrl));
}

/** How tasks are watched, as the person wrote it. */
export function pollSettings(): { seconds: number; watchHours: number } {
  return { seconds: numberOf(read(settings.pollInterval)), watchHours: numberOf(read(settings.watchHours)) };
}

/** The folder for saved clips; empty for the usual one. */
export function saveFolderSetting(): string {
  return textOf(read(settings.saveFolder));
}

/** Whether a change of settings touches one of ours. */
export function affects(
  event: ConfigurationChangeEvent,
  id: (typeof settings)[keyof typeof settings],
): boolean {
  return event.affectsConfiguration(id);
}

/** A settings file can hold anything: what is no text counts as empty. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
