import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../../vscode/wait.ts';
import { Workbench } from '../../vscode/workbench.ts';
import { withServer, type BenchServer } from '../lib/server.ts';
import { median } from '../lib/statistics.ts';
import { FOLDER_VARIABLE } from './control.ts';
import { makeDailiesToTime, makeEmptyToTime } from './extensions.ts';
import { layList } from './list.ts';

/** Windows that are opened for each; one more each only warms up. */
const STARTS = Number(process.env.DAILIES_BENCH_STARTS ?? 9);

/** Some weeks of work. */
const TASKS = 200;

/** What an extension takes when a window opens, ms. */
export interface Start {
  /** Loading its entry with all that it imports at once. */
  readonly loadMs: number;
  /** Until `activate` returns: with the loading, what VS Code shows under Running Extensions, as it holds up the others. */
  readonly callMs: number;
  /** Until what `activate` returned is resolved: what those wait for who use the extension at once. */
  readonly activateMs: number;
}

/**
 * Opens windows by turns in which either Dailies or the empty extension is loaded and activated, each in a fresh extension
 * host, on its real activation event. Its entry takes the times, around the same `import` and the same call that VS
 * Code would make.
 */
export async function timeStarts(root: string): Promise<{ dailies: Start; empty: Start }> {
  return withServer(
    root,
    async (folder, dataDir) => {
      layList(dataDir, TASKS);
      return {
        extensions: [
          await makeDailiesToTime(root, join(folder, 'extension')),
          await makeEmptyToTime(root, join(folder, 'bare')),
        ],
        env: { [FOLDER_VARIABLE]: folder },
      };
    },
    startByTurns,
  );
}

async function startByTurns({
  folder,
  browser,
  server,
}: BenchServer): Promise<{ dailies: Start; empty: Start }> {
  const found: Record<'dailies' | 'empty', Start[]> = { dailies: [], empty: [] };
  for (let turn = -1; turn < STARTS; turn++) {
    for (const name of ['empty', 'dailies'] as const) {
      const open = join(folder, 'open', name);
      await mkdir(open, { recursive: true });
      const workbench = new Workbench(await browser.newPage());
      await workbench.open(server.window(open));
      const start = await startOf(join(folder, `${name}.json`));
      await workbench.close();
      if (turn >= 0) {
        found[name].push(start);
      }
    }
  }
  return { dailies: medians(found.dailies), empty: medians(found.empty) };
}

async function startOf(file: string): Promise<Start> {
  const facts = await waitUntil(
    'the times of a start',
    () => readFile(file, 'utf8').catch(() => undefined),
    undefined,
    60_000,
  );
  await rm(file);
  return JSON.parse(facts) as Start;
}

function medians(starts: readonly Start[]): Start {
  return {
    loadMs: median(starts.map(start => start.loadMs)),
    callMs: median(starts.map(start => start.callMs)),
    activateMs: median(starts.map(start => start.activateMs)),
  };
}
