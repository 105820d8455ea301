import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Names the folder in which extensions of the bench tell the bench what they have to say. */
export const FOLDER_VARIABLE = 'DAILIES_BENCH_FOLDER';

/** A change, by the clock of `makeWallClock`. */
export interface Change {
  /** When the extension was about to make it. */
  readonly begunAt: number;
  /** When it was made and committed, and the first listener heard of it. */
  readonly committedAt: number;
  /** What the row must come to say. */
  readonly text: string;
}

/** What the bench may ask for: the row changes where it stands, or goes to another place. */
export type Wish = 'stay' | 'move';

/** Inside the extension host: makes a change whenever the bench asks for one. */
export function serveChanges(name: string, change: (wish: Wish) => Change): void {
  const server = createServer((request, response) => {
    try {
      response.end(JSON.stringify(change(request.url === '/move' ? 'move' : 'stay')));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  });
  server.listen(0, '127.0.0.1', () => {
    report(`${name}.json`, { port: (server.address() as AddressInfo).port });
  });
}

/** Inside the extension host: leaves a file for the bench, whole or not at all. */
export function report(name: string, facts: object): void {
  const path = join(process.env[FOLDER_VARIABLE] ?? '', name);
  writeFileSync(`${path}.part`, JSON.stringify(facts));
  renameSync(`${path}.part`, path);
}
