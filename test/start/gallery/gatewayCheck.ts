import { readFileSync } from 'node:fs';
import type { Workbench } from '../../vscode/workbench.ts';
import { LOOKS, rest, run, show, take, tidy, untilInPage } from './camera.ts';

/** A check of the gateway: what it will send, how it goes on, and its report. */
export async function takeGatewayCheck(workbench: Workbench): Promise<void> {
  await run(workbench, 'checkGateway');
  await workbench.page.locator('.monaco-dialog-box').waitFor();
  await take(workbench, 'gateway-dialog');
  await workbench.pressDialogButton('Check');
  await workbench.waitForNotification('Checking the gateway');
  await take(workbench, 'gateway-progress');
  await workbench.waitForNotification('The gateway check is complete.');
  await take(workbench, 'gateway-complete');
  for (const look of Object.values(LOOKS)) {
    await show(workbench, look);
    await tidy(workbench);
    await take(workbench, `gateway-report-${look.name}`);
  }
  await takeRest(workbench, 'gateway-report');
  await run(workbench, 'copyGatewayReport');
  await workbench.page.locator('.quick-input-widget').waitFor();
  await rest(workbench);
  await take(workbench, 'gateway-copy');
}

/** The same in Chinese, in short. */
export async function takeChineseGatewayCheck(workbench: Workbench): Promise<void> {
  const file = new URL('../../../l10n/bundle.l10n.zh-cn.json', import.meta.url);
  const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const said = (english: string): string => words[english] ?? english;
  await run(workbench, 'checkGateway', 'zh-cn');
  await workbench.page.locator('.monaco-dialog-box').waitFor();
  await take(workbench, 'chinese-gateway-dialog');
  await workbench.pressDialogButton(said('Check'));
  await workbench.waitForNotification(said('Checking the gateway'));
  await take(workbench, 'chinese-gateway-progress');
  await workbench.waitForNotification(said('The gateway check is complete.'));
  await tidy(workbench);
  await untilInPage(workbench, `document.body.innerText.includes('${said('Not Documented')}')`);
  await take(workbench, 'chinese-gateway-report');
  await takeRest(workbench, 'chinese-gateway-report');
}

/** What is below in the report. */
async function takeRest(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.mouse.move(760, 400);
  for (const part of [2, 3]) {
    await workbench.page.mouse.wheel(0, 640);
    await rest(workbench);
    await take(workbench, `${name}-${part}`);
  }
}
