import type { Locator, Page } from 'playwright-core';
import { AT_ONCE_MS, eventually, waitUntil } from '../wait.ts';
import { wholeText } from './inPage.ts';
import { scan } from './lists.ts';

/** A notification, as a toast or in the notification center. */
export interface NotificationState {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly buttons: readonly string[];
  /** Whether it shows a progress bar that runs. */
  readonly isInProgress: boolean;
}

/** Opening the center hides the toasts: it is looked into this often, ms. */
const CENTER_EVERY_MS = 2_000;

/** The notifications on screen now, newest first: the toasts, or all of them while the notification center is open. */
export async function readNotifications(page: Page): Promise<NotificationState[]> {
  const found: NotificationState[] = [];
  for (const { index, ...notification } of await scan(listsOf(page), readNotification))
    if (index >= 0) found.push(notification);
  return found;
}

/**
 * Every notification that nobody has closed, newest first. A toast leaves the screen by itself after some seconds, and its
 * notification stays in the notification center: this opens the center, reads, and closes it again.
 */
export async function readAllNotifications(page: Page): Promise<NotificationState[]> {
  const wasOpen = await isCenterOpen(page);
  await setCenterOpen(page, true);
  // What came while it was open and empty stands in it twice the next time; it begins anew when it closes with something in it.
  if (!wasOpen && (await readNotifications(page)).length > 0) {
    await setCenterOpen(page, false);
    await setCenterOpen(page, true);
  }
  const found = await readNotifications(page);
  await setCenterOpen(page, wasOpen);
  return found;
}

/** Waits for a notification whose message contains `text`, on screen or in the center. */
export async function waitForNotification(
  page: Page,
  text: string,
  limitMs?: number,
): Promise<NotificationState> {
  const find = (all: readonly NotificationState[]): NotificationState | undefined =>
    all.find(each => each.message.includes(text));
  let nextLook = performance.now() + ((await hasNews(page)) ? 0 : CENTER_EVERY_MS);
  return waitUntil(
    `a notification with "${text}"`,
    async () => {
      const toast = find(await readNotifications(page));
      if (toast || performance.now() < nextLook) return toast;
      // One that came and went, or whose toast the center has hidden, is in the center alone.
      nextLook = performance.now() + CENTER_EVERY_MS;
      return find(await readMissed(page));
    },
    async () => JSON.stringify((await readAllNotifications(page)).map(each => each.message)),
    limitMs,
  );
}

/** Presses a button of the notification whose message contains `text`. */
export async function pressNotificationButton(page: Page, text: string, button: string): Promise<void> {
  const name = wholeText(button);
  await onNotification(page, text, item =>
    item.locator('.monaco-button').filter({ hasText: name }).click({ timeout: AT_ONCE_MS }),
  );
}

/** Closes the notification whose message contains `text`. */
export async function dismissNotification(page: Page, text: string): Promise<void> {
  // Not by the mouse either: the tooltip also lies over the newest notification, for as long as the bell has the focus.
  const clear = '.codicon-notifications-clear';
  const items = itemsOf(page, text);
  let before = 0;
  await onNotification(page, text, async item => {
    before = await items.count();
    await item.locator(clear).dispatchEvent('click', undefined, { timeout: AT_ONCE_MS });
  });
  await waitUntil(`"${text}" to be closed`, async () => (await items.count()) < before || undefined);
}

/** Closes all notifications. */
export async function clearNotifications(page: Page): Promise<void> {
  await setCenterOpen(page, true);
  await waitUntil('the notifications to be closed', async () => {
    // The center closes by itself when its last notification goes.
    if (!(await isCenterOpen(page))) return true;
    const clear = page.locator(
      '.notifications-center.visible .codicon-notifications-clear-all:not(.disabled)',
    );
    if ((await clear.count()) === 0) return true;
    // Not by the mouse, as above. A notification that goes by itself may take the button with it: look again.
    await clear.dispatchEvent('click', undefined, { timeout: 1_000 }).catch(() => undefined);
    return undefined;
  });
  await setCenterOpen(page, false);
}

/** Whether the bell tells of a notification that nobody has seen. */
async function hasNews(page: Page): Promise<boolean> {
  return (await bellOf(page).locator('.codicon-bell-dot').count()) > 0;
}

/** The notifications whose toasts have left. */
async function readMissed(page: Page): Promise<NotificationState[]> {
  // A click on the bell would close a quick pick or an input box that somebody is about to use.
  const isBusy = (await page.locator('.quick-input-widget:visible').count()) > 0;
  return isBusy ? [] : readAllNotifications(page);
}

function itemsOf(page: Page, text: string): Locator {
  return listsOf(page).locator('.monaco-list-row').filter({ hasText: text });
}

/** Does something with the notification whose message contains `text`; again where its toast left meanwhile. */
async function onNotification(
  page: Page,
  text: string,
  act: (item: Locator) => Promise<void>,
): Promise<void> {
  await waitForNotification(page, text);
  const items = itemsOf(page, text);
  await eventually(async () => {
    if ((await items.count()) === 0) await setCenterOpen(page, true);
    await leaveBell(page);
    await act(items.first());
  });
}

/** While the pointer or the focus is on the bell, its tooltip lies above the buttons of notifications. */
async function leaveBell(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await bellOf(page).evaluate(bell => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && bell.contains(focused)) focused.blur();
  });
}

function bellOf(page: Page): Locator {
  return page.locator('[id="status.notifications"]');
}

/** The list of the notification center, or those of the toasts: while it opens, one may be both in it and on its way in as a toast. */
function listsOf(page: Page): Locator {
  return page.locator(
    '.notifications-center.visible .monaco-list:visible, body:not(:has(.notifications-center.visible)) .notification-toast .monaco-list:visible',
  );
}

async function isCenterOpen(page: Page): Promise<boolean> {
  return (await page.locator('.notifications-center.visible').count()) > 0;
}

async function setCenterOpen(page: Page, open: boolean): Promise<void> {
  await waitUntil(`the notification center to ${open ? 'open' : 'close'}`, async () => {
    // Not by the mouse: the bell's own tooltip may lie over it.
    if ((await isCenterOpen(page)) !== open) await bellOf(page).locator('a').dispatchEvent('click');
    return (await isCenterOpen(page)) === open ? true : undefined;
  });
}

/** Runs in the page: refers to nothing outside. */
function readNotification(row: Element): NotificationState & { index: number } {
  const icon = row.querySelector('.notification-list-item-icon')?.className ?? '';
  const progress = row.querySelector('.monaco-progress-container');
  return {
    index: Number(row.getAttribute('data-index')),
    severity: icon.includes('codicon-error')
      ? 'error'
      : icon.includes('codicon-warning')
        ? 'warning'
        : 'info',
    message: row.querySelector('.notification-list-item-message')?.textContent.trim() ?? '',
    buttons: [...row.querySelectorAll('.monaco-button')].map(button => button.textContent.trim()),
    isInProgress: progress !== null && !progress.classList.contains('done'),
  };
}
