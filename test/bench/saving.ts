import { mkdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { tableOf, verdict, type Bench, type Findings } from './lib/bench.ts';
import { median, rounded } from './lib/statistics.ts';
import { curl } from './saving/curl.ts';
import { fileSystemOf, makeFolderOnDisk } from './saving/fileSystem.ts';
import { Helper } from './saving/helper.ts';
import type { SaveCost, SaveOrder } from './saving/protocol.ts';

const MIB = 1024 ** 2;

/** What is saved, in so many bytes a clip. */
interface Load {
  readonly clips: number;
  readonly size: number;
}

const WARM_UP: Load = { clips: 1, size: 5_000_000 };
const ONE: Load = { clips: 1, size: 1024 * MIB };
const MANY: Load = { clips: 50, size: 5_000_000 };

const ROUNDS = 5;

/** ms. */
interface CurlCost {
  readonly ms: number;
  /** Until what it wrote is on the disk as well. */
  readonly syncedMs: number;
}

type Round = SaveCost & { readonly curl: CurlCost };

/** What saving costs beside curl, from the media host to the task that is `saved`. */
export const bench: Bench = {
  title: 'the saver on a real list, against curl; both from the same media host on loopback to the same disk',
  async run() {
    const folder = makeFolderOnDisk();
    try {
      await using server = new Helper('mediaServer.ts');
      return await measure(folder, `http://127.0.0.1:${String(await server.ask())}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string, host: string): Promise<Findings> {
  const one = await compare(ONE, folder, host);
  const many = await compare(MANY, folder, host);
  const throughputRatio = ratioOf(one, round => round.curl.ms);
  const manyRatio = ratioOf(many, round => round.curl.ms);
  const peakGrowthMiB = Math.max(...one.map(round => round.growth)) / MIB;
  return {
    json: {
      throughputRatio: rounded(throughputRatio, 3),
      peakGrowthMiB: rounded(peakGrowthMiB, 1),
      manyRatio: rounded(manyRatio, 3),
      syncedRatio: rounded(
        ratioOf(one, round => round.curl.syncedMs),
        3,
      ),
      manySyncedRatio: rounded(
        ratioOf(many, round => round.curl.syncedMs),
        3,
      ),
    },
    table: [
      describe('one clip of 1 GiB', ONE, one),
      `  the saver is ${throughputRatio.toFixed(2)} as fast as curl (goal: at least 0.90): ${verdict(throughputRatio >= 0.9)}`,
      `  its memory grows by ${peakGrowthMiB.toFixed(0)} MiB at most (goal: less than 48): ${verdict(peakGrowthMiB < 48)}`,
      '',
      describe('50 clips of 5 MB', MANY, many),
      `  the saver is ${manyRatio.toFixed(2)} as fast as curl --parallel, with 2 at a time in place of 50`,
      '',
      `Medians of ${ROUNDS} rounds, by turns; files in ${folder} (${fileSystemOf(folder)})`,
    ].join('\n'),
  };
}

/** By turns, so that whatever else the machine does falls on both; the first pair only warms up. */
async function compare(load: Load, folder: string, host: string): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    rounds.push({ curl: await timeCurl(load, folder, host), ...(await timeSaver(load, folder, host)) });
  }
  return rounds.slice(1);
}

async function timeCurl(load: Load, parent: string, host: string): Promise<CurlCost> {
  const folder = join(parent, 'curl');
  mkdirSync(folder);
  const start = performance.now();
  const files = await curl(linksOf(load, host), folder);
  const ms = performance.now() - start;
  await Promise.all(files.map(file => flush(file, 'r+')));
  const syncedMs = performance.now() - start;
  check(
    load,
    files.map(file => statSync(file).size),
  );
  await clear(folder, parent);
  return { ms, syncedMs };
}

/** In a new process each time, so that no round lives on what another has grown. */
async function timeSaver(load: Load, parent: string, host: string): Promise<SaveCost> {
  await using saver = new Helper('saverProcess.ts');
  const folders = [join(parent, 'warm-up'), join(parent, 'saver')] as const;
  await saver.ask({ folder: folders[0], links: linksOf(WARM_UP, host) } satisfies SaveOrder);
  const cost = (await saver.ask({
    folder: folders[1],
    links: linksOf(load, host),
  } satisfies SaveOrder)) as SaveCost;
  check(load, cost.sizes);
  for (const folder of folders) {
    await clear(folder, parent);
  }
  return cost;
}

function linksOf({ clips, size }: Load, host: string): string[] {
  return Array.from({ length: clips }, (_clip, index) => `${host}/${size}/${index}.mp4`);
}

/** What was fast because it is not there does not count. */
function check({ clips, size }: Load, sizes: readonly number[]): void {
  if (sizes.length !== clips || sizes.some(one => one !== size)) {
    throw new Error(`There should be ${clips} clips of ${size} bytes, and there are: ${sizes.join(', ')}.`);
  }
}

/** Removes a folder and has the disk forget it, so that the next round does not pay for this one. */
async function clear(folder: string, parent: string): Promise<void> {
  rmSync(folder, { recursive: true });
  // Windows has no such thing for a folder.
  await flush(parent, 'r').catch(() => undefined);
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function ratioOf(rounds: readonly Round[], baseline: (round: Round) => number): number {
  return median(rounds.map(baseline)) / median(rounds.map(round => round.ms));
}

function describe(name: string, load: Load, rounds: readonly Round[]): string {
  const curlMs = median(rounds.map(round => round.curl.ms));
  const row = (who: string, cost: (round: Round) => number): string[] => {
    const all = rounds.map(cost);
    const ms = median(all);
    return [
      who,
      ms.toFixed(0),
      ((load.clips * load.size) / 1000 / ms).toFixed(0),
      (curlMs / ms).toFixed(2),
      all.map(one => one.toFixed(0)).join(' '),
    ];
  };
  return tableOf([
    [name, 'median, ms', 'MB/s', 'of the baseline', 'all, ms'],
    row('curl (baseline)', round => round.curl.ms),
    row('curl, and then fsync', round => round.curl.syncedMs),
    row('the saver, which flushes too', round => round.ms),
  ]);
}
