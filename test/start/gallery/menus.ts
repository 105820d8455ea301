import type { Frame } from 'playwright-core';
import { openRowMenu } from '../../vscode/workbench/views.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { openPage, rest, run, settle, take, untilInPage, viewName } from './camera.ts';

const VIEW = viewName();

/** A row of each kind, by what its picture is called. */
const ROWS = {
  ready: 'Ridges at dusk, opening',
  failed: 'Minister dances',
  saving: 'Harbor cranes, drone',
  'at-risk': 'Moon over the bay',
  expired: 'Moonrise, close',
  rendering: 'Market chase, take 3',
  'group-ready': 'Ready',
  'group-failed': 'Failed',
} as const;

/** All menus: of rows of each kind, of the view, of tabs, and of what is on pages. */
export async function takeMenus(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  for (const [name, row] of Object.entries(ROWS)) {
    await openRowMenu(page, VIEW, row);
    await takeMenu(workbench, `menu-row-${name}`);
  }
  await takeMenuOfSeveral(workbench);
  await takeViewMenu(workbench);
  await takePageMenus(workbench);
}

async function takeMenu(workbench: Workbench, name: string): Promise<void> {
  await settle();
  await take(workbench, name);
  await workbench.page.keyboard.press('Escape');
  await rest(workbench);
}

async function takeMenuOfSeveral(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.clickRow(VIEW, ROWS.ready);
  await page.keyboard.down('Shift');
  await workbench.clickRow(VIEW, 'Aurora over the ridge, take 2');
  await page.keyboard.up('Shift');
  await openRowMenu(page, VIEW, ROWS.ready);
  await takeMenu(workbench, 'menu-row-several');
  await workbench.runCommand('View: Close All Editors');
}

async function takeViewMenu(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const more = page.locator('.sidebar .action-label[aria-label^="Views and More Actions"]').first();
  await more.click();
  await takeMenu(workbench, 'menu-view');
  for (const name of ['Group By', 'Sort By']) {
    await more.click();
    await page.getByRole('menuitem', { name, exact: true }).hover();
    await takeMenu(workbench, `menu-view-${name.split(' ')[0]?.toLowerCase() ?? ''}`);
    await page.keyboard.press('Escape');
  }
}

/** What VS Code offers over pages, and in the title bar of their tabs. */
async function takePageMenus(workbench: Workbench): Promise<void> {
  await openPage(workbench, VIEW, ROWS.failed, `document.body.innerText.trim() !== ''`);
  await takeTitleMenu(workbench, 'failed');
  await openPage(workbench, VIEW, ROWS.ready, `document.querySelector('video')?.currentTime > 1`);
  await takeTitleMenu(workbench, 'player');
  await takeElementMenu(workbench, 'player', 'video');
  const frame: Frame = await workbench.webviewFrame();
  await frame.locator('button[aria-label="Export Frame"]').click();
  await takeMenu(workbench, 'menu-frame');
  await frame.locator('body').press('?');
  await takeMenu(workbench, 'keyboard-shortcuts');
  await workbench.runCommand('View: Close All Editors');
  await run(workbench, 'compareClips');
  await workbench.pickRow('Aurora over the ridge, take 2');
  await workbench.pickRow('Ridges at dusk, opening');
  await take(workbench, 'compare-picker');
  await workbench.acceptQuickInput();
  await untilInPage(workbench, `document.querySelectorAll('video').length === 2`);
  await takeTitleMenu(workbench, 'compare');
  await takeElementMenu(workbench, 'compare', 'video >> nth=0');
  await workbench.runCommand('View: Close All Editors');
  await run(workbench, 'contactSheet');
  await untilInPage(workbench, `document.querySelectorAll('.tile canvas').length > 1`);
  await takeTitleMenu(workbench, 'sheet');
  await takeElementMenu(workbench, 'sheet', '.tile >> nth=0');
  await workbench.runCommand('View: Close All Editors');
}

async function takeTitleMenu(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.locator('.editor-actions .action-label[aria-label^="More Actions"]').first().click();
  await takeMenu(workbench, `menu-title-${name}`);
}

async function takeElementMenu(workbench: Workbench, name: string, selector: string): Promise<void> {
  const frame = await workbench.webviewFrame();
  await frame.locator(selector).click({ button: 'right' });
  await takeMenu(workbench, `menu-page-${name}`);
}
