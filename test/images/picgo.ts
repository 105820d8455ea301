import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../gateway/loopbackServer.ts';

/** What the stand-in says in place of a link. */
export type PicGoReply = { readonly status?: number; readonly body: string } | 'silence';

/** A stand-in for PicGo's local server: it uploads nothing, and gives links that nobody can open. */
export interface PicGo extends AsyncDisposable {
  /** The address for the setting. */
  readonly address: string;
  /** The paths that it was asked to upload, in order. */
  readonly uploaded: readonly string[];
  /** Says this from now on; `undefined`: the usual. */
  reply(reply: PicGoReply | undefined): void;
  close(): Promise<void>;
}

/** Starts it on a port of its own. */
export async function startPicGo(): Promise<PicGo> {
  const uploaded: string[] = [];
  let script: PicGoReply | undefined;
  const server = await listenOnLoopback(0, async (request, response, signal) => {
    const body = await text(request);
    if (script === 'silence') {
      await new Promise(done => {
        signal.addEventListener('abort', done);
      });
      return;
    }
    const said = script ?? usual(request.method, request.url, body, uploaded);
    response.writeHead(said.status ?? 200, { 'content-type': 'application/json' }).end(said.body);
  });
  return {
    address: server.origin,
    uploaded,
    reply: reply => {
      script = reply;
    },
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function usual(
  method: string | undefined,
  url: string | undefined,
  body: string,
  uploaded: string[],
): { status?: number; body: string } {
  if (method !== 'POST' || url?.split('?')[0] !== '/upload') {
    return { status: 404, body: '404' };
  }
  const { list } = JSON.parse(body) as { list: string[] };
  uploaded.push(...list);
  return { body: JSON.stringify({ success: true, result: list.map(linkOf) }) };
}

/** The link that an image gets: told by its content. */
export function linkOf(path: string): string {
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
  return `https://images.example.com/${hash.slice(0, 12)}.png`;
}
