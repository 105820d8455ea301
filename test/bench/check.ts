import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/base/clock.ts';
import type { Log } from '../../src/base/log.ts';
import { readResult } from '../../src/gateway/wire.ts';
import { ClipChecker } from '../../src/saving/clipChecker.ts';
import { HOSTILE_BODIES } from '../unit/gateway/hostileBodies.ts';
import { damaged } from '../unit/saving/damagedClips.ts';
import { HOSTILE } from '../unit/saving/hostileClips.ts';
import { tableOf, verdict, type Bench, type Findings } from './lib/bench.ts';
import { rounded } from './lib/statistics.ts';

const COPIES = 2_000;

/**
 * What one file may cost: time, memory of the whole process beyond what it had, and how long the window stands still; and how long it
 * stands still for one response of the gateway.
 */
const LIMITS = { longestMs: 2_000, peakGrowthMiB: 256, longestBlockMs: 100, longestResponseMs: 100 } as const;

/** How often each response is read: what else the machine does counts for nothing in the best. */
const READINGS = 5;

const quiet: Log = { debug: ignore, info: ignore, warn: ignore, error: console.error };

function ignore(): void {
  // What is wrong with a file shows in the verdict.
}

/** What foreign files and responses cost the window at most: damaged copies of good clips, and what is made to do harm. */
export const bench: Bench = {
  title: `looking into ${COPIES} damaged clips and ${Object.keys(HOSTILE).length} hostile ones, and the worst responses: what the worst of them costs`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
    try {
      return findingsOf(await measure(join(folder, 'clip.mp4')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Measured {
  readonly verdicts: Readonly<Record<string, number>>;
  readonly longestMs: number;
  readonly peakGrowthMiB: number;
  readonly longestBlockMs: number;
  readonly longestResponseMs: number;
}

async function measure(path: string): Promise<Measured> {
  const entry = new URL('../../src/saving/checkWorker.ts', import.meta.url);
  const checker = new ClipChecker(entry, systemClock, quiet);
  const verdicts: Record<string, number> = {};
  let [longestMs, peak, block] = [0, 0, 0];
  const before = process.memoryUsage.rss();
  const memory = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  for (const bytes of foreignFiles()) {
    writeFileSync(path, bytes);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    const { kind } = await checker.check(path, new AbortController().signal);
    longestMs = Math.max(longestMs, performance.now() - start);
    delay.disable();
    block = Math.max(block, delay.max / 1e6);
    verdicts[kind] = (verdicts[kind] ?? 0) + 1;
  }
  clearInterval(memory);
  const peakGrowthMiB = (peak - before) / 1024 ** 2;
  return { verdicts, longestMs, peakGrowthMiB, longestBlockMs: block, longestResponseMs: longestResponse() };
}

/** How long the worst response holds up the window, ms of this process's own work. */
function longestResponse(): number {
  const times = Object.values(HOSTILE_BODIES).flatMap(make => {
    const body = make();
    return [200, 500].map(status =>
      Math.min(
        ...Array.from({ length: READINGS }, () => {
          const before = process.cpuUsage();
          readResult({ status, body }, 'https://gateway.example/relay', 'vgen_1');
          return process.cpuUsage(before).user / 1000;
        }),
      ),
    );
  });
  return Math.max(...times);
}

function* foreignFiles(): Generator<Buffer> {
  for (const make of Object.values(HOSTILE)) {
    yield make();
  }
  yield* damaged(COPIES);
}

function findingsOf({ verdicts, ...worst }: Measured): Findings {
  const limits = Object.entries(LIMITS) as [keyof typeof LIMITS, number][];
  const json = Object.fromEntries(limits.map(([name]) => [name, rounded(worst[name], 1)]));
  const counts = Object.entries(verdicts).map(([kind, count]) => `${kind} ${count}`);
  return {
    json: { ...json, verdicts },
    table: [
      tableOf([
        ['the worst of all', 'found', 'limit', ''],
        ...limits.map(([name, limit]) => [
          name,
          worst[name].toFixed(1),
          String(limit),
          verdict(worst[name] <= limit),
        ]),
      ]),
      '',
      counts.join(', '),
    ].join('\n'),
  };
}
