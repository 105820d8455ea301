import type { Locator, Page } from 'playwright-core';
import { AT_ONCE_MS, isDone, waitUntil } from '../wait.ts';
import { readRows, revealRow, type ListRow } from './lists.ts';

/** More than anybody reads: the command palette without a text has thousands. */
const MOST_ROWS = 300;

/** How long the command palette is given to come up before its key is pressed again, ms. */
const PRESS_AGAIN_MS = 2_000;

/** A quick pick or an input box, as a person sees it. */
export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** The prompt, or in its place what is wrong with the value. */
  readonly message: string;
  /** Whether the message is an objection to the value. */
  readonly isInvalid: boolean;
  /** Whether what is typed is hidden. */
  readonly isPassword: boolean;
  /** Whether its progress bar runs. */
  readonly isBusy: boolean;
  /** The rows to pick from, of very many the first; none in an input box. */
  readonly items: readonly ListRow[];
}

function widgetOf(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

function listOf(page: Page): Locator {
  return widgetOf(page).locator('.quick-input-list .monaco-list:visible');
}

function inputOf(page: Page): Locator {
  return widgetOf(page).locator('input[type=text], input[type=password]').first();
}

/** Waits for a quick pick or an input box (one that says `containing` somewhere, if given), and tells what it shows. */
export async function readQuickInput(
  page: Page,
  containing = '',
  limitMs?: number,
): Promise<QuickInputState> {
  return waitUntil(
    `a quick pick or input box ${containing ? `with "${containing}"` : ''}`,
    async () => {
      const state = await readShown(page);
      return state && says(state, containing) ? state : undefined;
    },
    async () => JSON.stringify((await readShown(page)) ?? 'none'),
    limitMs,
  );
}

function says(state: Frame, text: string): boolean {
  return JSON.stringify(state).includes(JSON.stringify(text).slice(1, -1));
}

/** All of a quick input but its rows, which may be many and have to be scrolled through. */
type Frame = Omit<QuickInputState, 'items'>;

async function readShown(page: Page): Promise<QuickInputState | undefined> {
  const frame = await readFrame(page);
  return frame && { ...frame, items: await readItems(page) };
}

async function readFrame(page: Page): Promise<Frame | undefined> {
  return widgetOf(page).evaluateAll(widgets => {
    const widget = widgets[0];
    if (!widget) return undefined;
    const shown = (selector: string): HTMLElement | undefined => {
      const element = widget.querySelector<HTMLElement>(selector);
      return element?.offsetParent ? element : undefined;
    };
    const input = widget.querySelector<HTMLInputElement>('input[type=text], input[type=password]');
    return {
      title: shown('.quick-input-title')?.innerText.trim() ?? '',
      placeholder: input?.placeholder ?? '',
      value: input?.value ?? '',
      message: shown('.quick-input-message')?.innerText.trim() ?? '',
      isInvalid: widget.querySelector('.monaco-inputbox.error, .monaco-inputbox.warning') !== null,
      isPassword: input?.type === 'password',
      isBusy: widget.querySelector('.quick-input-progress.active') !== null,
    };
  });
}

async function readItems(page: Page): Promise<ListRow[]> {
  return readRows(listOf(page), MOST_ROWS);
}

/** Puts a text into the open quick pick or input box, in place of what was there. */
export async function typeQuickInput(page: Page, text: string): Promise<void> {
  await inputOf(page).fill(text);
}

/** Presses Enter in the open quick pick or input box. It stays open when it objects to its value. */
export async function acceptQuickInput(page: Page): Promise<void> {
  await inputOf(page).press('Enter');
}

/**
 * Presses Enter in the file dialog that says `containing` somewhere until it has gone: where it is about to read a folder, the
 * key only makes it do so at once.
 */
export async function acceptFileDialog(page: Page, containing: string): Promise<void> {
  await waitUntil('the file dialog to take its path', async () => {
    const frame = await readFrame(page);
    if (!frame || !says(frame, containing)) return true;
    if (!frame.isBusy) await isDone(inputOf(page).press('Enter', { timeout: AT_ONCE_MS }));
    return undefined;
  });
}

/** Closes the open quick pick or input box with Escape. */
export async function dismissQuickInput(page: Page): Promise<void> {
  await inputOf(page).press('Escape');
  await widgetOf(page).waitFor({ state: 'hidden' });
}

/** Clicks the row with exactly this label; fails with the labels that were there. */
export async function pickRow(page: Page, label: string): Promise<void> {
  await widgetOf(page).waitFor();
  await waitUntil(
    `the row "${label}" to pick`,
    async () => isDone((await revealRow(listOf(page), label))?.click({ timeout: AT_ONCE_MS })),
    () => labels(page),
  );
}

/**
 * Opens the command palette with a text typed into it. A key pressed while a dialog or another quick input is going away is
 * lost with it, and whatever takes the focus closes the palette: it is opened again.
 */
export async function openPalette(page: Page, text: string): Promise<void> {
  let pressAgain = 0;
  await waitUntil(
    'the command palette',
    async () => {
      const value = (await readFrame(page))?.value;
      if (value === `>${text}`) return true;
      if (value?.startsWith('>')) {
        await inputOf(page)
          .fill(`>${text}`, { timeout: AT_ONCE_MS })
          .catch(() => undefined);
      } else if (performance.now() > pressAgain) {
        await page.keyboard.press('F1');
        pressAgain = performance.now() + PRESS_AGAIN_MS;
      }
      return undefined;
    },
    async () => JSON.stringify({ open: await readFrame(page), focus: await page.evaluate(describeFocus) }),
  );
}

/** Runs in the page: what has the focus, for the message of a test that waits in vain. Refers to nothing outside. */
function describeFocus(): string {
  const focused = document.activeElement;
  return `${document.hasFocus()} ${focused?.tagName} ${focused?.className} ${focused?.getAttribute('aria-label')}`;
}

/** Runs the command with exactly this title, category and all ("Dailies: Refresh"), through the palette. */
export async function runPaletteCommand(page: Page, title: string): Promise<void> {
  await chooseCommand(page, title);
  // The command may show a quick input of its own at once: what is waited for is only that this one is gone.
  await waitUntil('the command palette to close', async () =>
    (await readFrame(page))?.value === `>${title}` ? undefined : true,
  );
}

/** The same, without waiting for what comes of it. */
export async function chooseCommand(page: Page, title: string): Promise<void> {
  await waitUntil(
    `the command "${title}"`,
    async () => {
      await openPalette(page, title);
      // The rows of a search that is still going on may come in above this one.
      return isDone((await revealRow(listOf(page), title))?.click({ timeout: AT_ONCE_MS }));
    },
    () => labels(page),
  ).catch(async (error: unknown) => {
    // What comes next must not find the palette in its way.
    if (await readFrame(page)) await dismissQuickInput(page);
    throw error;
  });
}

/** The titles that the command palette offers for a text. */
export async function readPalette(page: Page, text: string): Promise<string[]> {
  await openPalette(page, text);
  const items = await waitUntil('the command palette to settle', async () => {
    const state = await readShown(page);
    return state && !state.isBusy ? state.items : undefined;
  });
  await dismissQuickInput(page);
  return items.map(item => item.label);
}

async function labels(page: Page): Promise<string> {
  return JSON.stringify((await readItems(page)).map(row => row.label));
}
