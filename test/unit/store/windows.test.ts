import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MINUTE, SECOND, systemClock, type Clock } from '../../../src/base/clock.ts';
import type { StoreTrouble } from '../../../src/store/openStore.ts';
import { useFolder } from '../builders.ts';
import type { OpeningOrder } from './openingThread.ts';
import { timeNews } from './windowsNews.ts';
import { killWhilePolling } from './windowsTakeover.ts';
import { pollInWindows } from './windowsVolume.ts';

describe('several windows on one list', () => {
  const folder = useFolder();

  it('make a new list when they open at the same moment', async () => {
    const threads = 4;
    const arrived = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const order: OpeningOrder = { folder: folder(), lists: 60, threads, arrived };
    const troubles = await Promise.all(
      Array.from({ length: threads }, async () => {
        const thread = new Worker(new URL('openingThread.ts', import.meta.url), { workerData: order });
        const [said] = (await once(thread, 'message')) as [StoreTrouble[]];
        return said;
      }),
    );
    assert.deepEqual(troubles.flat(), []);
  });

  it('make each due poll once, and lose nothing that any of them writes', async () => {
    const { duplicates, lostUpdates, missed, shares } = await pollInWindows(folder(), {
      windows: 4,
      tasks: 200,
      rounds: 5,
      gateways: 4,
      limit: 200 * SECOND,
    });
    assert.deepEqual(
      { duplicates, lostUpdates, missed, idle: shares.filter(share => share === 0).length },
      { duplicates: 0, lostUpdates: 0, missed: 0, idle: 0 },
    );
  });

  it('go on with the poll of one that was killed, once, when its lease is over and not before', async () => {
    const { takeoverMs, leaseMs, isTooEarly, polls } = await killWhilePolling(folder(), 1.5 * SECOND);
    assert.deepEqual(
      [leaseMs, isTooEarly, polls, takeoverMs < MINUTE],
      [1.5 * SECOND, false, 1, true],
      `taken over after ${takeoverMs} ms`,
    );
  });

  /** The goal is 2 s; a machine that has much else to do must not fail the test. */
  const assertSoon = (taken: readonly number[]): void => {
    assert.ok(Math.max(...taken) < MINUTE, `heard after ${taken.join(', ')} ms`);
  };

  it('see what another process has committed', async () => {
    assertSoon(await timeNews(folder(), systemClock, 3));
  });

  it('see it by the watch on the folder alone', async () => {
    const hasty: Clock = {
      now: () => systemClock.now(),
      // The looks that come without a watch are further apart than those that follow one.
      setTimer: (callback, delay) =>
        delay <= SECOND ? systemClock.setTimer(callback, delay) : { dispose: () => undefined },
    };
    assertSoon(await timeNews(folder(), hasty, 3));
  });

  it('see it where a watch on the folder notices nothing', async function () {
    if (process.platform === 'win32') {
      // Links need rights there that tests do not have.
      this.skip();
    }
    // SQLite works beside the file that the link leads to; the watch is on the folder of the link.
    const elsewhere = join(folder(), 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(join(elsewhere, 'dailies.db'), join(folder(), 'dailies.db'));
    assertSoon(await timeNews(folder(), systemClock, 2, elsewhere));
  });
});
