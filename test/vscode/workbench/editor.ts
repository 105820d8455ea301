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

/** Pastes files into the editor that has the focus, as file managers put them on the clipboard: by their addresses. */
export async function pasteFiles(page: Page, addresses: readonly string[]): Promise<void> {
  await page.evaluate(
    list => {
      const data = new DataTransfer();
      data.setData('text/uri-list', list);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
    },
    inWindow(page, addresses),
  );
}

/** Drops files, with Shift, on the first place in the editor that has these words. */
export async function dropFiles(page: Page, addresses: readonly string[], words: string): Promise<void> {
  const line = page.locator('.editor-group-container.active .view-line', { hasText: words }).first();
  await line.evaluate(
    (element, list) => {
      const { left, top, height } = element.getBoundingClientRect();
      const target = element.querySelector('span span') ?? element;
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text/uri-list', list);
        target.dispatchEvent(
          new DragEvent(type, {
            dataTransfer,
            bubbles: true,
            cancelable: true,
            composed: true,
            shiftKey: true,
            clientX: left + 4,
            clientY: top + height / 2,
          }),
        );
      }
    },
    inWindow(page, addresses),
  );
}

/** Addresses as a window has them: the files of a server are remote to it. */
function inWindow(page: Page, addresses: readonly string[]): string {
  const { protocol, host } = new URL(page.url());
  const remote = protocol.startsWith('http') ? `vscode-remote://${host}` : 'file://';
  return addresses.map(address => address.replace(/^file:\/\//, remote)).join('\r\n');
}
