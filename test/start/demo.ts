import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addDemoTasks, type DemoTask } from '../gateway/demo.ts';
import { startGateway, type Gateway } from '../gateway/gateway.ts';
import { packageExtension } from '../package.ts';
import { provisionServer } from '../vscode/provision.ts';
import { startServer, type VSCodeServer } from '../vscode/server.ts';

const root = resolve(import.meta.dirname, '../..');

/** Simulated seconds for each real one: a generation of four minutes takes eight seconds. */
export const SPEED = 30;

/** A VS Code with Dailies from its VSIX, and the simulated gateway that it is set to. */
export interface Demo extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly server: VSCodeServer;
  readonly tasks: readonly DemoTask[];
  /** The folder that clips are saved to. */
  readonly clips: string;
}

/** The gateway with a few tasks under way. */
export async function startDemoGateway(): Promise<{ gateway: Gateway; tasks: readonly DemoTask[] }> {
  const gateway = await startGateway({ speed: SPEED });
  return { gateway, tasks: addDemoTasks(gateway) };
}

/** The settings that lead Dailies to a gateway and keep its clips out of the person's own folders. */
export function demoSettings(gateway: Gateway, clips: string): Record<string, unknown> {
  return {
    'dailies.gateway.baseUrl': gateway.baseUrl,
    // The shortest pace there is on loopback; on the gateway's clock it is the documented one.
    'dailies.poll.interval': 1,
    'dailies.save.folder': clips,
  };
}

/** Packs Dailies and gives the path of the VSIX. */
export function makeVsix(): string {
  const archive = join(root, 'out/dailies.vsix');
  packageExtension(archive);
  return archive;
}

/** Starts everything that the demo is made of. Its clips go to a temporary folder, which ends with it. */
export async function startDemo(): Promise<Demo> {
  const clips = mkdtempSync(join(tmpdir(), 'dailies-'));
  const vsix = makeVsix();
  const install = await provisionServer(root);
  const { gateway, tasks } = await startDemoGateway();
  try {
    const server = await startServer(install, { vsix: [vsix], settings: demoSettings(gateway, clips) });
    return {
      gateway,
      server,
      tasks,
      clips,
      [Symbol.asyncDispose]: async () => {
        await server.stop();
        await gateway.close();
        rmSync(clips, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}
