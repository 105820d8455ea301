import { readFile, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { playerHtml, type PageParts } from '../../../src/preview/html.ts';
import type { FromPage, PlayerMemory, Show, ToPage } from '../../../src/preview/protocol.ts';
import { clips, type ClipName } from '../../fixtures/clips/clips.ts';
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

/** What the page sends, as it arrives here: bytes are numbers. */
export type Heard = Exclude<FromPage, { type: 'saveFrame' }> | SavedFrame;

/** A picture that the page wants to be saved. */
export interface SavedFrame {
  readonly type: 'saveFrame';
  readonly png: readonly number[];
  readonly spot: string;
  readonly as: boolean;
}

export const MEMORY: PlayerMemory = {
  volume: 1,
  isMuted: false,
  isLooping: false,
  speed: 1,
  showsDetails: true,
};

/** The real page in a real browser, with the extension's side of the protocol in the hands of a test. */
export class PlayerPage {
  readonly page: Page;
  readonly heard: Heard[] = [];
  /** Every address that was asked for. */
  readonly requests: string[] = [];
  private readonly origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
    page.on('request', request => this.requests.push(request.url()));
  }

  /** Opens the page as a webview would, and waits until it speaks. `early`: the clip that it begins with. */
  async open(early?: ClipName): Promise<void> {
    await this.page.exposeFunction('heard', (message: Heard) => {
      this.heard.push(message);
    });
    await this.page.addInitScript(standInForHost);
    await this.page.goto(`${this.origin}/${early === undefined ? '' : `?${early}`}`);
    await this.hear('ready');
  }

  /** Says something to the page as the extension does. */
  async send(message: ToPage): Promise<void> {
    await this.page.evaluate(sent => {
      window.postMessage(sent, '*');
    }, message);
  }

  /** Shows a clip, and waits until there is a picture. */
  async show(clip: ClipName, more: Partial<Show> = {}): Promise<void> {
    await this.send(this.showing(clip, more));
    await this.page.locator('body[data-state=ready]').waitFor();
  }

  showing(clip: string, more: Partial<Show> = {}, plays = false): ToPage {
    const show: Show = {
      state: { key: 1 },
      name: `The ${clip}`,
      prompt: null,
      facts: [],
      neighbours: { previous: false, next: true },
      content: { kind: 'clip', source: `${this.origin}/clips/${clip}.mp4` },
      ...more,
    };
    return { type: 'show', show, plays };
  }

  /** The first message of a type that has come or comes. */
  async hear<T extends Heard['type']>(type: T): Promise<Extract<Heard, { type: T }>> {
    return eventually(() => {
      const found = this.heard.find(message => message.type === type);
      if (!found) throw new Error(`The page has not said ${type}, but: ${JSON.stringify(this.heard)}`);
      return found as Extract<Heard, { type: T }>;
    });
  }

  /** The video's own word: `currentTime`, `paused`. */
  async video<K extends keyof HTMLVideoElement>(name: K): Promise<HTMLVideoElement[K]> {
    return this.page
      .locator('video')
      .evaluate((video, property) => (video as HTMLVideoElement)[property as K], name);
  }

  /** The number that the frame on the screen shows. */
  async shownNumber(): Promise<number> {
    return this.page.locator('video').evaluate(readNumber);
  }

  /** The number that a saved picture shows, and its size. */
  async numberIn(png: readonly number[]): Promise<{ number: number; width: number; height: number }> {
    return this.page.evaluate(`(async () => {
      const picture = await createImageBitmap(new Blob([new Uint8Array(${JSON.stringify(png)})]));
      return { number: (${readNumber.toString()})(picture), width: picture.width, height: picture.height };
    })()`);
  }
}

/** Starts a browser and the server of the player's page for a `describe`, and gives each test a page of its own. */
export function usePlayerPage(): () => PlayerPage {
  return usePage('player', playerHtml, (page, origin) => new PlayerPage(page, origin));
}

/** Makes a page; `source` is the clip that it begins with. */
type MakeHtml = (parts: PageParts, source: string | undefined) => string;

/** The same for any page: `name` is its folder of `dist/`, and `open` makes what a test gets. */
export function usePage<T extends { readonly page: Page }>(
  name: string,
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
        response.end(html(partsOf(name, origin), early === '' ? undefined : `${origin}/clips/${early}.mp4`));
      } else {
        await answerWithFile(url, request.headers.range, response);
      }
    });
    browser = await startBrowser();
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

function partsOf(name: string, origin: string): PageParts {
  return {
    cspSource: origin,
    script: `${origin}/${name}/main.js`,
    stylesheet: `${origin}/${name}/main.css`,
    language: 'en',
  };
}

/** Answers with a file of a built page, or with a clip: `/player/main.js`, `/clips/tone.mp4`. */
export async function answerWithFile(
  url: URL,
  range: string | undefined,
  response: ServerResponse,
): Promise<void> {
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
export function standInForHost(): void {
  const { heard } = window as unknown as { heard: (message: unknown) => void };
  const host = {
    postMessage: (message: Record<string, unknown>) => {
      heard(message.png instanceof Uint8Array ? { ...message, png: [...message.png] } : message);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => {
      sessionStorage.setItem('state', JSON.stringify(state));
    },
  };
  Object.assign(window, { acquireVsCodeApi: () => host });
}

/** Runs in the page: reads the columns of the clip `counter`. Refers to nothing outside. */
export function readNumber(picture: Element | ImageBitmap): number {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 180;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The page has no canvas.');
  context.drawImage(picture as HTMLVideoElement | ImageBitmap, 0, 0, 320, 180);
  return Array.from({ length: 8 }, (_column, digit) => {
    const [red = 0] = context.getImageData(digit * 40 + 20, 90, 1, 1).data;
    return red > 128 ? 2 ** digit : 0;
  }).reduce((sum, value) => sum + value, 0);
}
