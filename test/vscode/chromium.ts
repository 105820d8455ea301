import { chromium, type Page } from 'playwright-core';
import { findBrowser, findHeadlessShell } from './browser.ts';
import { WAIT_LIMIT_MS } from './wait.ts';

/** How long a browser may take to start. It takes 1 to 3 s on two cores. */
const START_LIMIT_MS = 120_000;

/** A running headless browser with one profile, as a person has. */
export interface Browser {
  /** A new page. Pages share cookies and localStorage, so two of them are two windows of one VS Code. */
  newPage(): Promise<Page>;
  /** Ends the browser with all its pages. */
  stop(): Promise<void>;
}

/** What can be chosen when a browser is started. */
export interface BrowserOptions {
  /** In CSS pixels. Default: 1440 x 900. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The language of the page, and so of VS Code where its language pack is there. Default: `en-US`. */
  readonly locale?: string;
  /** Whether an engine is enough, without a browser around it. */
  readonly isShellEnough?: boolean;
  /** `false` shows the browser's window, to look on. */
  readonly headless?: boolean;
}

/** Starts the machine's Chromium, Chrome or Edge. It also ends when this process does. */
export async function startBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await (options.isShellEnough ? findHeadlessShell() : findBrowser()),
    headless: options.headless ?? true,
    timeout: START_LIMIT_MS,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Previews are watched without a click first.
      '--autoplay-policy=no-user-gesture-required',
    ],
    // processes.ts decides what happens at a signal; playwright ends the browser at exit either way.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1440, height: 900 },
    locale: options.locale ?? 'en-US',
  });
  context.setDefaultTimeout(WAIT_LIMIT_MS);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return {
    newPage: () => context.newPage(),
    stop: () => browser.close(),
  };
}
