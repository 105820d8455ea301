import type { Locator, Page } from 'playwright-core';
import { AT_ONCE_MS, eventually, isDone, waitUntil } from '../wait.ts';
import { evaluateOnAll } from './inPage.ts';

/** An item of the status bar. */
export interface StatusBarItemState {
  /** `publisher.extension.item` for an item of an extension that gave it an id. */
  readonly id: string;
  readonly text: string;
  /** The names of the codicons in its text; `sync~spin` for one that turns. */
  readonly icons: readonly string[];
  /** What a screen reader says; holds the tooltip too. */
  readonly ariaLabel: string;
  readonly severity: 'none' | 'warning' | 'error';
}

/** A modal dialog. */
export interface DialogState {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** A tab of an editor. */
export interface TabState {
  readonly title: string;
  readonly isActive: boolean;
}

/** Waits for the first status bar item with this id (or the end of it), or with this in its text. */
export async function readStatusBarItem(page: Page, idOrText: string): Promise<StatusBarItemState> {
  return waitUntil(
    `the status bar item "${idOrText}"`,
    async () => {
      const all = await readStatusBar(page);
      const byId = all.find(item => item.id === idOrText || item.id.endsWith(`.${idOrText}`));
      return byId ?? all.find(item => item.text.includes(idOrText));
    },
    async () => JSON.stringify((await readStatusBar(page)).map(item => `${item.id}: ${item.text}`)),
  );
}

/** Every item of the status bar, from left to right. */
export async function readStatusBar(page: Page): Promise<StatusBarItemState[]> {
  return evaluateOnAll(statusBarItems(page), `items => items.map(${readItem.toString()})`);
}

/** Clicks a status bar item. */
export async function clickStatusBarItem(page: Page, idOrText: string): Promise<void> {
  await (await statusBarItem(page, idOrText)).click();
}

/** Rests the pointer on a status bar item until its tooltip comes, and returns the tooltip's text. The tooltip stays. */
export async function hoverStatusBarItem(page: Page, idOrText: string): Promise<string> {
  return hover(page, () => statusBarItem(page, idOrText));
}

/** Rests the pointer on something until its tooltip comes, and returns the tooltip's text. The tooltip stays. */
export async function hover(page: Page, find: () => Promise<Locator>): Promise<string> {
  return waitUntil('a tooltip', async () => {
    const target = await find();
    // A tooltip starts when the pointer comes in; one that rests there already brings none, and the last one goes a little later.
    await page.mouse.move(0, 0);
    await isDone(hoverOf(page).waitFor({ state: 'hidden', timeout: AT_ONCE_MS }));
    const isThere = await isDone(target.hover({ timeout: AT_ONCE_MS }));
    // A tooltip goes with what it belongs to when that is drawn anew: then once more.
    return isThere && waitUntil('it', () => hoverText(page), undefined, AT_ONCE_MS).catch(() => undefined);
  });
}

/** Waits for a tooltip and returns its text. */
export async function readHover(page: Page): Promise<string> {
  return waitUntil('a tooltip', () => hoverText(page));
}

/** The text of the tooltip that is shown, if there is one that VS Code has filled. */
async function hoverText(page: Page): Promise<string | undefined> {
  const [text] = await hoverOf(page).evaluateAll(all =>
    all.map(each => (each instanceof HTMLElement ? each.innerText : '')),
  );
  // Markdown that VS Code has escaped holds its spaces together.
  const words = text?.replaceAll('\u00a0', ' ').trim();
  return words === '' || words === 'Loading...' ? undefined : words;
}

/** The pictures in the tooltip that is shown which have come: what they are called, and how large they are, CSS pixels. */
export async function readHoverPictures(
  page: Page,
): Promise<[words: string, width: number, height: number][]> {
  return hoverOf(page)
    .locator('img')
    .evaluateAll(all =>
      all
        .filter(one => one instanceof HTMLImageElement)
        .filter(one => one.naturalWidth > 0)
        .map(({ alt, width, height }) => [alt, width, height]),
    );
}

/** Follows a link of the tooltip that is shown. */
export async function pressHoverLink(page: Page, link: string): Promise<void> {
  const found = hoverOf(page).getByText(link, { exact: true });
  // A tooltip that follows what it tells of is drawn anew now and then.
  await eventually(() => found.click({ timeout: AT_ONCE_MS }));
}

function hoverOf(page: Page): Locator {
  return page.locator('.workbench-hover:visible').last();
}

/** Waits for a modal dialog and tells what it says. */
export async function readDialog(page: Page): Promise<DialogState> {
  await dialogOf(page).waitFor();
  return dialogOf(page).evaluate(dialog => ({
    message: dialog.querySelector('.dialog-message-text')?.textContent.trim() ?? '',
    detail: dialog.querySelector('.dialog-message-detail')?.textContent.trim() ?? '',
    buttons: [...dialog.querySelectorAll('.dialog-buttons .monaco-button')].map(button =>
      button.textContent.trim(),
    ),
  }));
}

/** Presses a button of the modal dialog, which closes it; fails with the buttons that were there. */
export async function pressDialogButton(page: Page, button: string): Promise<void> {
  const { buttons } = await readDialog(page);
  const index = buttons.indexOf(button);
  if (index < 0) throw new Error(`The dialog has no button "${button}". It has: ${JSON.stringify(buttons)}`);
  // The next dialog may come at once: this very one is to go.
  const box = await dialogOf(page).elementHandle();
  await dialogOf(page).locator('.dialog-buttons .monaco-button').nth(index).click();
  await box.waitForElementState('hidden');
}

/** Closes the modal dialogs that are there, if any, with Escape. */
export async function dismissDialogs(page: Page): Promise<void> {
  await waitUntil('the dialogs to go', async () => {
    if ((await dialogOf(page).count()) === 0) return true;
    await page.keyboard.press('Escape');
    return undefined;
  });
}

/** The tabs of all editor groups. */
export async function readTabs(page: Page): Promise<TabState[]> {
  return page.locator('.editor .tab:visible').evaluateAll(tabs =>
    tabs.map(tab => ({
      // The ending of a file's name stands apart, so that it stays when the tab is narrow.
      title: ['.label-name', '.label-suffix']
        .map(part => tab.querySelector(part)?.textContent ?? '')
        .join(''),
      isActive: tab.classList.contains('active'),
    })),
  );
}

/** Lets the page believe that it has the focus, or not. */
export async function setFocused(page: Page, isFocused: boolean): Promise<void> {
  await page.evaluate(hasFocus => {
    document.hasFocus = () => hasFocus;
    // One of the events at which VS Code asks again.
    document.dispatchEvent(new Event('visibilitychange'));
  }, isFocused);
}

function dialogOf(page: Page): Locator {
  return page.locator('.monaco-dialog-box:visible');
}

function statusBarItems(page: Page): Locator {
  return page.locator('.statusbar-item:visible');
}

async function statusBarItem(page: Page, idOrText: string): Promise<Locator> {
  const { id } = await readStatusBarItem(page, idOrText);
  return statusBarItems(page).and(page.locator(`[id="${id}"]`));
}

/** Runs in the page: refers to nothing outside. */
function readItem(item: Element): StatusBarItemState {
  return {
    id: item.id,
    text: item.textContent.trim(),
    icons: [...item.querySelectorAll('.codicon')].flatMap(icon => {
      const name = /\bcodicon-(?!modifier)([\w-]+)/.exec(icon.className)?.[1];
      const turns = icon.classList.contains('codicon-modifier-spin') ? '~spin' : '';
      return name === undefined ? [] : `${name}${turns}`;
    }),
    ariaLabel: item.getAttribute('aria-label') ?? '',
    severity: item.classList.contains('error-kind')
      ? 'error'
      : item.classList.contains('warning-kind')
        ? 'warning'
        : 'none',
  };
}

/** The names of the buttons in the title of the active editor group, without those that VS Code puts there itself. */
export async function readEditorActions(page: Page): Promise<string[]> {
  const labels = await page
    .locator('.editor-group-container.active .title .editor-actions .action-label:visible')
    .evaluateAll(all => all.map(each => each.getAttribute('aria-label') ?? ''));
  return labels.filter(label => label !== '' && !/^(Split Editor|More Actions|Views and More)/.test(label));
}
