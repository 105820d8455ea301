import type { Locator, Page } from 'playwright-core';
import { sheetHtml } from '../../../src/preview/html.ts';
import type {
  Clips,
  FromSheet,
  SheetClip,
  SheetView,
  SheetWords,
} from '../../../src/preview/sheetProtocol.ts';
import type { ClipName } from '../../fixtures/clips/clips.ts';
import { listenOnLoopback, type LoopbackServer } from '../../gateway/loopbackServer.ts';
import { startBrowser, type Browser } from '../../vscode/chromium.ts';
import { eventually } from '../../vscode/wait.ts';
import { answerWithFile, standInForHost } from './playerPage.ts';

export const VIEW: SheetView = { size: 200, model: null, text: '' };

/** Wide enough for six tiles of 200, and for three rows and a bit. */
const VIEWPORT = { width: 1280, height: 640 };

/** The real page in a real browser, with the extension's side of the protocol in the hands of a test. */
export class SheetPage {
  readonly page: Page;
  readonly grid: Locator;
  readonly tiles: Locator;
  readonly heard: FromSheet[] = [];
  /** Every address that was asked for. */
  readonly requests: string[] = [];
  private readonly origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
    this.grid = page.getByRole('grid');
    this.tiles = page.getByRole('gridcell');
    page.on('request', request => this.requests.push(request.url()));
  }

  /** Opens the page as a webview would, and begins with how the person looks at the sheet. */
  async open(words: SheetWords, view = VIEW): Promise<void> {
    await this.page.exposeFunction('heard', (message: FromSheet) => {
      this.heard.push(message);
    });
    await this.page.addInitScript(standInForHost);
    await this.page.setViewportSize(VIEWPORT);
    await this.page.goto(this.origin);
    await this.begin(words, view);
  }

  /** What the extension does when the page has spoken. */
  async begin(words: SheetWords, view = VIEW): Promise<void> {
    await this.hear('ready');
    await this.page.evaluate(() => {
      // As VS Code gives its theme to a page.
      document.documentElement.style.setProperty('--vscode-font-size', '13px');
      document.documentElement.style.setProperty('--vscode-font-family', 'sans-serif');
    });
    await this.send({ type: 'start', words, view });
  }

  /** Shows clips, and waits until the grid has as many rows as they take. */
  async show(clips: readonly SheetClip[], more: Partial<Clips> = {}): Promise<void> {
    await this.send({
      type: 'clips',
      clips: { clips, total: clips.length, models: ['grok', 'veo'], ...more },
    });
    await this.page.waitForFunction(count => {
      const grid = document.querySelector('[role=grid]');
      const [rows, columns] = [Number(grid?.ariaRowCount), Number(grid?.ariaColCount)];
      return rows === Math.ceil(count / columns);
    }, clips.length);
  }

  async send(message: unknown): Promise<void> {
    await this.page.evaluate(sent => {
      window.postMessage(sent, '*');
    }, message);
  }

  /** So many clips by the names `clip 1` and so on, each with an address of its own. */
  clips(count: number, file: ClipName = 'counter'): SheetClip[] {
    return Array.from({ length: count }, (_one, index) =>
      this.clip(index + 1, { source: this.source(file, index) }),
    );
  }

  clip(key: number, more: Partial<SheetClip> = {}): SheetClip {
    return {
      key,
      name: `clip ${key}`,
      model: key % 2 === 0 ? 'veo' : 'grok',
      about: `Prompt ${key}\nModel: veo`,
      source: this.source('counter', key),
      ...more,
    };
  }

  source(file: string, number = 0): string {
    return `${this.origin}/clips/${file}.mp4?${number}`;
  }

  tile(key: number): Locator {
    return this.page.locator(`#clip-${key}`);
  }

  /** The name of the tile that is the active one; empty for none. */
  async activeName(): Promise<string> {
    return this.grid.evaluate(grid => {
      const id = grid.getAttribute('aria-activedescendant');
      return id === null ? '' : (document.getElementById(id)?.querySelector('.name')?.textContent ?? '?');
    });
  }

  /** The names of the tiles that can be seen whole, in order. */
  async namesInView(): Promise<string[]> {
    return this.grid.evaluate(grid => {
      const view = grid.getBoundingClientRect();
      return [...grid.querySelectorAll('.tile')]
        .filter(tile => {
          const { top, bottom } = tile.getBoundingClientRect();
          return top >= view.top && bottom <= view.bottom;
        })
        .map(tile => tile.querySelector('.name')?.textContent ?? '');
    });
  }

  async scrollTo(top: number): Promise<void> {
    await this.grid.evaluate((grid, to) => {
      grid.scrollTop = to;
    }, top);
  }

  /** The last message of a type that has come or comes. */
  async hear<T extends FromSheet['type']>(type: T): Promise<Extract<FromSheet, { type: T }>> {
    return eventually(() => {
      const found = this.heard.findLast(message => message.type === type);
      if (!found) throw new Error(`The page has not said ${type}, but: ${JSON.stringify(this.heard)}`);
      return found as Extract<FromSheet, { type: T }>;
    });
  }
}

/** Starts a browser and the server of the page for a `describe`, and gives each test a page of its own. */
export function useSheetPage(): () => SheetPage {
  let browser: Browser | undefined;
  let server: LoopbackServer | undefined;
  let current: SheetPage | undefined;
  before(async () => {
    server = await listenOnLoopback(0, async (request, response) => {
      const origin = server?.origin ?? '';
      const url = new URL(request.url ?? '/', origin);
      if (url.pathname !== '/') {
        await answerWithFile(url, request.headers.range, response);
        return;
      }
      response.setHeader('Content-Type', 'text/html');
      response.end(
        sheetHtml({
          cspSource: origin,
          script: `${origin}/sheet/main.js`,
          stylesheet: `${origin}/sheet/main.css`,
          language: 'en',
        }),
      );
    });
    browser = await startBrowser();
  });
  beforeEach(async () => {
    if (!browser || !server) throw new Error('The browser was not started.');
    current = new SheetPage(await browser.newPage(), server.origin);
  });
  afterEach(async () => current?.page.close());
  after(async () => {
    await browser?.stop();
    await server?.close();
  });
  return () => {
    if (!current) throw new Error('There is a page in each test only.');
    return current;
  };
}
