import type { Frame, Page } from 'playwright-core';
import { AT_ONCE_MS, eventually, WAIT_LIMIT_MS, waitUntil } from './wait.ts';
import * as chrome from './workbench/chrome.ts';
import * as editor from './workbench/editor.ts';
import * as terminal from './workbench/terminal.ts';
import type { ListRow } from './workbench/lists.ts';
import * as notifications from './workbench/notifications.ts';
import * as quickInput from './workbench/quickInput.ts';
import * as together from './workbench/together.ts';
import * as views from './workbench/views.ts';
import * as walkthrough from './workbench/walkthrough.ts';
import { findWebviewFrame } from './workbench/webviews.ts';

export type { DialogState, StatusBarItemState, TabState } from './workbench/chrome.ts';
export type { ListRow } from './workbench/lists.ts';
export type { NotificationState } from './workbench/notifications.ts';
export type { QuickInputState } from './workbench/quickInput.ts';
export type { Moment } from './workbench/together.ts';
export type { WalkthroughStep } from './workbench/walkthrough.ts';

/** How long a window may take to open. It takes 4 to 10 s on two cores. */
const OPEN_LIMIT_MS = 120_000;

/**
 * One window of VS Code, with the verbs of the person in front of it. Each verb waits until what it needs is there, and fails
 * with what was there instead. What it knows of the workbench's DOM is in `workbench/`, written against VS Code 1.139;
 * what the main job needs of it holds in 1.105 too.
 */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(WAIT_LIMIT_MS);
  }

  /** Goes to a window's address and waits until the window is ready. */
  async open(url: string): Promise<void> {
    await this.page.goto(url, { timeout: OPEN_LIMIT_MS });
    await this.ready();
  }

  /** Waits until the window is drawn and knows its extensions. */
  async ready(): Promise<void> {
    await waitUntil(
      'the workbench',
      () => this.page.evaluate(isReady).catch(whileNavigating),
      async () => (await this.page.locator('body').innerText()).slice(0, 1000),
      OPEN_LIMIT_MS,
    );
  }

  /** Reloads the window, which starts its extension host anew. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded', { timeout: OPEN_LIMIT_MS });
    await Promise.all([loaded, quickInput.chooseCommand(this.page, 'Developer: Reload Window')]);
    await this.ready();
  }

  /** Closes the window. Its extension host ends within a second; where the window could not say goodbye, after 10 s. */
  async close(): Promise<void> {
    await this.page.close();
  }

  /** Runs the command with exactly this title ("Dailies: Refresh") through the command palette. */
  async runCommand(title: string): Promise<void> {
    await quickInput.runPaletteCommand(this.page, title);
  }

  /** The titles that the command palette offers for a text. */
  async paletteTitles(text: string): Promise<string[]> {
    return quickInput.readPalette(this.page, text);
  }

  /** Waits for a quick pick or an input box (one that says `containing` somewhere, if given) and tells what it shows. */
  async quickInput(containing?: string, limitMs?: number): Promise<quickInput.QuickInputState> {
    return quickInput.readQuickInput(this.page, containing, limitMs);
  }

  /** Puts a text into the open quick pick or input box, in place of what was there. */
  async typeQuickInput(text: string): Promise<void> {
    await quickInput.typeQuickInput(this.page, text);
  }

  /** Presses Enter in the open quick pick or input box. */
  async acceptQuickInput(): Promise<void> {
    await quickInput.acceptQuickInput(this.page);
  }

  /** Takes what has been typed into the file dialog that says `containing` somewhere, and waits until it has gone. */
  async acceptFileDialog(containing: string): Promise<void> {
    await quickInput.acceptFileDialog(this.page, containing);
  }

  /** Closes the open quick pick or input box with Escape. */
  async dismissQuickInput(): Promise<void> {
    await quickInput.dismissQuickInput(this.page);
  }

  /** Clicks the row of the open quick pick with exactly this label. */
  async pickRow(label: string): Promise<void> {
    await quickInput.pickRow(this.page, label);
  }

  /** Shows a view container by its name in the activity bar. */
  async openView(container: string): Promise<void> {
    await views.openContainer(this.page, container);
  }

  /** The number on a view container's icon; undefined without one. */
  async badge(container: string): Promise<{ value: string; tooltip: string } | undefined> {
    return views.readBadge(this.page, container);
  }

  /** Every row of the tree in the view with this name, drawn or not. */
  async treeRows(view: string): Promise<ListRow[]> {
    return views.readTree(this.page, view);
  }

  /** Clicks a row, named by its label or "label description". */
  async clickRow(view: string, row: string): Promise<void> {
    await views.clickRow(this.page, view, row);
  }

  /** Presses the mouse button on a row, and holds it. */
  async pressOnRow(view: string, row: string): Promise<void> {
    await views.pressOnRow(this.page, view, row);
  }

  /** Releases the mouse button where the pointer is. */
  async releaseMouse(): Promise<void> {
    await this.page.mouse.up();
  }

  /** Rests the pointer on a row and returns the text of its tooltip. */
  async hoverRow(view: string, row: string): Promise<string> {
    return views.hoverRow(this.page, view, row);
  }

  /** What a row's context menu offers. */
  async rowMenu(view: string, row: string): Promise<string[]> {
    return views.readRowMenu(this.page, view, row);
  }

  /** Chooses an item of a row's context menu: 'Refresh', or 'Copy', 'Copy as JSON' in a submenu. */
  async contextMenu(view: string, row: string, ...path: string[]): Promise<void> {
    await views.chooseFromRowMenu(this.page, view, row, path);
  }

  /** Presses an inline button of a row. */
  async pressRowAction(view: string, row: string, action: string): Promise<void> {
    await views.pressRowAction(this.page, view, row, action);
  }

  /** Presses a button in a view's title bar. */
  async pressViewAction(view: string, action: string): Promise<void> {
    await views.pressViewAction(this.page, view, action);
  }

  /** The label of the row that keys go to now; '' while they go elsewhere. */
  async focusedRow(view: string): Promise<string> {
    return views.focusedRow(this.page, view);
  }

  /** Whether a row with this label is drawn now, in the part of the list that is in view. */
  async rowIsThere(view: string, label: string): Promise<boolean> {
    return views.rowIsThere(this.page, view, label);
  }

  /** Drags a row onto another. */
  async dragRowOnto(view: string, row: string, target: string): Promise<void> {
    await views.dragRowOnto(this.page, view, row, target);
  }

  /** Drags a row into the middle of the active editor; with Shift held, VS Code puts into its text what was dragged. */
  async dragRowIntoEditor(view: string, row: string, withShift: boolean): Promise<void> {
    await views.dragRowIntoEditor(this.page, view, row, withShift);
  }

  /** Begins to watch which of the rows on screen are drawn anew. */
  async watchRows(view: string): Promise<void> {
    await views.watchRows(this.page, view);
  }

  /** The labels of the rows that were drawn anew since `watchRows`, each once. */
  async redrawnRows(view: string): Promise<string[]> {
    return views.redrawnRows(this.page, view);
  }

  /** Begins to note in each frame what the sidebar's tree, a status bar item (by the end of its id) and a container's badge say. */
  async watchMoments(itemId: string, container: string): Promise<void> {
    await together.watchMoments(this.page, itemId, container);
  }

  /** What was noted since `watchMoments`, each moment that differs from the one before it; ends the watch. */
  async seenMoments(): Promise<together.Moment[]> {
    return together.seenMoments(this.page);
  }

  /** The text that an empty view shows in place of its tree; '' when it shows its tree. */
  async welcomeText(view: string): Promise<string> {
    return views.readWelcome(this.page, view);
  }

  /** The message above a view's tree; '' without one. */
  async viewMessage(view: string): Promise<string> {
    return views.readViewMessage(this.page, view);
  }

  /** The notifications on screen now, newest first. Toasts leave after some seconds: see `allNotifications`. */
  async notifications(): Promise<notifications.NotificationState[]> {
    return notifications.readNotifications(this.page);
  }

  /** Every notification that nobody has closed, newest first, from the notification center. */
  async allNotifications(): Promise<notifications.NotificationState[]> {
    return notifications.readAllNotifications(this.page);
  }

  /** Waits for a notification whose message contains `text`. `limitMs` is for those that rightly take long. */
  async waitForNotification(text: string, limitMs?: number): Promise<notifications.NotificationState> {
    return notifications.waitForNotification(this.page, text, limitMs);
  }

  /** Presses a button of the notification whose message contains `text`. */
  async pressNotificationButton(text: string, button: string): Promise<void> {
    await notifications.pressNotificationButton(this.page, text, button);
  }

  /** Closes the notification whose message contains `text`. */
  async dismissNotification(text: string): Promise<void> {
    await notifications.dismissNotification(this.page, text);
  }

  /** Closes all notifications. */
  async clearNotifications(): Promise<void> {
    await notifications.clearNotifications(this.page);
  }

  /** Waits for the status bar item with this id (or the end of it), or with this in its text. */
  async statusBarItem(idOrText: string): Promise<chrome.StatusBarItemState> {
    return chrome.readStatusBarItem(this.page, idOrText);
  }

  /** Every item of the status bar, from left to right. */
  async statusBar(): Promise<chrome.StatusBarItemState[]> {
    return chrome.readStatusBar(this.page);
  }

  /** Clicks the status bar item with this id (or the end of it), or with this in its text. */
  async clickStatusBarItem(idOrText: string): Promise<void> {
    await chrome.clickStatusBarItem(this.page, idOrText);
  }

  /** Rests the pointer on the status bar item with this id (or the end of it), and returns the text of its tooltip. */
  async hoverStatusBarItem(idOrText: string): Promise<string> {
    return chrome.hoverStatusBarItem(this.page, idOrText);
  }

  /** The text of the tooltip that is shown. */
  async hover(): Promise<string> {
    return chrome.readHover(this.page);
  }

  /** The pictures in the tooltip that is shown: what they are called, and how large they are, CSS pixels. */
  async hoverPictures(): Promise<[words: string, width: number, height: number][]> {
    return chrome.readHoverPictures(this.page);
  }

  /** Follows a link of the tooltip that is shown. */
  async pressHoverLink(link: string): Promise<void> {
    await chrome.pressHoverLink(this.page, link);
  }

  /** Waits for a modal dialog and tells what it says. */
  async dialog(): Promise<chrome.DialogState> {
    return chrome.readDialog(this.page);
  }

  /** Presses a button of the modal dialog. */
  async pressDialogButton(button: string): Promise<void> {
    await chrome.pressDialogButton(this.page, button);
  }

  /** Closes the modal dialogs that are there, if any, with Escape. */
  async dismissDialogs(): Promise<void> {
    await chrome.dismissDialogs(this.page);
  }

  /** Clicks a link in the terminal that is shown. */
  async clickTerminalLink(text: string): Promise<void> {
    await terminal.clickTerminalLink(this.page, text);
  }

  /** The tabs of all editor groups. */
  async tabs(): Promise<chrome.TabState[]> {
    return chrome.readTabs(this.page);
  }

  /** The names of an extension's buttons in the title of the active editor. */
  async editorActions(): Promise<string[]> {
    return chrome.readEditorActions(this.page);
  }

  /** The frame with an extension's own page inside the webview shown, or the one in the editor with this title. */
  async webviewFrame(title?: string): Promise<Frame> {
    return findWebviewFrame(this.page, title);
  }

  /** The JSON value of an expression (or a promise of it) inside the webview: `document.title`. */
  async evaluateInWebview(expression: string, title?: string): Promise<unknown> {
    const { value } = await waitUntil('the webview to answer', async () =>
      (await this.webviewFrame(title))
        .evaluate(expression)
        .then(found => ({ value: found }), whileNavigating),
    );
    return value;
  }

  /** The steps of the walkthrough that is shown. */
  async walkthroughSteps(): Promise<walkthrough.WalkthroughStep[]> {
    return walkthrough.readSteps(this.page);
  }

  /** Opens a step of the walkthrough that is shown. */
  async openWalkthroughStep(title: string): Promise<void> {
    await walkthrough.openStep(this.page, title);
  }

  /** Presses a button or a link of the open step. */
  async pressWalkthroughLink(link: string): Promise<void> {
    await walkthrough.pressLink(this.page, link);
  }

  /** Runs a script in every frame that is loaded from now on, before the frame's own scripts. */
  async runInNewFrames(script: string): Promise<void> {
    await this.page.addInitScript(script);
  }

  /** Clicks inside the webview. `selector` is one of playwright's: `#play`, `role=button[name="Play"]`, `text=Retry`. */
  async clickInWebview(selector: string, title?: string): Promise<void> {
    await eventually(async () =>
      (await this.webviewFrame(title)).locator(selector).click({ timeout: AT_ONCE_MS }),
    );
  }

  /** Opens the menu over an element inside the webview, as `clickInWebview` finds it, and chooses an item of it. */
  async contextMenuInWebview(selector: string, title: string, ...path: string[]): Promise<void> {
    const frame = await this.webviewFrame(title);
    await views.chooseFromWebviewMenu(this.page, frame.locator(selector), path);
  }

  /** Presses a key or chord, `Escape` or `Control+K`, wherever the focus is. */
  async pressKey(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Types a text, wherever the focus is. */
  async typeText(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /**
   * Lets the window believe that the person has turned to it, or away. Headless, every window believes from its beginning that
   * the person is in it. A desktop VS Code knows better and does not believe it.
   */
  async setFocused(isFocused: boolean): Promise<void> {
    await chrome.setFocused(this.page, isFocused);
  }

  /** The lenses that are drawn in the editor, from top to bottom: the words of each line. */
  async lenses(): Promise<string[]> {
    return editor.readLenses(this.page);
  }

  /** Clicks the first lens with this in its words. */
  async pressLens(text: string): Promise<void> {
    await editor.pressLens(this.page, text);
  }

  /** Waits for suggestions in the editor, and gives what they are called. */
  async suggestions(): Promise<string[]> {
    return editor.readSuggestions(this.page);
  }

  /** Pastes files into the editor that has the focus, by their addresses. */
  async pasteFiles(addresses: readonly string[]): Promise<void> {
    return editor.pasteFiles(this.page, addresses);
  }

  /** Drops files, with Shift, on the first place in the editor that has these words. */
  async dropFiles(addresses: readonly string[], words: string): Promise<void> {
    return editor.dropFiles(this.page, addresses, words);
  }

  /** Opens the list of quick fixes at the cursor, and gives their titles. */
  async quickFixes(): Promise<string[]> {
    return editor.openQuickFixes(this.page);
  }

  /** Saves a picture of the window as PNG. */
  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }
}

/**
 * Runs in the page: refers to nothing outside. The marks are VS Code's own: the second says that the extensions' commands,
 * views and menus are known, which comes some seconds after the window is drawn.
 */
function isReady(): true | undefined {
  const marks = new Set(performance.getEntriesByType('mark').map(mark => mark.name));
  const isDrawn = document.querySelector('.monaco-workbench .activitybar') !== null;
  return isDrawn && marks.has('code/LifecyclePhase/Restored') && marks.has('code/didLoadExtensions')
    ? true
    : undefined;
}

/** A page that is on its way elsewhere loses what was being evaluated in it: look again. */
function whileNavigating(error: unknown): undefined {
  if (error instanceof Error && /context was destroyed|detached|navigat/i.test(error.message))
    return undefined;
  throw error;
}
