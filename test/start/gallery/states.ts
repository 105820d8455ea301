import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE } from '../../../src/base/clock.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { Pause } from '../../../src/tasks/pause.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import { DEMO_KEY, type Gateway } from '../../gateway/gateway.ts';
import { openRowMenu } from '../../vscode/workbench/views.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { rest, run, settle, take, tidy, untilInPage, viewName } from './camera.ts';

const VIEW = viewName();

/** The states that pass, and what opens over the list: each is brought about, taken, and put away again. */
export async function takeStates(workbench: Workbench, gateway: Gateway, dataDir: string): Promise<void> {
  await takeHovers(workbench);
  await takeMenus(workbench);
  await takeFilter(workbench);
  await takeDocuments(workbench);
  await takePauses(workbench, gateway, dataDir);
  await takeToasts(workbench, gateway);
}

async function takeHovers(workbench: Workbench): Promise<void> {
  await workbench.hoverRow(VIEW, 'Harbor cranes, drone');
  await settle();
  await take(workbench, 'hover-saving');
  await rest(workbench);
  await workbench.hoverRow(VIEW, 'Ridges at dusk, opening');
  await settle();
  await take(workbench, 'hover-ready');
  await rest(workbench);
  await workbench.hoverStatusBarItem('dailies.tasks');
  await settle();
  await take(workbench, 'hover-status');
  await rest(workbench);
}

async function takeMenus(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  for (const row of ['Ridges at dusk, opening', 'Minister dances']) {
    await openRowMenu(page, VIEW, row);
    await settle();
    await take(workbench, `menu-${row.split(' ')[0]?.toLowerCase() ?? ''}`);
    await page.keyboard.press('Escape');
  }
  await page.locator('.sidebar .action-label[aria-label^="Views and More Actions"]').first().click();
  await settle();
  await take(workbench, 'menu-view');
  await page.keyboard.press('Escape');
  await run(workbench, 'showTasks');
  await workbench.quickInput();
  await settle();
  await take(workbench, 'quick-pick');
  await workbench.dismissQuickInput();
}

async function takeFilter(workbench: Workbench): Promise<void> {
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
}

/** The pages of tasks that have no clip yet, or never. */
export async function takePagesWithoutClip(workbench: Workbench, look: string): Promise<void> {
  for (const [name, row] of [
    ['page-failed', 'Minister dances'],
    ['page-saving', 'Harbor cranes, drone'],
    ['page-at-risk', 'Moon over the bay'],
    ['page-rendering', 'Market chase, take 3'],
  ] as const) {
    await workbench.clickRow(VIEW, row);
    await untilInPage(workbench, `document.body.innerText.trim() !== ''`);
    await rest(workbench);
    await take(workbench, `${name}-${look}`);
    await workbench.runCommand('View: Close All Editors');
  }
}

/** A gateway that is left alone, for each reason. */
async function takePauses(workbench: Workbench, { baseUrl }: Gateway, dataDir: string): Promise<void> {
  const now = Date.now();
  const held = { gateway: baseUrl, count: 3, since: now - 3 * MINUTE, until: now + 9 * MINUTE };
  const asAnotherWindow = (act: (store: TaskStore) => void): void => {
    layListIn(dataDir, act);
  };
  for (const reason of ['unreachable', 'keyRejected', 'outOfCredit'] as const satisfies Pause['reason'][]) {
    asAnotherWindow(store => {
      store.pauses.set({ ...held, reason });
    });
    await rest(workbench);
    await rest(workbench);
    await take(workbench, `paused-${reason}`);
    asAnotherWindow(store => {
      store.pauses.end(reason);
    });
    await tidy(workbench);
  }
  await run(workbench, 'pausePolling');
  await rest(workbench);
  await take(workbench, 'paused-person');
  await run(workbench, 'resumePolling');
}

/** What Dailies says of a key, and when clips are ready and a task has failed. */
async function takeToasts(workbench: Workbench, gateway: Gateway): Promise<void> {
  await run(workbench, 'setKey');
  await workbench.typeQuickInput('outdated-key-not-real');
  await take(workbench, 'key-input');
  await workbench.acceptQuickInput();
  await workbench.waitForNotification('the gateway rejected it');
  await take(workbench, 'toast-key-rejected');
  await workbench.pressNotificationButton('the gateway rejected it', 'Set API Key…');
  await workbench.typeQuickInput(DEMO_KEY);
  await workbench.acceptQuickInput();
  await workbench.waitForNotification('API key accepted');
  await take(workbench, 'toast-key-accepted');
  await tidy(workbench);
  gateway.advance(20 * MINUTE);
  await run(workbench, 'refreshAll');
  await workbench.waitForNotification('ready', 60_000);
  await take(workbench, 'toast-ready');
}
