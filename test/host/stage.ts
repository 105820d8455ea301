import * as vscode from 'vscode';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_KEY, startGateway, type Gateway } from '../gateway/gateway.ts';
import { asAnotherWindow } from './cast.ts';
import { tasksByName, whoIs } from './rowNames.ts';
import { closeWindows, waitUntil, workbench, type RemoteWorkbench } from '../vscode/bridgeClient.ts';

export const VIEW = 'Dailies';

/** What a suite about Dailies plays on: a simulated gateway that Dailies is set to, and a folder for its clips. */
export interface Stage {
  readonly gateway: Gateway;
  readonly clips: string;
}

/** Sets the stage for each test of a `describe`: a gateway of its own, no key, no tasks. */
export function useStage(): () => Stage {
  const window = workbench();
  let stage: Stage | undefined;
  beforeEach(async () => {
    const gateway = await startOtherGateway();
    stage = { gateway, clips: mkdtempSync(join(tmpdir(), 'dailies-clips-')) };
    await setting('gateway.baseUrl', gateway.baseUrl);
    await setting('poll.interval', 1);
    await setting('save.folder', stage.clips);
    await setting('tasks.groupBy', 'none');
    await window.openView('Dailies');
  });
  afterEach(async () => {
    await closeWindows();
    await window.dismissDialogs();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('dailies.polling.resume');
    await discardChanges();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await emptyList(window);
    await window.clearNotifications();
    await stage?.gateway.close();
    if (stage) {
      rmSync(stage.clips, { recursive: true, force: true, maxRetries: 5 });
    }
  });
  return () => {
    if (!stage) {
      throw new Error('The stage is set before each test.');
    }
    return stage;
  };
}

const known = new Set<string>();

/** Keys stay with the gateway that they are for: one at an address of before would have one already. */
async function startOtherGateway(): Promise<Gateway> {
  const gateway = await startGateway({ speed: 30 });
  if (!known.has(gateway.baseUrl)) {
    known.add(gateway.baseUrl);
    return gateway;
  }
  await gateway.close();
  return startOtherGateway();
}

/** Enters a key as a person does, and closes the message that says what the gateway makes of it. */
export async function enterKey(window: RemoteWorkbench, key = DEMO_KEY): Promise<void> {
  await window.runCommand('Dailies: Set API Key…');
  await window.quickInput('Paste your API key');
  await window.typeQuickInput(key);
  await window.acceptQuickInput();
  const { message } = await waitUntil(
    'the key to be checked',
    async () =>
      (await window.notifications()).find(({ message }) => /^API key (accepted|saved)/.test(message)),
    async () => JSON.stringify(await window.notifications()),
  );
  await window.dismissNotification(message);
}

/** Tracks tasks as a person does. */
export async function track(window: RemoteWorkbench, input: string): Promise<void> {
  await window.runCommand('Dailies: Track Task…');
  await window.quickInput('vgen_…, video_…');
  await window.typeQuickInput(input);
  await window.acceptQuickInput();
}

/** Tracks tasks, and waits until the list has shown one of them: it takes the focus for that, from menus and quick picks too. */
export async function trackAndSettle(window: RemoteWorkbench, input: string): Promise<void> {
  await track(window, input);
  await waitUntil(
    'a row to be selected',
    async () => (await window.treeRows(VIEW)).some(row => row.isSelected) || undefined,
  );
}

/** The list as text, newest first: a line for each task with its name or its ID's end, state and model. */
export async function listText(window: RemoteWorkbench): Promise<string> {
  const rows = await window.treeRows(VIEW);
  const tasks = tasksByName();
  return rows
    .map(({ label, description }) => {
      const facts = [description.split(' · ')[0], tasks.get(label)?.model].filter(Boolean);
      return `${whoIs(label, tasks)} ${facts.join(' · ')}`;
    })
    .join('\n');
}

/** Waits until the list reads as given. */
export async function untilList(window: RemoteWorkbench, text: string, limitMs?: number): Promise<void> {
  await waitUntil(
    `the list to read\n${text}\n`,
    async () => (await listText(window)) === text || undefined,
    () => listText(window),
    limitMs,
  );
}

/** Waits until the only row's second column reads like this. */
export async function untilRow(
  window: RemoteWorkbench,
  pattern: RegExp,
): Promise<{ label: string; description: string }> {
  return waitUntil(
    `a row like ${pattern.source}`,
    async () => (await window.treeRows(VIEW)).find(row => pattern.test(row.description)),
    async () => JSON.stringify((await window.treeRows(VIEW)).map(row => row.description)),
  );
}

/** The list as text: a line for each row, with its icon, name and second column, groups with their counts. */
export async function treeText(window: RemoteWorkbench): Promise<string> {
  const rows = await window.treeRows(VIEW);
  return rows
    .map(({ level, isExpanded, icon, label, description }) => {
      const sign = isExpanded === undefined ? (icon ?? '') : isExpanded ? '▾' : '▸';
      const words = isExpanded === undefined ? `${label} · ${description}` : `${label} (${description})`;
      return `${'  '.repeat(level - 1)}${sign} ${words}`;
    })
    .join('\n');
}

/** Waits until the list reads so as text. */
export async function untilTree(window: RemoteWorkbench, text: string, limitMs?: number): Promise<void> {
  await waitUntil(
    `the tree to read\n${text}\n`,
    async () => (await treeText(window)) === text || undefined,
    () => treeText(window),
    limitMs,
  );
}

/** Waits until the page that is shown says this. */
export async function untilPage(window: RemoteWorkbench, pattern: RegExp): Promise<void> {
  const text = async (): Promise<string> => String(await window.evaluateInWebview('document.body.innerText'));
  await waitUntil(`a page with ${pattern.source}`, async () => pattern.test(await text()) || undefined, text);
}

/** Changes one of Dailies' settings for the person. */
export async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('dailies').update(name, value, vscode.ConfigurationTarget.Global);
}

/** Takes back what is not saved: closing an editor with changes would open a dialog, and wait for a response. */
async function discardChanges(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** Takes everything off the list, also videos that are being sent while the test ends, as soon as they are tasks. */
async function emptyList(window: RemoteWorkbench): Promise<void> {
  if (!removeEverything()) {
    return;
  }
  await waitUntil(
    'an empty list',
    async () => (!removeEverything() && (await window.treeRows(VIEW)).length === 0) || undefined,
    () => treeText(window),
  );
}

/** Whether there was something. */
function removeEverything(): boolean {
  return asAnotherWindow(store => {
    const keys = store.list().map(task => task.key);
    if (keys.length > 0) {
      store.remove(keys);
    }
    const intents = store.intents.open();
    for (const { id } of intents) {
      store.intents.drop(id, Date.now());
      store.intents.resolve(id, 'notMade', null, Date.now());
    }
    return keys.length + intents.length > 0;
  });
}

/**
 * Types a path into the file dialog with this title, and takes it. The dialog does not hear while it reads a folder, and puts
 * its own path over what was typed before it had read the first.
 */
export async function choosePath(window: RemoteWorkbench, title: string, path: string): Promise<void> {
  await waitUntil(
    'the folder to be read',
    async () => {
      const { isBusy, value, items } = await window.quickInput(title);
      if (!isBusy && !value.startsWith(path)) {
        await window.typeQuickInput(path);
        return undefined;
      }
      return (!isBusy && items[0]?.label === '..') || undefined;
    },
    async () => JSON.stringify(await window.quickInput(title)),
  );
  await window.acceptFileDialog(title);
}
