import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { PageParts } from '../../../src/preview/html.ts';
import { clips } from '../../fixtures/clips/clips.ts';
import { byteRange } from '../../gateway/byteRange.ts';
import { listenOnLoopback, type LoopbackServer } from '../../gateway/loopbackServer.ts';
import { startBrowser, type Browser } from '../../vscode/chromium.ts';
import { eventually } from '../../vscode/wait.ts';

const root = resolve(import.meta.dirname, '../../..');

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.mp4': 'video/mp4',
};

/** What a page has kept, with its time to the ms: a video rounds where it is sent to. */
export function toMs(kept: unknown): unknown {
  return { ...(kept as object), time: Math.round((kept as { time: number }).time * 1000) };
}

/** A real page in a real browser, with the extension's side of the protocol in the hands of a test. */
export class BrowserPage<Received extends { readonly type: string }, Sent> {
  readonly page: Page;
  readonly received: Received[] = [];
  /** Every address that was requested. */
  readonly requests: string[] = [];
  protected readonly origin: string;
  /** What went wrong on the page, for the message of a test that waits in vain. */
  private readonly troubles: string[] = [];

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
    page.on('request', request => this.requests.push(request.url()));
    page.on('pageerror', error => this.troubles.push(error.message));
    page.on('requestfailed', request =>
      this.troubles.push(`${request.url()}: ${request.failure()?.errorText}`),
    );
  }

  /** Sends a message to the page as the extension does. */
  async send(message: Sent): Promise<void> {
    await this.page.evaluate(sent => {
      window.postMessage(sent, '*');
    }, message);
  }

  /** The first message of a type that has come or comes, or the last that has. */
  async receive<T extends Received['type']>(
    type: T,
    isLast = false,
  ): Promise<Extract<Received, { type: T }>> {
    return eventually(() => {
      const sent = this.received.filter(message => message.type === type);
      const found = sent.at(isLast ? -1 : 0);
      if (!found)
        throw new Error(
          `The page has not sent ${type}, but: ${JSON.stringify(this.received)}. Troubles: ${this.troubles.join(', ')}`,
        );
      return found as Extract<Received, { type: T }>;
    });
  }

  /** What the page has kept for a reload; the next page has it too. */
  async kept(): Promise<unknown> {
    return this.page.evaluate((): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null'));
  }

  /** Lets the page process what it was sent, from frame to frame. */
  async framesPass(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let frame = 0; frame < 5; frame++) {
        await new Promise(requestAnimationFrame);
      }
    });
  }

  /** Presses keys one after the other in one moment, and gives what the page has kept for a reload by then. */
  async pressAtOnce(...keys: readonly string[]): Promise<unknown> {
    return this.page.evaluate((pressed): unknown => {
      for (const key of pressed) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      }
      return JSON.parse(sessionStorage.getItem('state') ?? 'null');
    }, keys);
  }

  /** Loads the page as a webview would, and waits until it is ready. */
  protected async load(path = ''): Promise<void> {
    await this.page.exposeFunction('received', (message: Received) => {
      this.received.push(message);
    });
    await this.page.addInitScript(standInForHost);
    await this.page.goto(`${this.origin}/${path}`);
    await this.receive('ready');
  }
}

/** Makes a page; `source` is the clip that it begins with. */
type MakeHtml = (parts: PageParts, source: string | undefined) => string;

/**
 * Starts a browser and the server of a page for a `describe`, and gives each test a page of its own, which `open` makes.
 */
export function usePage<T extends { readonly page: Page }>(
  html: MakeHtml,
  open: (page: Page, origin: string) => T,
): () => T {
  let browser: Browser | undefined;
  let server: LoopbackServer | undefined;
  let current: T | undefined;
  before(async () => {
    server = await listenOnLoopback(0, async (request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const origin = server?.origin ?? '';
      if (url.pathname === '/') {
        const early = url.search.slice(1);
        response.setHeader('Content-Type', 'text/html');
        response.end(html(partsOf(origin), early === '' ? undefined : `${origin}/clips/${early}.mp4`));
      } else {
        await sendFile(url, request.headers.range, response);
      }
    });
    browser = await startBrowser({ isShellEnough: true });
  });
  beforeEach(async () => {
    if (!browser || !server) throw new Error('The browser was not started.');
    current = open(await browser.newPage(), server.origin);
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

function partsOf(origin: string): PageParts {
  return {
    cspSource: origin,
    language: 'en',
    addressOf: file => `${origin}/pages/${file}`,
    textOf: file => readFileSync(join(root, 'dist/pages', file), 'utf8'),
  };
}

/** Responds with a file of a built page, or with a clip: `/pages/player.js`, `/clips/tone.mp4`. */
async function sendFile(url: URL, range: string | undefined, response: ServerResponse): Promise<void> {
  const [, folder = '', name = ''] = url.pathname.split('/');
  const path = folder === 'clips' ? clipPath(name) : join(root, 'dist', folder, name);
  const size =
    path === undefined
      ? undefined
      : await stat(path).then(
          one => one.size,
          () => undefined,
        );
  if (path === undefined || size === undefined) {
    response.writeHead(404).end();
    return;
  }
  const part = byteRange(range, size);
  const content = await readFile(path);
  response.setHeader('Content-Type', TYPES[extname(name)] ?? '');
  if (part === undefined || part === 'unsatisfiable') {
    response.end(content);
  } else {
    response.writeHead(206, { 'Content-Range': `bytes ${part.start}-${part.end}/${size}` });
    response.end(content.subarray(part.start, part.end + 1));
  }
}

function clipPath(name: string): string | undefined {
  return Object.values(clips).find(clip => `${clip.name}.mp4` === name)?.path;
}

/** Runs in the page, before its own scripts: what VS Code gives it. Refers to nothing outside. */
function standInForHost(): void {
  // Looked up when it is needed: the browser may put it there after this.
  const test = window as unknown as { received: (message: unknown) => void };
  const host = {
    postMessage: (message: Record<string, unknown>) => {
      test.received(
        Object.fromEntries(
          Object.entries(message).map(([name, value]) => [
            name,
            value instanceof Uint8Array ? [...value] : value,
          ]),
        ),
      );
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => {
      sessionStorage.setItem('state', JSON.stringify(state));
    },
  };
  Object.assign(window, { acquireVsCodeApi: () => host });
}
