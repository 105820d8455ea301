import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { openPage, rest, run, settle, take, tidy, viewName } from './camera.ts';

/** The list, its pages and what opens over it, in Chinese. */
export async function takeChinese(workbench: Workbench): Promise<void> {
  const view = viewName('zh-cn');
  await run(workbench, 'setKey', 'zh-cn');
  await workbench.typeQuickInput(DEMO_KEY);
  await workbench.acceptQuickInput();
  await sleep(8_000);
  await tidy(workbench);
  await take(workbench, 'chinese-list');
  await workbench.hoverRow(view, 'Harbor cranes, drone');
  await settle();
  await take(workbench, 'chinese-hover');
  for (const [name, row] of [
    ['player', 'Ridges at dusk, opening'],
    ['page-failed', 'Minister dances'],
    ['page-at-risk', 'Moon over the bay'],
  ] as const) {
    await openPage(workbench, view, row, `document.body.innerText.trim() !== ''`);
    await rest(workbench);
    await take(workbench, `chinese-${name}`);
  }
  await run(workbench, 'showPollHealth', 'zh-cn');
  // The preview of Markdown comes after its tab.
  await sleep(3_000);
  await rest(workbench);
  await take(workbench, 'chinese-polling-status');
  await run(workbench, 'openSettings', 'zh-cn');
  await rest(workbench);
  await take(workbench, 'chinese-settings');
}
