import { startBrowser } from './chromium.ts';
import type { Host, HostOptions } from './host.ts';
import { provisionServer } from './provision.ts';
import { startServer, tailOf } from './server.ts';
import { Workbench } from './workbench.ts';

/** Starts a VS Code server with a window in a headless browser. Installs whatever of the two is missing. */
export async function startServerHost(options: HostOptions): Promise<Host> {
  const { root, vscode, extensions, folder, env, settings, dataDir } = options;
  const install = await provisionServer(root, vscode);
  const browser = await startBrowser();
  const server = await startServer(install, { extensions, env, settings, dataDir }).catch(
    async (error: unknown) => {
      await browser.stop();
      throw error;
    },
  );
  const stop = async (): Promise<void> => {
    await browser.stop();
    await server.stop();
  };
  const openWindow = async (): Promise<Workbench> => {
    const workbench = new Workbench(await browser.newPage());
    await workbench.open(server.window(folder));
    return workbench;
  };
  try {
    const workbench = await openWindow();
    const crashed = new Promise<string>(resolve => {
      workbench.page.once('crash', () => {
        resolve('had its page crash');
      });
    });
    const ended = Promise.race([server.ended, crashed]);
    return { workbench, openWindow, ended, logTail: () => tailOf(server.logFile), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
