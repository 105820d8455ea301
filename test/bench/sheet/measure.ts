import { spawnSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { clips } from '../../fixtures/clips/clips.ts';
import { layListIn, savedAt } from '../../fixtures/listOf.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';
import { waitUntil } from '../../vscode/wait.ts';
import { Workbench } from '../../vscode/workbench.ts';
import { withServer, type BenchServer } from '../lib/server.ts';
import { median } from '../lib/statistics.ts';
import { scrollThrough, watchForFrames, type Scrolling } from './inPage.ts';

export const CLIPS = 1_000;

/** Times that the sheet is opened, and those before that only warm up. */
const SAMPLES = Number(process.env.DAILIES_BENCH_SAMPLES ?? 5);
const WARM_UP = 1;

/** How fast it is scrolled: about four screens in a second, CSS pixels per second. */
const SPEED = 3_000;

/** `DAILIES_BENCH_SORT=shot`: under headings of shots with five takes each. */
const SORT = process.env.DAILIES_BENCH_SORT === 'shot' ? 'shot' : 'list';
const TAKES = 5;

const VIEW = 'Dailies';
const TITLE = 'Contact Sheet';

export interface SheetFigures {
  /** From the click until every tile in view has its frame, ms, median. */
  readonly usable: number;
  /** What the window's JavaScript heap has grown by with the sheet, after the scrolling, MiB. */
  readonly heap: number;
  readonly dropped: number;
  /** That a screen of 60 Hz had time for. */
  readonly frames: number;
  /** In as long a time without scrolling: what the machine itself loses. */
  readonly droppedAtRest: number;
  /** The most that existed at a time. */
  readonly tiles: number;
}

/** Opens a sheet of many clips again and again, and scrolls through all of it. */
export async function measureSheet(root: string): Promise<SheetFigures> {
  spawnSync(process.execPath, [join(root, 'esbuild.js'), '--production'], { cwd: root });
  return withServer(
    root,
    (folder, dataDir) => {
      layList(dataDir, layClips(join(folder, 'clips')));
      return { extensions: [root] };
    },
    openAndScroll,
  );
}

async function openAndScroll({ browser, server }: BenchServer): Promise<SheetFigures> {
  const page = await browser.newPage();
  await page.addInitScript(watchForFrames);
  const workbench = new Workbench(page);
  await workbench.open(server.window());
  await workbench.openView('Dailies');
  await waitUntil('the list', async () => (await workbench.treeRows(VIEW)).length > 0 || undefined);
  const usable = await openAgainAndAgain(workbench);
  const heapWithout = await heapOf(page);
  await timeOpening(workbench);
  const frame = await workbench.webviewFrame(TITLE);
  const scrolling = await scroll(frame, SPEED);
  const atRest = await scroll(frame, 0, scrolling.durationMs);
  return {
    usable,
    heap: (await heapOf(page)) - heapWithout,
    dropped: scrolling.dropped,
    frames: scrolling.frames,
    droppedAtRest: atRest.dropped,
    tiles: scrolling.tiles,
  };
}

/** One clip under many names, which is one file for the disk and many for the page. */
function layClips(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const first = join(folder, 'take-0.mp4');
  copyFileSync(clips.landscape.path, first);
  return Array.from({ length: CLIPS }, (_one, index) => {
    const path = join(folder, `take-${index + 1}.mp4`);
    linkSync(first, path);
    return path;
  });
}

function layList(dataDir: string, files: readonly string[]): void {
  const now = Date.now();
  const prompt = 'A slow dolly through dunes at noon, heat haze over the ridges, no people, 35 mm';
  layListIn(dataDir, store => {
    store.commit(() => {
      files.forEach((filePath, index) => {
        const { task } = store.add(
          'https://gateway.example/kyyReactApiServer',
          `vgen_take${index}`,
          now + index,
        );
        store.update(task.key, {
          ...savedAt(filePath, now),
          label: `take ${index + 1}`,
          ...(SORT === 'shot' ? takeOf(index) : {}),
          model: index % 3 === 0 ? 'grok_video3' : 'veo_3_1_fast',
          request: JSON.stringify({ prompt, duration: 8, resolution: '720p' }),
        });
      });
    });
  });
}

function takeOf(index: number): TaskPatch {
  const number = Math.floor(index / TAKES) + 1;
  return { shotFile: 'film.shot.md', shot: `Shot ${number}`, take: (index % TAKES) + 1 };
}

async function openAgainAndAgain(workbench: Workbench): Promise<number> {
  const times: number[] = [];
  for (let turn = -WARM_UP; turn < SAMPLES; turn++) {
    const took = await timeOpening(workbench);
    if (turn === -WARM_UP) {
      // Kept for the next time that the sheet is opened.
      const frame = await workbench.webviewFrame(TITLE);
      await frame.getByRole('combobox', { name: 'Sort by' }).selectOption(SORT);
    }
    await workbench.page.locator('.tab.active .tab-actions a').click();
    await workbench.page.locator('.tab.active').waitFor({ state: 'detached' });
    if (turn >= 0) {
      times.push(took);
    }
  }
  return median(times);
}

/** Presses the button above the list, and gives the ms until every tile in view has its frame. */
async function timeOpening(workbench: Workbench): Promise<number> {
  await workbench.pressViewAction(VIEW, 'Open Contact Sheet');
  const clickedAt = Number(await workbench.page.evaluate('benchClickedAt'));
  const frame = await workbench.webviewFrame(TITLE);
  const usableAt = await waitUntil(
    'the first screen',
    async () => Number(await frame.evaluate('window.benchUsableAt')) || undefined,
    undefined,
    60_000,
  );
  return usableAt - clickedAt;
}

async function scroll(frame: Frame, speed: number, durationMs?: number): Promise<Scrolling> {
  return frame.evaluate(scrollThrough, { speed, durationMs });
}

/** The JavaScript heap of the window with all its pages, which share a process, after it has tidied up, MiB. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}
