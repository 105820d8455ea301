import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { MINUTE, SECOND } from '../../../src/base/clock.ts';
import { SLOTS } from '../../../src/base/slots.ts';
import type { TaskKey } from '../../../src/tasks/task.ts';
import { HandClock } from '../builders.ts';
import { LARGE, useStage } from './stage.ts';

describe('downloads for which there are not enough places', () => {
  let clock: HandClock;
  const stage = useStage({ clock: () => (clock = new HandClock(Date.now())) });

  /** What each download that is under way has been sent, bytes. */
  const sent = (): number[] =>
    stage()
      .gateway.requests.filter(({ origin, isOver }) => origin === 'media' && !isOver)
      .map(({ bytesSent }) => bytesSent);

  const pass = (ms: number): void => {
    const end = clock.now() + ms;
    while (clock.now() < end) {
      clock.ringNext(end);
    }
  };

  /** A minute passes, in which every download gets some bytes. */
  const passMinute = async (): Promise<void> => {
    const end = clock.now() + MINUTE;
    while (clock.now() < end) {
      const before = sent();
      while (sent().some((bytes, index) => bytes < (before[index] ?? 0) + 300)) {
        await setImmediate();
      }
      pass(10 * SECOND);
    }
  };

  it('give one to a clip that waits, where they are slow, and take their turn again', async () => {
    const slow: TaskKey[] = [];
    for (let index = 0; index < SLOTS.save; index++) {
      const { key, id } = await stage().addTask({ sizeBytes: LARGE }, { linkExpiresAt: clock.now() + index });
      stage().gateway.setFaults({ kind: 'slow', bytesPerSecond: 20_000 }, `media:${id}`);
      slow.push(key);
    }
    const { key: quick } = await stage().addTask({}, { linkExpiresAt: clock.now() + MINUTE * 60 });
    stage().store.commit(() => {
      for (const key of [...slow, quick]) {
        stage().store.update(key, { file: 'waiting', nextSaveAt: clock.now(), askedAt: clock.now() });
      }
    });
    while (sent().filter(bytes => bytes > 1000).length < SLOTS.save) {
      await setImmediate();
    }
    assert.equal(stage().taskOf(quick).file, 'waiting');
    const saved = stage().until(quick, ({ file }) => file === 'saved');
    await passMinute();
    await saved;
    const states = slow.map(key => stage().taskOf(key));
    assert.deepEqual(
      states.map(({ file, saveProblem, failedSaves }) => [file, saveProblem, failedSaves]).sort(),
      [...Array.from({ length: SLOTS.save - 1 }, () => ['downloading', null, 0]), ['waiting', null, 0]],
    );
    const [waiting] = states.filter(({ file }) => file === 'waiting');
    const kept = stage().partOf(waiting?.key ?? 0)?.size ?? 0;
    assert.ok(kept > 0);
    pass(10 * SECOND);
    stage().saver.wake();
    await stage().until(waiting?.key ?? 0, ({ file }) => file === 'downloading');
  });
});
