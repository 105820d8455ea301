import type { Page } from 'playwright-core';
import { waitUntil } from '../wait.ts';

/** Where a text stands in the terminal that is shown, once it does. Drawn as text, as terminals are without a graphics card. */
async function placeOf(page: Page, text: string): Promise<{ x: number; y: number }> {
  return waitUntil(
    `"${text}" in the terminal`,
    () =>
      page.evaluate(wanted => {
        for (const row of document.querySelectorAll('.xterm-rows > div')) {
          const at = row.textContent.indexOf(wanted);
          const cells = row.closest('.xterm')?.querySelector('.xterm-screen')?.getBoundingClientRect();
          const box = row.getBoundingClientRect();
          if (at >= 0 && cells && box.height > 0) {
            // Each character is as wide as any other.
            const probe = document.createRange();
            probe.selectNodeContents(row);
            const width = probe.getBoundingClientRect().width / row.textContent.length;
            return { x: cells.left + width * (at + wanted.length / 2), y: box.top + box.height / 2 };
          }
        }
        return undefined;
      }, text),
    () => page.evaluate(() => document.querySelector('.xterm-rows')?.textContent ?? 'no terminal'),
  );
}

/** Clicks a link in the terminal that is shown, with Ctrl, as VS Code wants it. */
export async function clickTerminalLink(page: Page, text: string): Promise<void> {
  const { x, y } = await placeOf(page, text);
  let step = 0;
  await page.keyboard.down('Control');
  try {
    await waitUntil(`"${text}" to be a link`, async () => {
      // Links are looked for where the pointer moves to.
      await page.mouse.move(x + (step++ % 5), y);
      const isLink = await page.locator('.xterm-cursor-pointer').count();
      return isLink > 0 || undefined;
    });
    await page.mouse.down();
    await page.mouse.up();
  } finally {
    await page.keyboard.up('Control');
  }
}
