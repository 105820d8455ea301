import type { Page } from 'playwright-core';
import { AT_ONCE_MS, isDone, waitUntil } from '../wait.ts';

/** The lenses that are drawn above lines of the editor, from top to bottom: the words of each line. */
export async function readLenses(page: Page): Promise<string[]> {
  const texts = await page.locator('.codelens-decoration').allInnerTexts();
  return texts.map(text => text.replace(/\s+/g, ' ').trim()).filter(text => text !== '');
}

/** Clicks the first lens with this in its words. Lenses are drawn anew while one looks. */
export async function pressLens(page: Page, text: string): Promise<void> {
  await waitUntil(
    `the lens "${text}"`,
    () =>
      isDone(
        page.locator('.codelens-decoration a', { hasText: text }).first().click({ timeout: AT_ONCE_MS }),
      ),
    async () => (await readLenses(page)).join('\n'),
  );
}

/** Waits for suggestions in the editor, and gives what they are called. */
export async function readSuggestions(page: Page): Promise<string[]> {
  const labels = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
  return waitUntil('suggestions', async () => {
    const texts = await labels.allInnerTexts();
    return texts.length > 0 ? texts.map(text => text.trim()) : undefined;
  });
}

/** Opens the list of quick fixes at the cursor, and gives their titles. VS Code drops the key where it does not know of any yet. */
export async function openQuickFixes(page: Page): Promise<string[]> {
  const rows = page.locator('.action-widget .monaco-list-row.action .title');
  return waitUntil('quick fixes', async () => {
    await page.keyboard.press('Control+.');
    await rows
      .first()
      .waitFor({ timeout: 3_000 })
      .catch(() => undefined);
    const texts = await rows.allInnerTexts();
    return texts.length > 0 ? texts.map(text => text.trim()) : undefined;
  });
}
