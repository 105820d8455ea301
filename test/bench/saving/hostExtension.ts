// A window that saves clips, as an extension of the bench: in VS Code's extension host, with VS Code's own http and https.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { report } from '../tree/control.ts';
import type { SaveOrder } from './protocol.ts';
import { save } from './work.ts';

/** Called by VS Code. */
export function activate(): void {
  const server = createServer((request, response) => {
    text(request)
      .then(order => save(JSON.parse(order) as SaveOrder))
      .then(
        cost => response.end(JSON.stringify(cost)),
        (error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
  });
  // A clip may take long, and nobody else asks.
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    report('saver.json', { port: (server.address() as AddressInfo).port });
  });
}
