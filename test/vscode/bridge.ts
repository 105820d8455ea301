import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { BridgeReply, BridgeRequest } from './bridgeProtocol.ts';

/** The launcher's end of the bridge. */
export interface Bridge {
  /** What `DAILIES_TEST_BRIDGE` must hold. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Gives the answer to a request. `hungUp` tells that whoever asked is gone. */
export type Answer = (request: BridgeRequest, hungUp: AbortSignal) => Promise<unknown>;

/** Listens on loopback for requests from the extension host. What `answer` resolves to, or its error, is the reply. */
export async function startBridge(answer: Answer): Promise<Bridge> {
  const token = randomUUID();
  const server = createServer((incoming, response) => {
    // Anything on the machine can reach the port; only the extension host was told the token.
    if (incoming.url !== `/${token}`) {
      response.writeHead(403).end();
      return;
    }
    const hungUp = new AbortController();
    response.once('close', () => {
      hungUp.abort();
    });
    void reply(incoming, answer, hungUp.signal).then(body => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    });
  });
  // A connection that is closed for being idle may be just the one that is used again.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function reply(incoming: IncomingMessage, answer: Answer, hungUp: AbortSignal): Promise<BridgeReply> {
  try {
    const value = await answer(JSON.parse(await text(incoming)) as BridgeRequest, hungUp);
    return { value: value ?? null };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
