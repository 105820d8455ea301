import type { Workbench } from '../../vscode/workbench.ts';
import { rest, run, settle, take, tidy } from './camera.ts';

/** How a video is made: the steps of a new one, a shot file, and the question before something is sent. */
export async function takeMaking(workbench: Workbench): Promise<void> {
  await run(workbench, 'newVideo');
  await takeStep(workbench, 'model');
  await workbench.acceptQuickInput();
  await takeStep(workbench, 'images');
  await workbench.acceptQuickInput();
  await takeStep(workbench, 'format');
  await workbench.acceptQuickInput();
  await takeStep(workbench, 'prompt');
  await workbench.typeQuickInput('A ferry leaves the harbor at dawn. Slow push-in.');
  await workbench.acceptQuickInput();
  await takeStep(workbench, 'review');
  await workbench.dismissQuickInput();
  await run(workbench, 'newShotFile');
  await workbench.page.locator('.monaco-editor .codelens-decoration').first().waitFor();
  await rest(workbench);
  await take(workbench, 'shot-file');
  await workbench.page.locator('.codelens-decoration a').first().click();
  await workbench.page.locator('.monaco-dialog-box').waitFor();
  await take(workbench, 'dialog-generate');
  await tidy(workbench);
}

async function takeStep(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.locator('.quick-input-widget').waitFor();
  await settle();
  await take(workbench, `new-video-${name}`);
}
