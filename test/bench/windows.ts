import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MINUTE } from '../../src/base/clock.ts';
import { killWhilePolling } from '../unit/store/windowsTakeover.ts';
import { pollInWindows } from '../unit/store/windowsVolume.ts';
import { tableOf, verdict, type Bench, type Findings } from './lib/bench.ts';

/** 20,000 due polls. */
const VOLUME = { windows: 4, tasks: 2_000, rounds: 10, gateways: 4, limit: 4 * MINUTE };

/** Whether several processes on one list do every poll once, and go on when one of them is killed. */
export const bench: Bench = {
  title: `${VOLUME.windows} processes on one list, with the real store and poller: polls of ${VOLUME.tasks} tasks, due ${VOLUME.rounds} times each, and a kill -9`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'));
    try {
      return await measure(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string): Promise<Findings> {
  const [volume, kill] = ['volume', 'kill'].map(name => join(folder, name)) as [string, string];
  mkdirSync(volume);
  mkdirSync(kill);
  // The takeover is mostly waiting for the poller's own lease to run out: the volume is done meanwhile.
  const [polled, killed] = await Promise.all([pollInWindows(volume, VOLUME), killWhilePolling(kill)]);
  const { duplicates, lostUpdates, missed } = polled;
  const { takeoverMs, leaseMs, isTooEarly } = killed;
  const made = polled.shares.reduce((sum, share) => sum + share, 0);
  return {
    json: { duplicates, lostUpdates, missed, takeoverMs, leaseMs },
    table: [
      tableOf([
        ['', 'found', 'goal', ''],
        ['polls made twice, or before they were due', String(duplicates), '0', verdict(duplicates === 0)],
        ['updates lost', String(lostUpdates), '0', verdict(lostUpdates === 0)],
        ['due polls missed', String(missed), '0', verdict(missed === 0)],
        [
          'taken over after a kill -9, ms',
          String(takeoverMs),
          `<= ${leaseMs}`,
          verdict(!isTooEarly && takeoverMs <= leaseMs),
        ],
      ]),
      `  ${made} polls in ${polled.seconds.toFixed(0)} s, by window: ${polled.shares.join(', ')}; files in ${dirname(folder)}`,
    ].join('\n\n'),
  };
}
