import type { Frame, Page } from 'playwright-core';
import { waitUntil } from '../wait.ts';
import { readTabs } from './chrome.ts';

/**
 * The frame with an extension's own page inside the webview that is shown: the only one, or the one in the editor whose tab has
 * this title. Waits until the webview has loaded.
 */
export async function findWebviewFrame(page: Page, title?: string): Promise<Frame> {
  let trouble: unknown;
  return waitUntil(
    title === undefined ? 'a webview' : `a webview in the editor "${title}"`,
    () =>
      shownFrame(page, title).catch((error: unknown) => {
        // It is being loaded: what was there a moment ago has gone.
        trouble = error;
        return undefined;
      }),
    async () =>
      `the tabs ${JSON.stringify(await readTabs(page))}, the frames ${JSON.stringify(page.frames().map(one => one.url()))}, and lastly ${String(trouble)}`,
  );
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
