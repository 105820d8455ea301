import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Answers one request; `signal` aborts when the client leaves or the server closes. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
) => Promise<void>;

/** An HTTP server that nobody outside this machine can reach. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Ends every connection, idle or busy, and stops listening; once, however often it is called. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes any free one. */
export async function listenOnLoopback(port: number, handle: RequestHandler): Promise<LoopbackServer> {
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const left = new AbortController();
    response.once('close', () => {
      left.abort();
    });
    const signal = AbortSignal.any([closing.signal, left.signal]);
    handle(request, response, signal).catch((error: unknown) => {
      const hasLeft = signal.aborted || request.errored !== null || request.socket.destroyed;
      response.destroy();
      // A client that leaves is part of the play; anything else is a mistake in the simulation and should be seen.
      if (!hasLeft) console.error('The simulated gateway failed to answer:', error);
    });
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const end = async (): Promise<void> => {
    closing.abort();
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  let ended: Promise<void> | undefined;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => (ended ??= end()),
  };
}
