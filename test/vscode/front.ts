import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A running front. */
export interface Front {
  readonly port: number;
  /** Closes it and every connection through it. */
  stop(): Promise<void>;
}

/** Where the workbench of code-server has its service worker from, which only makes it an installable web app. */
const SERVICE_WORKER = '/_static/out/browser/serviceWorker.js';

/**
 * Puts a small HTTP server on loopback in front of the VS Code server on `serverPort`. It passes everything on, and answers two
 * requests itself: for the service worker, and `POST /mint-key`.
 *
 * The workbench in a browser keeps extensions' secrets in its localStorage, encrypted with a key of 32 raw bytes that it asks its
 * own origin for at that path. `code serve-web` answers it; the bare server script does not, and every secret would be lost at
 * the next reload. The key is kept in `keyFile`. `port` 0 picks a free one; localStorage belongs to one port.
 */
export async function startFront(serverPort: number, keyFile: string, port = 0): Promise<Front> {
  const key = await readOrMakeKey(keyFile);
  const sockets = new Set<Duplex>();
  const server = createServer((incoming, response) => {
    if (incoming.method === 'POST' && incoming.url === '/mint-key') response.end(key);
    else if (incoming.url?.startsWith(SERVICE_WORKER)) answerServiceWorker(response);
    else passRequest(serverPort, incoming, response);
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming, socket, head) => {
    passUpgrade(serverPort, incoming, socket, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * VS Code's own server does not have that script. When two windows had been told so, Chromium 156 under a debugger began no other
 * registration of a service worker: webviews, which wait for one of theirs, stayed empty for good.
 */
function answerServiceWorker(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/javascript', 'Service-Worker-Allowed': '/' });
  response.end();
}

async function readOrMakeKey(keyFile: string): Promise<Buffer> {
  try {
    return await readFile(keyFile);
  } catch {
    // The first run with this data folder.
    const key = randomBytes(32);
    await writeFile(keyFile, key, { mode: 0o600 });
    return key;
  }
}

function passRequest(serverPort: number, incoming: IncomingMessage, response: ServerResponse): void {
  // The Host header stays: the server derives the page's remote authority from it.
  const { method, url: path, headers } = incoming;
  const passed = request({ host: '127.0.0.1', port: serverPort, method, path, headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  passed.once('error', error => {
    if (!response.headersSent) response.writeHead(502);
    response.end(`The VS Code server does not answer: ${error.message}\n`);
  });
  response.once('close', () => passed.destroy());
  incoming.pipe(passed);
}

function passUpgrade(serverPort: number, incoming: IncomingMessage, near: Duplex, head: Buffer): void {
  const far: Socket = connect(serverPort, '127.0.0.1', () => {
    const lines = [`${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2)
      lines.push(`${incoming.rawHeaders[i] ?? ''}: ${incoming.rawHeaders[i + 1] ?? ''}`);
    far.write(`${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    far.pipe(near);
    near.pipe(far);
  });
  // Either end may vanish at any time (a closed page, a killed server); the other must not outlive it.
  near.once('error', () => far.destroy());
  far.once('error', () => near.destroy());
  near.once('close', () => far.destroy());
  far.once('close', () => near.destroy());
}
