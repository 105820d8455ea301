import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/events.ts';
import { until } from '../../../src/tools/until.ts';
import { HandClock } from '../builders.ts';

describe('waiting for something in the list', () => {
  let clock: HandClock;
  let changes: Emitter<never>;
  let listeners: number;
  let timers: number;

  /** What waiting stands on, which counts what is held of it. */
  const ground = (): Parameters<typeof until>[3] => ({
    store: {
      onDidChange: listener => {
        const held = changes.event(listener);
        listeners += 1;
        return {
          dispose: () => {
            listeners -= 1;
            held.dispose();
          },
        };
      },
    },
    clock: {
      now: () => clock.now(),
      setTimer: (ring, delay) => {
        const timer = clock.setTimer(ring, delay);
        timers += 1;
        return {
          dispose: () => {
            timers -= 1;
            timer.dispose();
          },
        };
      },
    },
  });

  const change = (): void => {
    changes.fire(undefined as never);
  };

  beforeEach(() => {
    clock = new HandClock();
    changes = new Emitter();
    listeners = 0;
    timers = 0;
  });

  afterEach(() => {
    // However it ended.
    assert.deepEqual([listeners, timers], [0, 0]);
  });

  it('ends at once where it is so already', async () => {
    assert.equal(await until(() => true, 10, new AbortController().signal, ground()), true);
  });

  it('looks only when the list changes', async () => {
    let looks = 0;
    let isSo = false;
    const look = (): boolean => {
      looks += 1;
      return isSo;
    };
    const waiting = until(look, 10, new AbortController().signal, ground());
    clock.jump(9_000);
    change();
    isSo = true;
    change();
    assert.deepEqual([await waiting, looks], [true, 3]);
  });

  it('ends at its time', async () => {
    const waiting = until(() => false, 10, new AbortController().signal, ground());
    clock.ringNext(clock.now() + 10_000);
    assert.equal(await waiting, false);
  });

  it('ends when nobody waits any longer, also where that was so before', async () => {
    const abort = new AbortController();
    const waiting = until(() => false, 10, abort.signal, ground());
    abort.abort(new Error('cancelled'));
    await assert.rejects(waiting, /cancelled/);
    await assert.rejects(
      until(() => true, 10, abort.signal, ground()),
      /cancelled/,
    );
  });

  it('ends where it cannot be said any longer', async () => {
    let isGone = false;
    const look = (): boolean => {
      if (isGone) {
        throw new Error('There is no video.');
      }
      return false;
    };
    const waiting = until(look, 10, new AbortController().signal, ground());
    isGone = true;
    change();
    await assert.rejects(waiting, /There is no video/);
  });
});
