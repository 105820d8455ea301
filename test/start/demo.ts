import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addDemoTasks, plausibleTask, type DemoTask } from '../gateway/demo.ts';
import { demoFaults } from '../gateway/demoResponses.ts';
import { startGateway, type Gateway } from '../gateway/gateway.ts';
import { packageExtension } from '../package.ts';
import { provisionServer } from '../vscode/provision.ts';
import { startServer, type VSCodeServer } from '../vscode/server.ts';

const root = resolve(import.meta.dirname, '../..');

/** Simulated seconds for each real one. For the journey: a generation of four minutes takes eight seconds. */
export const CHECK_SPEED = 30;

/** For a person, who has to open a page and enter a key first, and wants to see tasks under way. */
export const DEMO_SPEED = 3;

/** The documented pace, in seconds of the gateway's clock. */
const PACE_S = 30;

/** A VS Code with Dailies from its VSIX, and the simulated gateway that it is set to. */
export interface Demo extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly server: VSCodeServer;
  readonly tasks: readonly DemoTask[];
  /** The folder that clips are saved to. */
  readonly clips: string;
  /** A folder to write shot files in. */
  readonly shots: string;
}

/** The gateway with a few tasks under way. */
export async function startDemoGateway(
  speed: number,
): Promise<{ gateway: Gateway; tasks: readonly DemoTask[] }> {
  const gateway = await startGateway({
    speed,
    createdTasks: plausibleTask,
    createFault: demoFaults(),
  });
  return { gateway, tasks: addDemoTasks(gateway) };
}

/** The settings that lead Dailies to a gateway and keep its clips out of the person's own folders. */
export function demoSettings(gateway: Gateway, clips: string, speed: number): Record<string, unknown> {
  return {
    'dailies.gateway.baseUrl': gateway.baseUrl,
    // Allowed on loopback only; on the gateway's clock it is the documented pace.
    'dailies.poll.interval': PACE_S / speed,
    'dailies.save.folder': clips,
  };
}

/** Packs Dailies and gives the path of the VSIX. */
export function makeVsix(): string {
  const archive = join(root, 'out/dailies.vsix');
  packageExtension(archive);
  return archive;
}

/** Starts everything that the demo is made of. Its clips and shot files are in temporary folders, which end with it. */
export async function startDemo(speed: number): Promise<Demo> {
  const clips = mkdtempSync(join(tmpdir(), 'dailies-'));
  const shots = mkdtempSync(join(tmpdir(), 'dailies-shots-'));
  const vsix = makeVsix();
  const install = await provisionServer(root);
  const { gateway, tasks } = await startDemoGateway(speed);
  try {
    const server = await startServer(install, {
      vsix: [vsix],
      settings: demoSettings(gateway, clips, speed),
    });
    return {
      gateway,
      server,
      tasks,
      clips,
      shots,
      [Symbol.asyncDispose]: async () => {
        await server.stop();
        await gateway.close();
        for (const folder of [clips, shots]) {
          rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
        }
      },
    };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}
