import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SECOND, systemClock, type Clock } from '../../../src/base/clock.ts';
import { useFolder } from '../builders.ts';
import { WindowProcess } from './windowsChild.ts';
import { timeNews } from './windowsNews.ts';
import { killWhilePolling } from './windowsTakeover.ts';
import { pollInWindows } from './windowsVolume.ts';

describe('several windows on one list', () => {
  const folder = useFolder();

  it('make a new list when they open at the same moment', async () => {
    for (let round = 1; round <= 5; round++) {
      const order = { work: 'hold', folder: join(folder(), `${round}`), lease: SECOND } as const;
      const windows = Array.from({ length: 4 }, () => new WindowProcess(order));
      try {
        await Promise.all(windows.map(window => window.first('ready')));
      } finally {
        await Promise.all(windows.map(window => window.kill()));
      }
    }
  });

  it('make each due poll once, and lose nothing that any of them writes', async () => {
    const { duplicates, lostUpdates, missed, shares } = await pollInWindows(folder(), {
      windows: 4,
      tasks: 200,
      rounds: 5,
      gateways: 4,
      limit: 50 * SECOND,
    });
    assert.deepEqual(
      { duplicates, lostUpdates, missed, idle: shares.filter(share => share === 0).length },
      { duplicates: 0, lostUpdates: 0, missed: 0, idle: 0 },
    );
  });

  it('go on with the poll of one that was killed, once, when its lease is over and not before', async () => {
    const { takeoverMs, leaseMs, isTooEarly, polls } = await killWhilePolling(folder(), 1.5 * SECOND);
    assert.deepEqual(
      [leaseMs, isTooEarly, polls, takeoverMs < 10 * SECOND],
      [1.5 * SECOND, false, 1, true],
      `taken over after ${takeoverMs} ms`,
    );
  });

  /** The goal is 2 s; a machine that has much else to do must not fail the test. */
  const assertSoon = (taken: readonly number[]): void => {
    assert.ok(Math.max(...taken) < 10 * SECOND, `heard after ${taken.join(', ')} ms`);
  };

  it('hear of what another process has committed', async () => {
    assertSoon(await timeNews(folder(), systemClock, 3));
  });

  it('hear of it by the watch on the folder alone', async () => {
    const hasty: Clock = {
      now: () => systemClock.now(),
      // The looks that come without a watch are further apart than those that follow one.
      setTimer: (callback, delay) =>
        delay <= SECOND ? systemClock.setTimer(callback, delay) : { dispose: () => undefined },
    };
    assertSoon(await timeNews(folder(), hasty, 3));
  });

  it('hear of it where a watch on the folder sees nothing', async function () {
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
