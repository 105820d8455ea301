import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { editions } from './edition.ts';
import type { Host, HostOptions } from './host.ts';
import { startTree } from './processes.ts';
import { makeScratch } from './scratch.ts';
import { tailOf } from './server.ts';
import { quietSettings } from './settings.ts';
import { waitUntil, withinLimit } from './wait.ts';
import { Workbench } from './workbench.ts';

/** How long VS Code may take to offer its debugging port. */
const START_LIMIT_MS = 60_000;

/**
 * Starts the desktop VS Code, downloading it into `.vscode-test` when it is not there, and attaches to its window through the
 * debugging port of Electron. On Linux it needs a display (`xvfb-run -a npm run test:desktop`).
 *
 * Not proven: it was written where VS Code cannot be downloaded. All but the lines below is shared with the server host.
 */
export async function startDesktopHost(options: HostOptions): Promise<Host> {
  const executable = await downloadAndUnzipVSCode({
    cachePath: join(options.root, '.vscode-test'),
    version: editions[options.vscode].version,
  });
  const scratch = options.dataDir === undefined ? makeScratch(tmpdir(), 'dailies-desktop') : undefined;
  const dataDir = resolve(options.dataDir ?? scratch?.path ?? '');
  await mkdir(join(dataDir, 'User'), { recursive: true });
  await writeFile(
    join(dataDir, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, null, 2),
  );
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env };
  // Set inside VS Code's own terminal; with it, the executable would be Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const tree = startTree(executable, argumentsFor(options, dataDir), {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logFile = join(dataDir, 'desktop.log');
  const log = createWriteStream(logFile);
  tree.child.stdout?.pipe(log, { end: false });
  tree.child.stderr?.pipe(log, { end: false });
  const stop = async (): Promise<void> => {
    await tree.stop();
    log.end();
    scratch?.remove();
  };
  try {
    const offered = new Promise<string>(resolve => {
      let printed = '';
      tree.child.stderr?.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const address = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
        if (address !== undefined) resolve(address);
      });
    });
    const address = await withinLimit(Promise.race([offered, tree.ended]), START_LIMIT_MS);
    if (!address?.startsWith('ws:'))
      throw new Error(
        `VS Code ${address ?? 'did not offer its debugging port in time'}.\n${await tailOf(logFile)}`,
      );
    const browser = await chromium.connectOverCDP(address);
    const pages = (): Page[] => browser.contexts().flatMap(context => context.pages());
    const page = await waitUntil('the window of VS Code', () =>
      pages().find(one => one.url().includes('workbench.html')),
    );
    const workbench = new Workbench(page);
    await workbench.ready();
    return {
      workbench,
      openWindow: () => Promise.reject(new Error('A second window is only tested on the server host')),
      ended: tree.ended,
      logTail: () => tailOf(logFile),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function argumentsFor(options: HostOptions, dataDir: string): string[] {
  return [
    ...options.extensions.map(folder => `--extensionDevelopmentPath=${folder}`),
    `--user-data-dir=${dataDir}`,
    `--extensions-dir=${join(dataDir, 'extensions')}`,
    // The port is a free one, which it prints.
    '--remote-debugging-port=0',
    '--disable-extensions',
    '--disable-updates',
    '--disable-telemetry',
    '--skip-welcome',
    '--skip-release-notes',
    '--no-sandbox',
    options.folder,
  ];
}
