import { workspace, type ConfigurationChangeEvent, type WorkspaceConfiguration } from 'vscode';
import { settings } from '../ids.ts';
import type { AgentLimits } from '../making/budget.ts';
import type { DayLimit } from '../making/making.ts';
import type { PriceTable } from '../making/price.ts';
import { priceTable, type PriceTrouble } from '../making/priceTable.ts';
import { GROUPINGS, SORTINGS, type Grouping, type Sorting } from '../tasks/arrangement.ts';
import { judgeAddress, type GatewayAddress } from '../tasks/gatewayAddress.ts';

/** Where the setting holds no number, bytes; a test holds it to the default in package.json. */
const DEFAULT_LARGEST = 2 * 1024 ** 3;

/** The longest symbol of a currency, characters, as in package.json. */
const LONGEST_CURRENCY = 10;

/** The kinds of notifications that a person can turn off. */
const NOTIFICATIONS = {
  ready: settings.notifyReady,
  failed: settings.notifyFailed,
  atRisk: settings.notifyAtRisk,
  keyRejected: settings.notifyKeyRejected,
} as const;

type SettingId = (typeof settings)[keyof typeof settings];

/** Reads a setting as it is now. Defaults are in package.json and nowhere else. */
export function read(id: SettingId): unknown {
  const dot = id.lastIndexOf('.');
  return workspace.getConfiguration(id.slice(0, dot)).get(id.slice(dot + 1));
}

/** Who says what about a setting. */
function inspect(id: SettingId): ReturnType<WorkspaceConfiguration['inspect']> {
  return workspace.getConfiguration().inspect(id);
}

/** The gateway's address, as the person entered it. */
export function baseUrlSetting(): string {
  return textOf(read(settings.baseUrl));
}

/** The gateway that is set, if its address is usable. */
export function gatewaySetting(): GatewayAddress | undefined {
  const address = judgeAddress(baseUrlSetting());
  return typeof address === 'string' ? undefined : address;
}

/** How tasks are polled, as the person entered it. */
export function pollSettings(): { seconds: number; watchHours: number } {
  return { seconds: numberOf(read(settings.pollInterval)), watchHours: numberOf(read(settings.watchHours)) };
}

/**
 * The folder for saved clips, as the person wrote it for all windows, and as the workspace of this one says it; empty
 * where nothing is set. A workspace that is not trusted is ignored.
 */
export function saveFolderSettings(): { user: string; workspace: string } {
  const found = inspect(settings.saveFolder);
  const own = workspace.isTrusted ? (found?.workspaceFolderValue ?? found?.workspaceValue) : undefined;
  return { user: textOf(found?.globalValue).trim(), workspace: textOf(own).trim() };
}

/** The template for names of clips, as the person entered it. */
export function saveFileNameSetting(): string {
  return textOf(read(settings.saveFileName));
}

/** How the list is divided and ordered. */
export function listSettings(): { grouping: Grouping; sorting: Sorting } {
  const [grouping, sorting] = [read(settings.groupBy), read(settings.sortBy)];
  return {
    grouping: GROUPINGS.find(one => one === grouping) ?? 'state',
    sorting: SORTINGS.find(one => one === sorting) ?? 'newest',
  };
}

/** Whether finished clips are saved automatically. */
export function automaticSaveSetting(): boolean {
  return read(settings.saveAutomatic) !== false;
}

/** The largest clip that is saved, bytes. */
export function largestClipSetting(): number {
  const megabytes = numberOf(read(settings.saveMaxSize));
  return megabytes >= 1 ? megabytes * 1024 ** 2 : DEFAULT_LARGEST;
}

/** Whether a JSON file is written next to each clip. */
export function saveSidecarSetting(): boolean {
  return read(settings.saveSidecar) === true;
}

/** Before which videos the person confirms; always, where the setting holds none of the words. */
export function confirmSetting(): 'always' | 'batches' | 'never' {
  const value = read(settings.confirm);
  return value === 'batches' || value === 'never' ? value : 'always';
}

/** Whether the person also confirms what they would otherwise not, where its price is not known. */
export function confirmUnknownPriceSetting(): boolean {
  return read(settings.confirmUnknownPrice) !== false;
}

/** The person's own prices, by model; what is no number is left out. */
export function pricesSetting(): PriceTable {
  return priceTable(read(settings.prices)).table;
}

/** What is wrong in the person's own prices. */
export function pricesTroubles(): readonly PriceTrouble[] {
  return priceTable(read(settings.prices)).troubles;
}

/** The person's own rows of the model table, as they stand in the setting. */
export function modelsSetting(): unknown {
  return read(settings.models);
}

/** What stands with amounts; empty where they are plain numbers. */
export function currencySetting(): string {
  return textOf(read(settings.currency)).trim().slice(0, LONGEST_CURRENCY);
}

/** How much may be made in a day. */
export function dayLimitSetting(): DayLimit {
  return limitIn(read(settings.dayLimit));
}

/** Whether agents may have videos made. */
export function agentsPaidSetting(): boolean {
  return read(settings.agentsPaid) === true;
}

/** How much agents may have made, since the window was opened and in a day. */
export function agentLimitsSetting(): AgentLimits {
  return {
    session: limitIn(read(settings.agentsSessionBudget)),
    day: limitIn(read(settings.agentsDayBudget)),
  };
}

/** Whether agents of other programs are served by this window. */
export function agentsMcpSetting(): boolean {
  return read(settings.agentsMcp) === true;
}

/** A limit that cannot be read as a number allows nothing: it was meant to limit something. */
function limitIn(value: unknown): DayLimit {
  const { count, amount } = objectOf(value);
  return {
    ...(isSet(count) ? { count: limitOf(count) } : {}),
    ...(isSet(amount) ? { amount: limitOf(amount) } : {}),
  };
}

/** When the person wants to be notified; always, if the setting has none of the values. */
export function notificationSetting(topic: keyof typeof NOTIFICATIONS): 'always' | 'focused' | 'never' {
  const value = read(NOTIFICATIONS[topic]);
  return value === 'focused' || value === 'never' ? value : 'always';
}

/** Whether a change of settings touches one of those about notifications. */
export function affectsNotifications(event: ConfigurationChangeEvent): boolean {
  return Object.values(NOTIFICATIONS).some(id => affects(event, id));
}

/** Whether a change of settings touches one of ours. */
export function affects(
  event: ConfigurationChangeEvent,
  id: (typeof settings)[keyof typeof settings],
): boolean {
  return event.affectsConfiguration(id);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function limitOf(value: unknown): number {
  return isNumber(value) && value > 0 ? value : 0;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** A settings file can hold anything: what is no text counts as empty. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
