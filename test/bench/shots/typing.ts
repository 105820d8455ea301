import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../vscode/wait.ts';
import { Workbench } from '../../vscode/workbench.ts';
import { withServer, type BenchServer } from '../lib/server.ts';
import { median, percentile } from '../lib/statistics.ts';
import { longFile } from './longFile.ts';
import { AFTER_KEY, makeWatcher, type KeyWork } from './watcher.ts';

/** Keys that are measured in each file, and those before that only warm up. */
const KEYS = Number(process.env.DAILIES_BENCH_SAMPLES ?? 30);
const WARM_UP = 8;

/** The same text as a shot file, and as the Markdown that VS Code knows by itself. */
const FILES = { dailies: 'long.shot.md', markdown: 'long.md' } as const;

type Side = keyof typeof FILES;

/** What the extension host does after a key, ms. */
export interface Typing {
  /** CPU that it takes altogether, median. */
  readonly busy: number;
  /** At a time: median of the longest of each key, and what it does not exceed for 95 of 100 keys. */
  readonly longest: number;
  readonly longest95: number;
  /** Until the Problems view is told, median; `null` where it is not. */
  readonly told: number | null;
}

/** Types into both, each in a window and an extension host of its own, with Dailies in both. */
export async function timeTyping(root: string): Promise<Record<Side, Typing>> {
  spawnSync(process.execPath, [join(root, 'esbuild.js'), '--production'], { cwd: root });
  return withServer(
    root,
    async folder => ({ extensions: [root, await makeWatcher(join(folder, 'watcher'))] }),
    async bench => ({
      dailies: await typeInto(bench, 'dailies'),
      markdown: await typeInto(bench, 'markdown'),
    }),
  );
}

async function typeInto({ folder, browser, server }: BenchServer, side: Side): Promise<Typing> {
  const open = join(folder, side);
  await mkdir(open);
  const file = join(open, FILES[side]);
  await writeFile(file, longFile());
  const workbench = new Workbench(await browser.newPage());
  await workbench.open(server.window(open));
  const found = async (): Promise<{ language: string; keys: KeyWork[] } | undefined> =>
    readFile(`${file}.json`, 'utf8')
      .then(text => JSON.parse(text) as { language: string; keys: KeyWork[] })
      .catch(() => undefined);
  const { language } = await waitUntil('the file to be open', found, undefined, 60_000);
  if (language !== (side === 'dailies' ? 'dailies-shot' : 'markdown')) {
    throw new Error(`${FILES[side]} is open as ${language}`);
  }
  if (side === 'dailies') {
    await workbench.page.locator('.codelens-decoration a').first().waitFor({ state: 'attached' });
  }
  // What VS Code does right after the start is over.
  await sleep(5_000);
  for (let key = 0; key < WARM_UP + KEYS; key++) {
    await workbench.page.keyboard.press('x');
    await waitUntil(
      'the work after a key to be over',
      async () => ((await found())?.keys.length ?? 0) > key || undefined,
      undefined,
      10 * AFTER_KEY,
    );
  }
  await workbench.close();
  const keys = ((await found())?.keys ?? []).slice(WARM_UP);
  const told = keys.map(one => one.told).filter(one => one !== null);
  return {
    busy: median(keys.map(({ busy }) => busy)),
    longest: median(keys.map(({ longest }) => longest)),
    longest95: percentile(
      keys.map(({ longest }) => longest),
      0.95,
    ),
    told: told.length === 0 ? null : median(told),
  };
}
