import type { Frame, Page } from 'playwright-core';
import { WAIT_LIMIT_MS, waitUntil } from '../wait.ts';
import { readTabs } from './chrome.ts';
import { runPaletteCommand } from './quickInput.ts';

/** A webview that has not begun to load after this long, in ms, is loaded anew. */
const PATIENCE_MS = 8_000;

/**
 * The frame with an extension's own page inside the webview that is shown: the only one, or the one in the editor whose tab has
 * this title. Waits until the webview has loaded.
 *
 * VS Code's own page around a webview waits for a `controllerchange` of its service worker that may have come before it began to
 * listen (`workerReady` in 1.139's pre/index.html). Such a webview stays empty until a person reloads it, as is done here.
 */
export async function findWebviewFrame(page: Page, title?: string): Promise<Frame> {
  const patienceEnds = performance.now() + PATIENCE_MS;
  let isReloaded = false;
  return waitUntil(
    title === undefined ? 'a webview' : `a webview in the editor "${title}"`,
    async () => {
      const frame = await shownFrame(page, title);
      if (!frame && !isReloaded && performance.now() > patienceEnds && (await hasEmptyWebview(page))) {
        isReloaded = true;
        console.log('A webview stayed empty: it is reloaded.');
        await runPaletteCommand(page, 'Developer: Reload Webviews');
      }
      return frame;
    },
    async () =>
      `the tabs ${JSON.stringify(await readTabs(page))}, the frames ${JSON.stringify(page.frames().map(one => one.url()))}`,
    WAIT_LIMIT_MS,
  );
}

/** Whether VS Code's page around a webview is there, and no extension's page in it. */
async function hasEmptyWebview(page: Page): Promise<boolean> {
  for (const element of await page.locator('iframe.webview:visible').elementHandles()) {
    const outer = await element.contentFrame();
    if (outer && (await outer.$$('iframe')).length === 0) return true;
  }
  return false;
}

async function shownFrame(page: Page, title: string | undefined): Promise<Frame | undefined> {
  const area = title === undefined ? undefined : await editorArea(page, title);
  if (title !== undefined && !area) return undefined;
  for (const element of await page.locator('iframe.webview.ready:visible').elementHandles()) {
    // Webviews are drawn above the editors, not inside them: only their place tells which editor is theirs.
    const box = await element.boundingBox();
    if (!box || (area && !contains(area, box))) continue;
    // The outer frame is VS Code's; the page of the extension is in #active-frame once it has loaded.
    const outer = await element.contentFrame();
    const inner = await outer?.$('#active-frame');
    const frame = await inner?.contentFrame();
    if (frame) return frame;
  }
  return undefined;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function editorArea(page: Page, title: string): Promise<Box | undefined> {
  const tab = page.locator('.tab.active .label-name').getByText(title, { exact: true });
  const group = page.locator('.editor-group-container').filter({ has: tab }).first();
  return (await group.count()) > 0 ? ((await group.boundingBox()) ?? undefined) : undefined;
}

function contains(area: Box, box: Box): boolean {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height;
}
