import { setTimeout as sleep } from 'node:timers/promises';
import { layListIn } from '../../fixtures/listOf.ts';
import { waitUntil } from '../../vscode/wait.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { LIGHT_CONTRAST, LOOKS, run, show, take, untilInPage, type Language } from './camera.ts';

const TITLE = { en: 'Contact Sheet', 'zh-cn': '缩略图总览' } as const;

/** As wide as an editor is at its narrowest in a small window, CSS pixels. */
const NARROW = 320;

/** Makes one of the finished clips a file that is gone, one that was not checked, and one with a long name. */
export function laySheet(dataDir: string): void {
  layListIn(dataDir, store => {
    const saved = store.list().filter(({ file }) => file === 'saved');
    const [gone, unchecked, long] = saved;
    store.commit(() => {
      store.update(gone?.key ?? 0, { file: 'missing', filePath: '/no/clip.mp4' });
      store.update(unchecked?.key ?? 0, { fileCheck: 'notChecked', fileCheckText: 'unreadable' });
      store.update(long?.key ?? 0, {
        label: 'Night train through the mountains, reverse angle from the dining car, take 3',
      });
    });
  });
}

/** The contact sheet in all colours, narrow, grouped by model, with clips selected, and with a list of choices open. */
export async function takeSheet(workbench: Workbench): Promise<void> {
  await openSheet(workbench, 'en');
  for (const look of [...Object.values(LOOKS), LIGHT_CONTRAST]) {
    await show(workbench, look);
    await tidyAbove(workbench);
    await takeParts(workbench, look.name);
  }
  await show(workbench, LOOKS.dark);
  await workbench.clickInWebview('.size input', TITLE.en);
  await workbench.pressKey('Home');
  await tidyAbove(workbench);
  await take(workbench, 'sheet-smallest');
  await workbench.pressKey('End');
  await tidyAbove(workbench);
  await take(workbench, 'sheet-largest');
  await narrow(workbench, TITLE.en);
  await take(workbench, 'sheet-320');
  await show(workbench, LOOKS.contrast);
  await tidyAbove(workbench);
  await take(workbench, 'sheet-320-high-contrast');
}

/** The same in Chinese. */
export async function takeChineseSheet(workbench: Workbench): Promise<void> {
  await openSheet(workbench, 'zh-cn');
  await select(workbench);
  await take(workbench, 'chinese-sheet');
  await openDropdown(workbench);
  await take(workbench, 'chinese-sheet-dropdown');
  await workbench.pressKey('Escape');
  await narrow(workbench, TITLE['zh-cn']);
  await take(workbench, 'chinese-sheet-320');
}

async function openSheet(workbench: Workbench, language: Language): Promise<void> {
  await run(workbench, 'contactSheet', language);
  await untilInPage(workbench, `document.querySelectorAll('.tile canvas').length > 9`);
  await tidyAbove(workbench);
}

async function takeParts(workbench: Workbench, look: string): Promise<void> {
  await take(workbench, `sheet-${look}`);
  await select(workbench);
  await take(workbench, `sheet-selection-${look}`);
  await workbench.pressKey('Escape');
  await openDropdown(workbench);
  await take(workbench, `sheet-dropdown-${look}`);
  await workbench.pressKey('Escape');
}

/** Two clips are selected by keyboard, and a third has the focus. */
async function select(workbench: Workbench): Promise<void> {
  await workbench.clickInWebview('.size button:last-child');
  await workbench.clickInWebview('.size button:first-child');
  for (const key of ['Tab', 'Tab', 'Tab', 'Home', 'Space', 'ArrowRight', 'Control+Space', 'ArrowRight']) {
    await workbench.pressKey(key);
  }
  await restAbove(workbench);
}

async function openDropdown(workbench: Workbench): Promise<void> {
  await workbench.clickInWebview('select >> nth=1');
  await workbench.pressKey('ArrowDown');
  await restAbove(workbench);
}

/** Makes the window so small that the page is. */
export async function narrow(workbench: Workbench, title: string): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  const frame = await workbench.webviewFrame(title);
  const width = async (): Promise<number> => Number(await frame.evaluate('window.innerWidth'));
  await page.setViewportSize({ width: 600, height: 820 });
  await waitUntil('a narrow page', async () => (await width()) < 600 || undefined);
  await page.setViewportSize({ width: 600 - (await width()) + NARROW, height: 820 });
  await waitUntil(
    `${NARROW} px`,
    async () => (await width()) === NARROW || undefined,
    async () => String(await width()),
  );
  await tidyAbove(workbench);
}

/** Nothing lies over the page, and no row of the list has its hover. */
export async function tidyAbove(workbench: Workbench): Promise<void> {
  await workbench.pressKey('Escape');
  await workbench.clearNotifications();
  await restAbove(workbench);
}

/** Puts the pointer into the title bar, and waits until the last hover has gone. */
async function restAbove(workbench: Workbench): Promise<void> {
  await workbench.page.mouse.move(120, 14);
  await sleep(700);
}
