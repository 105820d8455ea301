import type { Workbench } from '../../vscode/workbench.ts';
import { openPage, rest, run, settle, take, untilInPage, viewName } from './camera.ts';

const VIEW = viewName();

const CLIPS = [
  'Ridges at dusk, opening',
  'Moonrise, wide',
  'Aurora over the ridge, take 2',
  'Last light on the hills, take 3',
] as const;

const IS_PLAYING = `document.querySelector('video')?.currentTime > 1`;

/** Pages in other shapes than usual: three and four clips, one of them upright, and the player in narrow windows. */
export async function takeLayouts(workbench: Workbench): Promise<void> {
  await takeComparison(workbench, 3);
  await takeComparison(workbench, 4);
  await takeRename(workbench);
  await takeExtensionPage(workbench);
  await openPage(workbench, VIEW, CLIPS[0], IS_PLAYING);
  await takeAtWidth(workbench, 1_000, 'player-narrow');
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await takeAtWidth(workbench, 400, 'player-narrowest');
}

async function takeComparison(workbench: Workbench, count: number): Promise<void> {
  await run(workbench, 'compareClips');
  for (const clip of CLIPS.slice(0, count)) {
    await workbench.pickRow(clip);
  }
  await workbench.acceptQuickInput();
  const playing = `[...document.querySelectorAll('video')].filter(one => one.currentTime > 1).length`;
  await untilInPage(workbench, `${playing} === ${count}`);
  await rest(workbench);
  await take(workbench, `compare-${count}`);
  await workbench.runCommand('View: Close All Editors');
}

/** The box for a name begins with the one that there is. */
async function takeRename(workbench: Workbench): Promise<void> {
  await workbench.clickRow(VIEW, CLIPS[1]);
  await workbench.page.keyboard.press('F2');
  await workbench.page.locator('.quick-input-widget').waitFor();
  await settle();
  await take(workbench, 'rename');
  await workbench.dismissQuickInput();
  await workbench.runCommand('View: Close All Editors');
}

/** What VS Code shows of the extension itself, with the README that is in the VSIX. */
async function takeExtensionPage(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('Extensions: Show Installed Extensions');
  await page.locator('.extensions-list .monaco-list-row', { hasText: 'Dailies' }).first().click();
  await page.locator('.extension-editor').waitFor();
  await rest(workbench);
  await rest(workbench);
  await rest(workbench);
  await take(workbench, 'extension-page');
  await workbench.runCommand('View: Close All Editors');
  await workbench.openView('Dailies');
}

async function takeAtWidth(workbench: Workbench, width: number, name: string): Promise<void> {
  await workbench.page.setViewportSize({ width, height: 820 });
  await settle();
  await rest(workbench);
  await take(workbench, name);
}
