import type { Locator, Page } from 'playwright-core';
import { AT_ONCE_MS, eventually, waitUntil } from '../wait.ts';
import { hover } from './chrome.ts';
import { readRows, revealRow, type ListRow } from './lists.ts';

/** Shows a view container by its name in the activity bar; leaves it alone when it is shown already. */
export async function openContainer(page: Page, title: string): Promise<void> {
  const item = await containerItem(page, title);
  if ((await item.getAttribute('aria-selected')) !== 'true') await item.click();
  await waitUntil(`the view container "${title}" to be shown`, async () =>
    (await item.getAttribute('aria-selected')) === 'true' ? true : undefined,
  );
}

/** The number on a view container's icon in the activity bar, with what it says about it; undefined without one. */
export async function readBadge(
  page: Page,
  title: string,
): Promise<{ value: string; tooltip: string } | undefined> {
  const badges = (await containerItem(page, title)).locator('.badge:visible');
  // In one step: what is there may be gone at the next.
  const [badge] = await badges.evaluateAll(all =>
    all.map(each => ({ value: each.textContent.trim(), label: each.getAttribute('aria-label') ?? '' })),
  );
  // "Container - tooltip of the badge"
  return badge && { value: badge.value, tooltip: badge.label.slice(title.length).replace(/^ - /, '') };
}

/** How long a tree that shows nothing is waited for: it may be empty for good, and it may not have asked its extension yet. */
const EMPTY_TREE_MS = 5_000;

/** Every row of the tree in the view with this name, once it shows rows or says why there are none. */
export async function readTree(page: Page, view: string): Promise<ListRow[]> {
  const tree = await treeOf(page, view);
  const end = performance.now() + EMPTY_TREE_MS;
  return waitUntil(`the rows of "${view}"`, async () => {
    const rows = await readRows(tree);
    const isSettled = rows.length > 0 || performance.now() > end || (await readWelcome(page, view)) !== '';
    return isSettled ? rows : undefined;
  });
}

/** Clicks a row. */
export async function clickRow(page: Page, view: string, row: string): Promise<void> {
  await onRow(page, view, row, target => target.click({ timeout: AT_ONCE_MS }));
}

/** Presses the mouse button on a row, and holds it. */
export async function pressOnRow(page: Page, view: string, row: string): Promise<void> {
  await onRow(page, view, row, target => target.hover({ timeout: AT_ONCE_MS }));
  await page.mouse.down();
}

/** Rests the pointer on a row until its tooltip comes, and returns the tooltip's text. */
export async function hoverRow(page: Page, view: string, row: string): Promise<string> {
  return hover(page, () => rowOf(page, view, row));
}

/** What a row's context menu offers. */
export async function readRowMenu(page: Page, view: string, row: string): Promise<string[]> {
  const offered = await openRowMenu(page, view, row);
  await closeMenus(page);
  return offered;
}

/** Opens a row's context menu and returns what it offers, leaving it open. */
export async function openRowMenu(page: Page, view: string, row: string): Promise<string[]> {
  return openMenu(page, () =>
    onRow(page, view, row, target => target.click({ button: 'right', timeout: AT_ONCE_MS })),
  );
}

/** Opens a menu, by what presses the button over it, and returns what it offers: once more where it goes before that can be read. */
async function openMenu(page: Page, press: () => Promise<unknown>): Promise<string[]> {
  return eventually(async () => {
    await closeMenus(page);
    await press();
    await menuItems(page).first().waitFor({ timeout: AT_ONCE_MS });
    const offered = await readMenu(page);
    // It goes when something else takes the focus.
    if (offered.length === 0) throw new Error('The menu has closed.');
    return offered;
  });
}

/** Chooses an item of a row's context menu, in a submenu if `path` has more than one name; fails with what the menu offers. */
export async function chooseFromRowMenu(
  page: Page,
  view: string,
  row: string,
  path: readonly string[],
): Promise<void> {
  await chooseFromMenu(page, path, () => openRowMenu(page, view, row));
}

/** Opens a menu, by what gives what it offers, and chooses an item of it, in a submenu if `path` has more than one name. */
async function chooseFromMenu(
  page: Page,
  path: readonly string[],
  open: () => Promise<readonly string[]>,
): Promise<void> {
  await eventually(async () => {
    const offered = await open();
    try {
      await choose(page, offered, path);
    } catch (error) {
      // A menu goes when something else takes the focus.
      await closeMenus(page);
      throw error;
    }
  });
}

/** Chooses an item of the menu that VS Code opens over an element of a webview; fails with what the menu offers. */
export async function chooseFromWebviewMenu(
  page: Page,
  element: Locator,
  path: readonly string[],
): Promise<void> {
  await chooseFromMenu(page, path, () =>
    openMenu(page, () => element.click({ button: 'right', timeout: AT_ONCE_MS })),
  );
}

/** Goes through an open menu and its submenus. */
async function choose(page: Page, offered: readonly string[], path: readonly string[]): Promise<void> {
  for (const [depth, item] of path.entries()) {
    if (!offered.includes(item))
      throw new Error(`The menu has no "${item}". It has: ${JSON.stringify(offered)}`);
    // By key: a menu ignores the mouse button for its first 100 ms, as it may be the press that opened it.
    await menuItems(page)
      .filter({ has: page.getByText(item, { exact: true }) })
      .hover({ timeout: AT_ONCE_MS });
    await page.keyboard.press('Enter');
    if (depth < path.length - 1) {
      const before = offered;
      // A submenu stands beside the menu that it belongs to.
      offered = await waitUntil(
        `the submenu "${item}"`,
        async () => {
          const items = await readMenu(page);
          return items.length > before.length ? items.filter(one => !before.includes(one)) : undefined;
        },
        undefined,
        AT_ONCE_MS,
      );
    }
  }
  await menuItems(page).first().waitFor({ state: 'hidden' });
}

/** Presses an inline button of a row. */
export async function pressRowAction(page: Page, view: string, row: string, action: string): Promise<void> {
  await onRow(page, view, row, async target => {
    await target.hover({ timeout: AT_ONCE_MS });
    await target.locator(`.actions .action-label[aria-label="${action}"]`).click({ timeout: AT_ONCE_MS });
  });
}

/** The label of the row that has the keyboard; '' where none has it. */
export async function focusedRow(page: Page, view: string): Promise<string> {
  const tree = await treeOf(page, view);
  return tree.evaluate(list =>
    list.contains(document.activeElement)
      ? (list.querySelector('.monaco-list-row.focused .label-name')?.textContent ?? '')
      : '',
  );
}

/** Whether a row with this label is drawn now. */
export async function rowIsThere(page: Page, view: string, label: string): Promise<boolean> {
  const tree = await treeOf(page, view);
  return (await tree.locator('.label-name').getByText(label, { exact: true }).count()) > 0;
}

/** Drags a row into the middle of the active editor. */
export async function dragRowIntoEditor(
  page: Page,
  view: string,
  row: string,
  withShift: boolean,
): Promise<void> {
  const from = await (await rowOf(page, view, row)).boundingBox();
  const to = await page.locator('.editor-group-container.active .editor-container').boundingBox();
  if (!from || !to) throw new Error('The row or the editor is not on screen');
  await page.mouse.move(from.x + 60, from.y + from.height / 2);
  await page.mouse.down();
  // A drag starts with the first move, and what is below hears of it with the next ones.
  const target = { x: to.x + to.width / 2, y: to.y + to.height / 2 };
  await page.mouse.move(target.x - 40, target.y, { steps: 5 });
  if (withShift) await page.keyboard.down('Shift');
  await page.mouse.move(target.x, target.y, { steps: 5 });
  await page.mouse.up();
  if (withShift) await page.keyboard.up('Shift');
}

/** Drags a row onto another. */
export async function dragRowOnto(page: Page, view: string, row: string, target: string): Promise<void> {
  const from = await (await rowOf(page, view, row)).boundingBox();
  const to = await (await rowOf(page, view, target)).boundingBox();
  if (!from || !to) throw new Error('One of the rows is not on screen');
  await page.mouse.move(from.x + 60, from.y + from.height / 2);
  await page.mouse.down();
  const middle = to.y + to.height / 2;
  await page.mouse.move(to.x + 40, middle, { steps: 5 });
  await page.mouse.move(to.x + 60, middle, { steps: 5 });
  await page.mouse.up();
}

/** Begins to note which rows of a view are drawn anew. */
export async function watchRows(page: Page, view: string): Promise<void> {
  await (await treeOf(page, view)).evaluate(watch);
}

/** The labels of the rows that were drawn anew since, each once. */
export async function redrawnRows(page: Page, view: string): Promise<string[]> {
  return (await treeOf(page, view)).evaluate(list => [...((list as WatchedList).redrawn ?? [])]);
}

interface WatchedList extends Element {
  redrawn?: Set<string>;
}

/** Runs in the page: refers to nothing outside. */
function watch(list: WatchedList): void {
  const redrawn = new Set<string>();
  list.redrawn = redrawn;
  new MutationObserver(changes => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      // A row that is only looked at or passed over changes its own attributes; one that is drawn changes inside.
      const row = element?.closest('.monaco-tl-contents')?.closest('.monaco-list-row');
      if (row) redrawn.add(row.querySelector('.label-name')?.textContent ?? '');
    }
  }).observe(list, { subtree: true, childList: true, characterData: true });
}

/** Presses a button in a view's title bar. */
export async function pressViewAction(page: Page, view: string, action: string): Promise<void> {
  const pane = await paneOf(page, view);
  await pane.hover();
  // A container with one view shows the view's buttons in its own title bar.
  const own = pane.locator(`.pane-header .action-label[aria-label="${action}"]:visible`);
  const shared = page.locator(`.sidebar > .composite.title .action-label[aria-label="${action}"]:visible`);
  await own.or(shared).first().click();
}

/** The text that an empty view shows in place of its tree, buttons included; '' when it shows its tree. */
export async function readWelcome(page: Page, view: string): Promise<string> {
  return textOf((await paneOf(page, view)).locator('.welcome-view-content:visible'));
}

/** The message above a view's tree; '' without one. */
export async function readViewMessage(page: Page, view: string): Promise<string> {
  return textOf((await paneOf(page, view)).locator('.tree-explorer-viewlet-tree-view > .message:visible'));
}

async function textOf(locator: Locator): Promise<string> {
  // In one step: what is there may be gone at the next.
  const texts = await locator.evaluateAll(elements =>
    elements.map(element => (element instanceof HTMLElement ? element.innerText : '')),
  );
  return (texts[0] ?? '').trim();
}

async function readMenu(page: Page): Promise<string[]> {
  return menuItems(page).evaluateAll(items =>
    // Without the key that stands beside it.
    items
      .map(item => (item.querySelector('.action-label') ?? item).textContent.trim())
      .filter(text => text !== ''),
  );
}

/** Each Escape closes one: the submenu, then its menu. */
async function closeMenus(page: Page): Promise<void> {
  await waitUntil('the menus to close', async () => {
    if ((await menuItems(page).count()) === 0) return true;
    await page.keyboard.press('Escape');
    return undefined;
  });
}

function menuItems(page: Page): Locator {
  return page.locator('.monaco-menu .action-menu-item:visible');
}

async function containerItem(page: Page, title: string): Promise<Locator> {
  const items = page.locator('.activitybar .action-item');
  // The label carries more than the name when there is a badge or a shortcut: "Name - 3 running", "Name (Ctrl+Shift+E)".
  const label = page.locator(
    `a.action-label[aria-label="${title}"], a.action-label[aria-label^="${title} "]`,
  );
  return waitUntil(
    `the view container "${title}"`,
    async () =>
      (await items.filter({ has: label }).count()) > 0 ? items.filter({ has: label }).first() : undefined,
    async () =>
      JSON.stringify(
        await items
          .locator('a.action-label')
          .evaluateAll(all => all.map(one => one.getAttribute('aria-label'))),
      ),
  );
}

async function paneOf(page: Page, view: string): Promise<Locator> {
  const panes = page.locator('.split-view-view:visible > .pane');
  const header = page.locator(
    // A view that describes itself is "Name - description Section".
    `.pane-header[aria-label="${view} Section"], .pane-header[aria-label^="${view} - "], .pane-header[aria-label$=": ${view}"]`,
  );
  return waitUntil(
    `the view "${view}"`,
    async () =>
      (await panes.filter({ has: header }).count()) > 0 ? panes.filter({ has: header }).first() : undefined,
    async () =>
      JSON.stringify(
        await page.locator('.pane-header').evaluateAll(all => all.map(one => one.getAttribute('aria-label'))),
      ),
  );
}

async function treeOf(page: Page, view: string): Promise<Locator> {
  const pane = await paneOf(page, view);
  const header = pane.locator('> .pane-header');
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  return pane.locator('.monaco-list').first();
}

async function rowOf(page: Page, view: string, row: string): Promise<Locator> {
  const tree = await treeOf(page, view);
  return waitUntil(
    `the row "${row}" in "${view}"`,
    () => revealRow(tree, row),
    async () => JSON.stringify((await readRows(tree)).map(each => each.label)),
  );
}

/** Does something with a row; again where it moved or was drawn anew meanwhile. */
async function onRow(
  page: Page,
  view: string,
  row: string,
  act: (target: Locator) => Promise<void>,
): Promise<void> {
  await eventually(async () => act(await rowOf(page, view, row)));
}
