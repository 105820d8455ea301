import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser, type Browser } from '../../vscode/chromium.ts';
import { provisionServer } from '../../vscode/provision.ts';
import { makeScratch } from '../../vscode/scratch.ts';
import { startServer, type VSCodeServer } from '../../vscode/server.ts';

/** What a measurement has to itself; all of it goes when it is over. */
export interface BenchServer {
  readonly folder: string;
  readonly browser: Browser;
  readonly server: VSCodeServer;
}

/** What VS Code is started with. */
export interface BenchSetting {
  /** Their folders. */
  readonly extensions: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Measures in a VS Code of its own. `prepare` is given a folder to use and VS Code's data folder, before VS Code is there. */
export async function withServer<T>(
  root: string,
  prepare: (folder: string, dataDir: string) => Promise<BenchSetting> | BenchSetting,
  measure: (bench: BenchServer) => Promise<T>,
): Promise<T> {
  const scratch = makeScratch(tmpdir(), 'dailies-bench');
  const folder = scratch.path;
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  try {
    const setting = await prepare(folder, dataDir);
    const browser = await startBrowser();
    try {
      const server = await startServer(await provisionServer(root), { dataDir, ...setting });
      try {
        return await measure({ folder, browser, server });
      } finally {
        await server.stop();
      }
    } finally {
      await browser.stop();
    }
  } finally {
    scratch.remove();
  }
}
