import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { listenOnLoopback, type LoopbackServer } from '../../gateway/loopbackServer.ts';

/** What a media host answers. */
export interface HostAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, with its length; or whatever a function sends. */
  readonly body?: Buffer | ((response: ServerResponse) => Promise<void>);
}

/** A media host of any kind: gives the answers it is told, one after the other. */
export class MediaHost {
  /** What it will answer; taken off as it does. */
  readonly answers: HostAnswer[] = [];
  /** The headers of what it was asked. */
  readonly asked: IncomingHttpHeaders[] = [];
  private server: LoopbackServer | undefined;

  get link(): string {
    return `${this.server?.origin ?? ''}/clip.mp4?sign=secret`;
  }

  async open(): Promise<void> {
    this.server = await listenOnLoopback(0, async (request, response) => {
      this.asked.push(request.headers);
      const { status = 200, headers = {}, body = Buffer.alloc(0) } = this.answers.shift() ?? { status: 500 };
      response.sendDate = false;
      if (typeof body === 'function') {
        response.writeHead(status, headers);
        await body(response);
        response.end();
      } else {
        response.writeHead(status, { 'Content-Length': String(body.length), ...headers });
        response.end(body);
      }
    });
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}

/** A media host for each test. Call in a `describe`. */
export function useMediaHost(): () => MediaHost {
  let host: MediaHost;
  beforeEach(async () => {
    host = new MediaHost();
    await host.open();
  });
  afterEach(async () => {
    await host.close();
  });
  return () => host;
}
