import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { clips } from '../../fixtures/clips/clips.ts';
import { layListIn, savedAt } from '../../fixtures/listOf.ts';
import { waitUntil } from '../../vscode/wait.ts';
import { Workbench } from '../../vscode/workbench.ts';
import { withServer } from '../lib/server.ts';
import { median } from '../lib/statistics.ts';
import { makeBarePlayer } from './extension.ts';

/** Clicks of each kind and side that are measured, and those before that only warm up. */
const SAMPLES = Number(process.env.DAILIES_BENCH_SAMPLES ?? 15);
const WARM_UP = 2;

/** What VS Code does after a panel has opened or closed shall not fall into the next time, ms. */
const PAUSE = 700;

/** The rows of both lists, whose clips are alike. */
const TAKES = {
  dailies: ['dailies-1', 'dailies-2'],
  bare: ['bare-1', 'bare-2'],
} as const;

type Side = keyof typeof TAKES;

/** From the click to the first frame, ms, medians. */
type Times = Readonly<Record<Side, number>>;

/** Opens clips by turns with Dailies and the bare player, in a new panel and in the one that is open. */
export async function timeFirstFrames(root: string): Promise<{ first: Times; next: Times }> {
  spawnSync(process.execPath, [join(root, 'esbuild.js'), '--production'], { cwd: root });
  return withServer(
    root,
    async (folder, dataDir) => {
      const files = layClips(join(folder, 'clips'));
      layList(dataDir, files.dailies);
      return { extensions: [root, await makeBarePlayer(join(folder, 'bare'), files.bare)] };
    },
    async ({ browser, server }) => {
      const page = await browser.newPage();
      await page.addInitScript(watchForFrames);
      const workbench = new Workbench(page);
      await workbench.open(server.window());
      await workbench.openView('Dailies');
      for (const take of [...TAKES.dailies, ...TAKES.bare]) {
        await rowOf(page, take).waitFor({ timeout: 60_000 });
      }
      return clickByTurns(page);
    },
  );
}

function layClips(folder: string): Record<Side, Record<string, string>> {
  mkdirSync(folder, { recursive: true });
  const copy = (take: string): [string, string] => {
    const path = join(folder, `${take}.mp4`);
    copyFileSync(clips.landscape.path, path);
    return [take, path];
  };
  return {
    dailies: Object.fromEntries(TAKES.dailies.map(copy)),
    bare: Object.fromEntries(TAKES.bare.map(copy)),
  };
}

function layList(dataDir: string, files: Readonly<Record<string, string>>): void {
  const now = Date.now();
  layListIn(dataDir, store => {
    for (const [label, filePath] of Object.entries(files)) {
      const { task } = store.add('https://gateway.example/kyyReactApiServer', `vgen_${label}`, now);
      store.update(task.key, { ...savedAt(filePath, now), label });
    }
  });
}

async function clickByTurns(page: Page): Promise<{ first: Times; next: Times }> {
  const first: Record<Side, number[]> = { dailies: [], bare: [] };
  const next: Record<Side, number[]> = { dailies: [], bare: [] };
  for (let turn = -WARM_UP; turn < SAMPLES; turn++) {
    const sides: Side[] = turn % 2 === 0 ? ['dailies', 'bare'] : ['bare', 'dailies'];
    for (const side of sides) {
      const [one, two] = TAKES[side];
      const opened = await timeClick(page, one);
      const changed = await timeClick(page, two);
      await page.locator('.tab.active .tab-actions a').click();
      await page.locator('.tab.active').waitFor({ state: 'detached' });
      await sleep(PAUSE);
      if (turn >= 0) {
        first[side].push(opened);
        next[side].push(changed);
      }
    }
  }
  return { first: mediansOf(first), next: mediansOf(next) };
}

function mediansOf(times: Record<Side, number[]>): Times {
  return { dailies: median(times.dailies), bare: median(times.bare) };
}

/** Clicks a row as a person does, and gives the ms until a frame of its clip is on the screen. */
async function timeClick(page: Page, take: string): Promise<number> {
  await rowOf(page, take).click();
  const clickedAt = Number(await page.evaluate('benchClickedAt'));
  const shownAt = await waitUntil('the first frame', () => firstFrameOf(page, take));
  await sleep(PAUSE);
  return shownAt - clickedAt;
}

async function firstFrameOf(page: Page, take: string): Promise<number | undefined> {
  for (const frame of page.frames()) {
    const found = await frame
      .evaluate(`window.benchFrames?.[${JSON.stringify(take)}]`)
      .catch(() => undefined);
    if (typeof found === 'number') {
      // The next click on this take counts anew.
      await frame.evaluate(`delete window.benchFrames[${JSON.stringify(take)}]`);
      return found;
    }
  }
  return undefined;
}

function rowOf(page: Page, take: string): ReturnType<Page['locator']> {
  return page.locator('.monaco-list-row', { hasText: take });
}

/**
 * Runs in every page and frame before its own scripts: notes when a row is clicked, and when the first frame of each clip
 * is on the screen; ms since the epoch. It looks for videos by a timer, as VS Code writes webviews with `document.write`,
 * which takes all listeners away. Refers to nothing outside.
 */
function watchForFrames(): void {
  const frames: Record<string, number> = {};
  const known = new WeakSet<HTMLVideoElement>();
  Object.assign(window, { benchFrames: frames });
  const watch = (video: HTMLVideoElement): void => {
    const { src } = video;
    if (src === '') return;
    video.requestVideoFrameCallback(() => {
      const name = video.currentSrc.replace(/.*\/|\.mp4.*/g, '');
      frames[name] = Date.now();
    });
  };
  window.addEventListener(
    'pointerup',
    () => {
      Object.assign(window, { benchClickedAt: Date.now() });
    },
    true,
  );
  setInterval(() => {
    for (const video of document.querySelectorAll('video')) {
      if (!known.has(video)) {
        known.add(video);
        watch(video);
        video.addEventListener('loadstart', () => {
          watch(video);
        });
      }
    }
  }, 5);
}
