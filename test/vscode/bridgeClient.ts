import { request } from 'node:http';
import { join } from 'node:path';
import {
  BRIDGE_VARIABLE,
  ROOT_VARIABLE,
  STORAGE_VARIABLE,
  type BridgeReply,
  type BridgeRequest,
  type RemoteVerb,
  type RemoteWorkbench,
} from './bridgeProtocol.ts';

export { eventually, waitUntil } from './wait.ts';
export type { RemoteWorkbench } from './bridgeProtocol.ts';

/** The window that runs the suites, with the verbs of the person in front of it. `reload` and `close` would end the run. */
export function workbench(): RemoteWorkbench {
  return remoteWindow(0);
}

/** Opens another window on an empty folder, with an extension host of its own, the same storage and the same secrets. */
export async function openWindow(): Promise<RemoteWorkbench> {
  return remoteWindow(Number(await ask({ type: 'openWindow' })));
}

/** Closes the windows that a test has opened and, having failed, left open. */
export async function closeWindows(): Promise<void> {
  await ask({ type: 'closeWindows' });
}

/** A path inside the project: `projectPath('test', 'fixtures', 'clips')`. */
export function projectPath(...segments: string[]): string {
  return join(required(ROOT_VARIABLE), ...segments);
}

/** The folder that VS Code gives Dailies for its data, in every window. */
export function storageFolder(): string {
  return required(STORAGE_VARIABLE);
}

/** Sends one request to the launcher and resolves to its answer; rejects with the launcher's error. */
export async function ask(question: BridgeRequest): Promise<unknown> {
  const response = await fetch(required(BRIDGE_VARIABLE), { method: 'POST', body: JSON.stringify(question) });
  const reply = (await response.json()) as BridgeReply;
  if ('error' in reply) throw new Error(reply.error);
  return reply.value;
}

/** Keeps a connection to the launcher open for as long as this process lives, so that the launcher sees it die. */
export function holdLine(): void {
  // Not `fetch`, which gives up on an answer after 5 minutes.
  const line = request(required(BRIDGE_VARIABLE), { method: 'POST', agent: false });
  line.on('error', () => {
    // The launcher is gone, and soon so is this process.
  });
  const held: BridgeRequest = { type: 'hold' };
  line.end(JSON.stringify(held));
}

function remoteWindow(window: number): RemoteWorkbench {
  // Every property is a verb; the launcher refuses those that are not. `then` is none, or an awaited window would be called.
  return new Proxy({} as RemoteWorkbench, {
    get: (_target, verb) =>
      verb === 'then'
        ? undefined
        : (...args: unknown[]) => ask({ type: 'call', window, verb: verb as RemoteVerb, args }),
  });
}

function required(variable: string): string {
  const value = process.env[variable];
  if (value === undefined)
    throw new Error(`${variable} is not set: the suites are run by test/vscode/cli.ts`);
  return value;
}
