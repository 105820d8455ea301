import type { Workbench } from '../../vscode/workbench.ts';
import { LOOKS, rest, run, show, take, tidy } from './camera.ts';

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
  await run(workbench, 'copyGatewayReport');
  await workbench.page.locator('.quick-input-widget').waitFor();
  await rest(workbench);
  await take(workbench, 'gateway-copy');
}
