import { mkdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { tableOf, verdict, type Bench, type Findings } from './lib/bench.ts';
import { median, rounded } from './lib/statistics.ts';
import { curl } from './saving/curl.ts';
import { fileSystemOf, makeFolderOnDisk } from './saving/fileSystem.ts';
import { Helper } from './saving/helper.ts';
import type { SaveCost } from './saving/protocol.ts';
import { withSaver, type Path, type Save } from './saving/savers.ts';

const MIB = 1024 ** 2;

/** What is saved, in so many bytes a clip, from a host that limits each connection or not. */
interface Load {
  readonly clips: number;
  readonly size: number;
  readonly isThrottled: boolean;
  readonly rounds: number;
}

const ROUNDS = Number(process.env.DAILIES_BENCH_ROUNDS ?? 5);

const WARM_UP: Load = { clips: 1, size: 5_000_000, isThrottled: false, rounds: 1 };
const ONE: Load = { clips: 1, size: 1024 * MIB, isThrottled: false, rounds: ROUNDS };
/** Each round takes 23 s for both, which hardly vary. */
const MANY: Load = { clips: 50, size: 5_000_000, isThrottled: true, rounds: Math.min(ROUNDS, 2) };

const GOALS = { throughput: 0.8, growthMiB: 48, cpu: 2.5, throttledMany: 1.15 } as const;

interface CurlCost {
  readonly ms: number;
  readonly cpuMs: number;
  /** Until what it wrote is on the disk as well. */
  readonly syncedMs: number;
}

type Round = SaveCost & { readonly curl: CurlCost };

/** What saving costs beside curl, from the media host to the task that is `saved`. `DAILIES_BENCH_PATH=node` does without VS Code. */
export const bench: Bench = {
  title:
    "the saver on a real list, in VS Code's extension host, against curl; both from the same media host on loopback to the same disk",
  async run() {
    const path: Path = process.env.DAILIES_BENCH_PATH === 'node' ? 'node' : 'extension host';
    const folder = makeFolderOnDisk();
    try {
      await using server = new Helper('mediaServer.ts');
      const host = `http://127.0.0.1:${String(await server.ask())}`;
      return await withSaver(path, save => measure(save, path, folder, host));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(save: Save, path: Path, folder: string, host: string): Promise<Findings> {
  const one = await compare(save, ONE, folder, host);
  const many = await compare(save, MANY, folder, host);
  const throughput = ratioOf(
    one,
    round => round.curl.ms,
    round => round.ms,
  );
  const cpu = ratioOf(
    one,
    round => round.cpuMs,
    round => round.curl.cpuMs,
  );
  const throttledMany = ratioOf(
    many,
    round => round.ms,
    round => round.curl.ms,
  );
  const growthMiB = Math.max(...one.map(round => round.growth)) / MIB;
  return {
    json: {
      throughputRatio: rounded(throughput, 3),
      peakGrowthMiB: rounded(growthMiB, 1),
      cpuRatio: rounded(cpu, 2),
      throttledManyRatio: rounded(throttledMany, 3),
      path,
    },
    table: [
      describe('one clip of 1 GiB', ONE, one),
      `  the saver is ${throughput.toFixed(2)} as fast as curl (goal: at least ${GOALS.throughput}): ${verdict(throughput >= GOALS.throughput)}`,
      `  its memory grows by ${growthMiB.toFixed(0)} MiB at most (goal: at most ${GOALS.growthMiB}): ${verdict(growthMiB <= GOALS.growthMiB)}`,
      `  it takes ${cpu.toFixed(2)} of curl's CPU time (goal: at most ${GOALS.cpu}): ${verdict(cpu <= GOALS.cpu)}`,
      '',
      describe('50 clips of 5 MB, 2 MB/s a connection', MANY, many),
      `  the saver takes ${throttledMany.toFixed(2)} of the time of curl --parallel-max 6 (goal: at most ${GOALS.throttledMany}): ${verdict(throttledMany <= GOALS.throttledMany)}`,
      '',
      `Medians of rounds by turns; the saver in: ${path}; files in ${folder} (${fileSystemOf(folder)})`,
    ].join('\n'),
  };
}

/** By turns, so that whatever else the machine does falls on both; the first small pair only warms up. */
async function compare(save: Save, load: Load, folder: string, host: string): Promise<Round[]> {
  const rounds: Round[] = [];
  await timeSaver(save, WARM_UP, folder, host);
  for (let round = 0; round < load.rounds; round++) {
    rounds.push({
      curl: await timeCurl(load, folder, host),
      ...(await timeSaver(save, load, folder, host)),
    });
  }
  return rounds;
}

async function timeCurl(load: Load, parent: string, host: string): Promise<CurlCost> {
  const folder = join(parent, 'curl');
  mkdirSync(folder);
  const start = performance.now();
  const { files, cpuMs } = await curl(linksOf(load, host), folder);
  const ms = performance.now() - start;
  await Promise.all(files.map(file => flush(file, 'r+')));
  const syncedMs = performance.now() - start;
  check(
    load,
    files.map(file => statSync(file).size),
  );
  await clear(folder, parent);
  return { ms, cpuMs, syncedMs };
}

async function timeSaver(save: Save, load: Load, parent: string, host: string): Promise<SaveCost> {
  const folder = join(parent, 'saver');
  const cost = await save({ folder, links: linksOf(load, host) });
  check(load, cost.sizes);
  await clear(folder, parent);
  return cost;
}

function linksOf({ clips, size, isThrottled }: Load, host: string): string[] {
  const query = isThrottled ? '?throttled' : '';
  return Array.from({ length: clips }, (_clip, index) => `${host}/${size}/${index}.mp4${query}`);
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

function ratioOf(
  rounds: readonly Round[],
  above: (round: Round) => number,
  below: (round: Round) => number,
): number {
  return median(rounds.map(above)) / median(rounds.map(below));
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
