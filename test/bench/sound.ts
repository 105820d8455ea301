import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ffmpeg } from '../media/ffmpeg.ts';
import { MediaPages } from '../media/mediaPage.ts';
import { testClip, type TestClip } from '../media/testClips.ts';
import { tableOf, verdict, type Bench, type Findings } from './lib/bench.ts';
import { median, rounded } from './lib/statistics.ts';

const CLIPS: readonly (readonly [name: string, clip: TestClip])[] = [
  ['8 s 720p', 'hd'],
  ['8 s 4K', 'uhd'],
  ['30 s 1080p', 'long'],
];

const ROUNDS = 5;

/** What a page had to do for a clip, in ms. */
interface Cost {
  /** From the address of the clip to the converted file, in a page that has converted nothing yet: all is cold. */
  readonly ms: number;
  /** The longest time that the page's own thread was busy without a break; 0 below 50 ms, which browsers do not report. */
  readonly longestBlockMs: number;
}

interface Round extends Cost {
  readonly ffmpegMs: number;
}

interface Measured {
  readonly name: string;
  readonly rounds: readonly Round[];
}

/** What sound costs, from a clip's address to the clip that can be heard. */
export const bench: Bench = {
  title: 'making AAC clips heard where there is no AAC, against ffmpeg -c:v copy -c:a flac of the same files',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
    const pages = await MediaPages.start('production');
    try {
      const measured: Measured[] = [];
      for (const [name, clip] of CLIPS) {
        measured.push({ name, rounds: await measure(pages, await testClip(clip), join(folder, 'out.mp4')) });
      }
      return findingsOf(measured);
    } finally {
      await pages.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

/** By turns, so that whatever else the machine does falls on both; the first pair only warms up the disk. */
async function measure(pages: MediaPages, path: string, target: string): Promise<Round[]> {
  const source = await pages.offer(path);
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    await ffmpeg('-i', path, '-c:v', 'copy', '-c:a', 'flac', '-strict', '-2', target);
    const ffmpegMs = performance.now() - start;
    const { page } = await pages.open('withoutAac');
    rounds.push({ ffmpegMs, ...(await convert(page, source)) });
    await page.close();
  }
  return rounds.slice(1);
}

function convert(page: Page, source: string): Promise<Cost> {
  return page.evaluate(async source => {
    const blocks: number[] = [];
    const observer = new PerformanceObserver(list => {
      blocks.push(...list.getEntries().map(entry => entry.duration));
    });
    observer.observe({ entryTypes: ['longtask'] });
    const start = performance.now();
    const clip = await window.reader.open(source, new AbortController().signal);
    const need = await clip.audioNeed();
    const file = await clip.convert();
    const ms = performance.now() - start;
    if (need !== 'conversion' || file.size === 0) {
      throw new Error('There was nothing to convert.');
    }
    // A block is reported when its task is over.
    await new Promise(resolve => setTimeout(resolve, 200));
    blocks.push(...observer.takeRecords().map(entry => entry.duration));
    return { ms, longestBlockMs: Math.max(0, ...blocks) };
  }, source);
}

function findingsOf(measured: readonly Measured[]): Findings {
  const clips = measured.map(({ name, rounds }) => {
    const ms = median(rounds.map(round => round.ms));
    const ffmpegMs = median(rounds.map(round => round.ffmpegMs));
    return {
      name,
      ms: rounded(ms, 0),
      ffmpegMs: rounded(ffmpegMs, 0),
      ratio: rounded(ms / ffmpegMs, 2),
      longestBlockMs: rounded(median(rounds.map(round => round.longestBlockMs)), 0),
      worstBlockMs: rounded(Math.max(...rounds.map(round => round.longestBlockMs)), 0),
    };
  });
  const rows = clips.map(({ name, ms, ffmpegMs, ratio, longestBlockMs, worstBlockMs }) => [
    name,
    String(ms),
    String(ffmpegMs),
    ratio.toFixed(2),
    blockWords(longestBlockMs),
    blockWords(worstBlockMs),
  ]);
  const [first] = clips;
  const isFast = clips.every(({ ratio }) => ratio <= 5) && first !== undefined && first.ms < 600;
  return {
    json: { clips },
    table: [
      tableOf([
        ['clip', 'Dailies, ms', 'ffmpeg, ms', 'ratio', 'longest block, ms', 'of all rounds'],
        ...rows,
      ]),
      '',
      `at most 5 times as long as ffmpeg, and 8 s of 720p in less than 600 ms: ${verdict(isFast)}`,
      `the page is never busy for 50 ms: ${verdict(clips.every(({ longestBlockMs }) => longestBlockMs < 50))}`,
      '',
      `Medians of ${ROUNDS} rounds, by turns, each in a new page`,
    ].join('\n'),
  };
}

function blockWords(ms: number): string {
  return ms < 50 ? '< 50' : String(ms);
}
