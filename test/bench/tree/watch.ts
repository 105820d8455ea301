import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { waitUntil } from '../../vscode/wait.ts';
import { Workbench } from '../../vscode/workbench.ts';
import { withServer } from '../lib/server.ts';
import { median } from '../lib/statistics.ts';
import { FOLDER_VARIABLE, type Change, type Wish } from './control.ts';
import { makeBareToWatch, makeDailiesToWatch } from './extensions.ts';
import { layList } from './list.ts';
import { ROWS_VARIABLE, WATCHED, type Side } from './names.ts';
import { makeWallClock } from './wallClock.ts';

/** Changes of each kind and side that are measured, and those before that only warm up. */
const SAMPLES = Number(process.env.DAILIES_BENCH_SAMPLES ?? 60);
const WARM_UP = 5;

/** How Dailies' list is grouped: `state`, or `shot` with five takes each. */
export const GROUPING = process.env.DAILIES_BENCH_GROUPING === 'shot' ? 'shot' : 'state';

/** VS Code gathers an extension's tree events of 200 ms after one that it has passed on: longer than that between two. */
const PAUSE = 320;

/** From a change to the row's new text, ms, medians. */
export interface Latency {
  readonly stay: number;
  readonly move: number;
  /** What the commit takes, which comes before. */
  readonly commit: number;
}

/** Shows both lists of so many rows in one window and changes a row of each by turns. */
export async function watchRows(root: string, rows: number): Promise<Record<Side, Latency>> {
  return withServer(
    root,
    async (folder, dataDir) => {
      layList(dataDir, rows, GROUPING);
      return {
        extensions: [
          await makeDailiesToWatch(root, join(folder, 'dailies')),
          await makeBareToWatch(root, join(folder, 'bare')),
        ],
        env: { [FOLDER_VARIABLE]: folder, [ROWS_VARIABLE]: String(rows) },
        settings: { 'dailies.tasks.groupBy': GROUPING },
      };
    },
    async ({ folder, browser, server }) => {
      const workbench = new Workbench(await browser.newPage());
      await workbench.open(server.window());
      await workbench.openView('Dailies');
      return changeByTurns(workbench.page, folder);
    },
  );
}

async function changeByTurns(page: Page, folder: string): Promise<Record<Side, Latency>> {
  const ports = { dailies: await portOf(folder, 'dailies'), bare: await portOf(folder, 'bare') };
  await prepare(page);
  const closed = page.locator('.pane-header[aria-label^="Bare"][aria-expanded="false"]');
  await waitUntil(
    'the view of the bare rows',
    async () => (await page.locator('.pane-header[aria-label^="Bare"]').count()) > 0 || undefined,
  );
  if ((await closed.count()) > 0) {
    await closed.click();
  }
  for (const side of ['dailies', 'bare'] as const) {
    await page.locator('.monaco-list-row', { hasText: WATCHED[side] }).waitFor({ timeout: 60_000 });
  }
  // What VS Code and Dailies do right after the start is over.
  await sleep(3_000);
  const found = { dailies: emptySamples(), bare: emptySamples() };
  for (const wish of ['stay', 'move'] as const) {
    for (let turn = -WARM_UP; turn < SAMPLES; turn++) {
      const sides: Side[] = turn % 2 === 0 ? ['dailies', 'bare'] : ['bare', 'dailies'];
      for (const side of sides) {
        const { shownMs, commitMs } = await changeOnce(page, ports[side], side, wish);
        if (turn >= 0) {
          found[side][wish].push(shownMs);
          found[side].commit.push(commitMs);
        }
        await sleep(PAUSE + Math.random() * 50);
      }
    }
  }
  return { dailies: medians(found.dailies), bare: medians(found.bare) };
}

interface Samples {
  readonly stay: number[];
  readonly move: number[];
  readonly commit: number[];
}

function emptySamples(): Samples {
  return { stay: [], move: [], commit: [] };
}

function medians({ stay, move, commit }: Samples): Latency {
  return { stay: median(stay), move: median(move), commit: median(commit) };
}

async function changeOnce(
  page: Page,
  port: number,
  side: Side,
  wish: Wish,
): Promise<{ shownMs: number; commitMs: number }> {
  await page.evaluate(`benchTree.watch(${JSON.stringify(WATCHED[side])})`);
  const response = await fetch(`http://127.0.0.1:${port}/${wish}`);
  if (!response.ok) {
    throw new Error(await response.text());
  }
  const change = (await response.json()) as Change;
  const shownAt = await page.evaluate<number>(`benchTree.shownAt(${JSON.stringify(change.text)})`);
  return { shownMs: shownAt - change.committedAt, commitMs: change.committedAt - change.begunAt };
}

async function portOf(folder: string, name: Side): Promise<number> {
  const facts = await waitUntil(
    `the extension "${name}" to be there`,
    () => readFile(join(folder, `${name}.json`), 'utf8').catch(() => undefined),
    undefined,
    60_000,
  );
  return (JSON.parse(facts) as { port: number }).port;
}

/** Puts the watch into the page. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(`globalThis.benchTree = (${makeWatch.toString()})((${makeWallClock.toString()})())`);
}

/**
 * Runs in the page, and refers to nothing outside. `watch` notes whenever a row's text becomes another; `shownAt` gives the
 * moment at which it held these words first.
 */
function makeWatch(now: () => number): {
  watch: (row: string) => void;
  shownAt: (words: string) => Promise<number>;
} {
  let seen: { text: string; at: number }[] = [];
  let changed = (): void => undefined;
  let observer: MutationObserver | undefined;
  const textOf = (row: string): string =>
    [...document.querySelectorAll('.sidebar .monaco-list-row')].find(one => one.textContent.includes(row))
      ?.textContent ?? '';
  return {
    watch: row => {
      observer?.disconnect();
      seen = [];
      let text = textOf(row);
      observer = new MutationObserver(() => {
        const at = now();
        const found = textOf(row);
        if (found !== text) {
          text = found;
          seen.push({ text, at });
          changed();
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    shownAt: words =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          reject(new Error(`"${words}" did not come. There was: ${JSON.stringify(seen)}`));
        }, 20_000);
        changed = () => {
          const first = seen.find(({ text }) => text.includes(words));
          if (first) {
            clearTimeout(late);
            resolve(first.at);
          }
        };
        changed();
      }),
  };
}
