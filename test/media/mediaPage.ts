import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { playerHtml } from '../../src/preview/html.ts';
import { byteRange } from '../gateway/byteRange.ts';
import { listenOnLoopback, type LoopbackServer, type RequestHandler } from '../gateway/loopbackServer.ts';
import { startBrowser, type Browser } from '../vscode/chromium.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * What the page's host can decode: everything, all but AAC (as a webview of VS Code), neither AAC nor FLAC, AAC in words only
 * (a browser that was made for it, with a library that was not), or no sound at all.
 */
export type SoundHost = 'complete' | 'withoutAac' | 'withoutFlac' | 'aacInWords' | 'withoutSound' | CodecHost;

/** What the host's WebCodecs lack besides AAC: a decoder of Opus, an encoder of H.264, or any encoder. */
export type CodecHost = 'withoutOpus' | 'withoutH264' | 'withoutEncoders';

/** Pages as in a webview: of one origin, with scripts and clips of another one, under the preview's own policy. */
export class MediaPages {
  private readonly resources: LoopbackServer;
  private readonly pages: LoopbackServer;
  private readonly browser: Browser;
  /** What is served, by path. */
  private readonly files: Map<string, Buffer>;

  private constructor(
    resources: LoopbackServer,
    pages: LoopbackServer,
    browser: Browser,
    files: Map<string, Buffer>,
  ) {
    this.resources = resources;
    this.pages = pages;
    this.browser = browser;
    this.files = files;
  }

  /** Starts a browser, with the scripts built from their sources; `production` makes them small, as they are shipped. */
  static async start(kind: 'development' | 'production' = 'development'): Promise<MediaPages> {
    const files = await buildScripts(kind === 'production');
    const resources = await listenOnLoopback(0, serve(files));
    const parts = {
      cspSource: resources.origin,
      language: 'en',
      addressOf: (file: string) => `${resources.origin}/${file}`,
      textOf: (file: string) => (file === 'player.js' ? String(files.get('/page.js')) : ''),
    };
    const html = playerHtml(parts, undefined);
    const pages = await listenOnLoopback(0, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
      return Promise.resolve();
    });
    return new MediaPages(resources, pages, await startBrowser({ isShellEnough: true }), files);
  }

  /** Makes a file loadable by the page, and gives its address. */
  async offer(path: string): Promise<string> {
    return this.offerBytes(basename(path), await readFile(path));
  }

  offerBytes(name: string, content: Buffer): string {
    this.files.set(`/${name}`, content);
    return this.addressOf(name);
  }

  /** What a page has sent there. */
  received(name: string): Buffer {
    const content = this.files.get(`/${name}`);
    if (!content) throw new Error(`No page sent ${name}.`);
    return content;
  }

  /** Where a page can send a file to; as plain text, which needs no leave of the other origin. */
  addressOf(name: string): string {
    return `${this.resources.origin}/${name}`;
  }

  /** A new page, of which everything is collected that went wrong or went elsewhere. */
  async open(host: SoundHost): Promise<MediaPage> {
    const page = await this.browser.newPage();
    const trouble: string[] = [];
    page.on('pageerror', error => trouble.push(String(error)));
    page.on('console', message => {
      if (message.type() === 'error') trouble.push(message.text());
    });
    page.on('request', request => {
      const { origin } = new URL(request.url());
      if (![this.resources.origin, this.pages.origin].includes(origin))
        trouble.push(`asked ${request.url()}`);
    });
    await page.addInitScript(limitHost, host);
    const limit = LIMITS[host];
    if (limit) {
      const script = this.files.get('/clipWorker.js') ?? Buffer.alloc(0);
      const worker = Buffer.concat([Buffer.from(`(${limit.toString()})();\n`), script]);
      await page.route('**/clipWorker.js', route =>
        route.fulfill({ body: worker, headers: { 'access-control-allow-origin': '*' } }),
      );
    }
    await page.goto(`${this.pages.origin}/`);
    return { page, trouble };
  }

  async stop(): Promise<void> {
    await this.browser.stop();
    await this.pages.close();
    await this.resources.close();
  }
}

/** An open page and what went wrong in it. */
export interface MediaPage {
  readonly page: Page;
  readonly trouble: readonly string[];
}

async function buildScripts(minify: boolean): Promise<Map<string, Buffer>> {
  const shared = {
    absWorkingDir: root,
    outdir: '.',
    write: false,
    bundle: true,
    minify,
    charset: 'utf8',
    tsconfig: 'src/preview/tsconfig.json',
    logLevel: 'warning',
  } as const;
  const built = await Promise.all([
    build({ ...shared, entryPoints: { page: 'test/media/page/main.ts' }, format: 'esm' }),
    build({ ...shared, entryPoints: { clipWorker: 'src/preview/player/media/worker.ts' }, format: 'iife' }),
  ]);
  const files = built.flatMap(({ outputFiles }) => outputFiles);
  return new Map(files.map(file => [`/${basename(file.path)}`, Buffer.from(file.contents)]));
}

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  mp4: 'video/mp4',
  webm: 'video/webm',
};

/** Serves as VS Code's resources are served: to any origin, and in parts. Takes what is posted. */
function serve(files: Map<string, Buffer>): RequestHandler {
  return async (request, response) => {
    const path = request.url ?? '';
    if (request.method === 'POST') {
      files.set(path, await buffer(request));
    }
    const content = files.get(path);
    if (!content) {
      response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
      return;
    }
    const range = byteRange(request.headers.range, content.length);
    const headers = {
      'access-control-allow-origin': '*',
      'accept-ranges': 'bytes',
      'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    };
    if (range && range !== 'unsatisfiable') {
      const part = `bytes ${range.start}-${range.end}/${content.length}`;
      response
        .writeHead(206, { ...headers, 'content-range': part })
        .end(content.subarray(range.start, range.end + 1));
    } else {
      response.writeHead(200, headers).end(content);
    }
  };
}

/** Runs in the page, before its own scripts. */
function limitHost(host: SoundHost): void {
  const refused: Record<SoundHost, RegExp> = {
    complete: /^$/,
    withoutAac: /mp4a\.40/,
    withoutFlac: /mp4a\.40|flac/,
    aacInWords: /^$/,
    withoutSound: /mp4a|mp3|flac|opus|vorbis|ac-3/,
    withoutOpus: /mp4a\.40|opus/,
    withoutH264: /mp4a\.40/,
    withoutEncoders: /mp4a\.40/,
  };
  const isRefused = (type: string): boolean => refused[host].test(type);
  const prototype = HTMLMediaElement.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its own `this` below
  const { canPlayType } = prototype;
  prototype.canPlayType = function (type) {
    return isRefused(type) ? '' : canPlayType.call(this, type);
  };
  const isTypeSupported = MediaSource.isTypeSupported.bind(MediaSource);
  MediaSource.isTypeSupported = type => !isRefused(type) && isTypeSupported(type);
}

/** Runs in the worker, before its own script: a decoder that takes AAC and then cannot. */
function limitDecoder(): void {
  const Native = AudioDecoder;
  Object.assign(globalThis, {
    AudioDecoder: class extends Native {
      private isAac = false;
      override configure(config: AudioDecoderConfig): void {
        this.isAac = config.codec.startsWith('mp4a');
        super.configure(config);
      }
      override async flush(): Promise<undefined> {
        await super.flush();
        if (this.isAac) throw new DOMException('Decoding error.', 'EncodingError');
      }
    },
  });
}

/** What runs in the worker of a host before its own script. */
const LIMITS: Partial<Record<SoundHost, () => void>> = {
  aacInWords: limitDecoder,
  withoutOpus: () => {
    const isSupported = AudioDecoder.isConfigSupported.bind(AudioDecoder);
    AudioDecoder.isConfigSupported = async config =>
      config.codec === 'opus' ? { supported: false, config } : isSupported(config);
  },
  withoutH264: () => {
    const isSupported = VideoEncoder.isConfigSupported.bind(VideoEncoder);
    VideoEncoder.isConfigSupported = async config =>
      config.codec.startsWith('avc') ? { supported: false, config } : isSupported(config);
  },
  withoutEncoders: () => {
    VideoEncoder.isConfigSupported = config => Promise.resolve({ supported: false, config });
  },
};
