import { setTimeout as sleep } from 'node:timers/promises';
import type { Workbench } from '../../vscode/workbench.ts';
import { openPage, rest, run, settle, take, viewName } from './camera.ts';

const VIEW = viewName();

/** What opens over the list, and beside it: each is brought about, taken, and put away again. */
export async function takeStates(workbench: Workbench): Promise<void> {
  await takeHovers(workbench);
  await takeFilter(workbench);
  await takeDocuments(workbench);
}

async function takeHovers(workbench: Workbench): Promise<void> {
  for (const [name, row] of [
    ['saving', 'Harbor cranes, drone'],
    ['ready', 'Ridges at dusk, opening'],
    ['at-risk', 'Moon over the bay'],
    ['failed', 'Minister dances'],
    ['rendering', 'Market chase, take 3'],
  ] as const) {
    await workbench.hoverRow(VIEW, row);
    await settle();
    await take(workbench, `hover-${name}`);
    await rest(workbench);
  }
  await workbench.hoverStatusBarItem('dailies.tasks');
  await settle();
  await take(workbench, 'hover-status');
  await rest(workbench);
}

async function takeFilter(workbench: Workbench): Promise<void> {
  await run(workbench, 'showTasks');
  // Not read: that would scroll it.
  await workbench.page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await settle();
  await take(workbench, 'quick-pick');
  await workbench.dismissQuickInput();
  for (const [name, words] of [
    ['filter', 'harbor'],
    ['filter-no-match', 'zebra'],
  ] as const) {
    await run(workbench, 'filter');
    await workbench.typeQuickInput(words);
    await workbench.acceptQuickInput();
    await rest(workbench);
    await take(workbench, name);
  }
  await run(workbench, 'clearFilter');
}

/** What opens in tabs besides clips. */
async function takeDocuments(workbench: Workbench): Promise<void> {
  for (const [name, command] of [
    ['polling-status', 'showPollHealth'],
    ['walkthrough', 'openWalkthrough'],
    ['settings', 'openSettings'],
  ] as const) {
    await run(workbench, command);
    // The preview of Markdown comes after its tab.
    await sleep(2_000);
    await rest(workbench);
    await take(workbench, name);
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('View: Close All Editors');
  }
  await run(workbench, 'track');
  await workbench.typeQuickInput('vgen_4ea4c7f4');
  await settle();
  await take(workbench, 'track-input');
  await workbench.typeQuickInput('no task');
  await settle();
  await take(workbench, 'track-input-invalid');
  await workbench.dismissQuickInput();
}

/** The pages of tasks that have no clip yet, or never. */
export async function takePagesWithoutClip(workbench: Workbench, look: string): Promise<void> {
  for (const [name, row] of [
    ['page-failed', 'Minister dances'],
    ['page-saving', 'Harbor cranes, drone'],
    ['page-at-risk', 'Moon over the bay'],
    ['page-expired', 'Moonrise, close'],
    ['page-rendering', 'Market chase, take 3'],
  ] as const) {
    await openPage(workbench, VIEW, row, `document.body.innerText.trim() !== ''`);
    await rest(workbench);
    await take(workbench, `${name}-${look}`);
    await workbench.runCommand('View: Close All Editors');
  }
}
