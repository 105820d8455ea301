import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { Patience } from '../../../src/saving/patience.ts';
import { HandClock } from '../builders.ts';

const MIB = 1024 ** 2;

describe('the patience with a transfer', () => {
  /** What comes every 10 s, bytes, and what of it is said to last, after how many minutes; at most a day. */
  const follow = (
    bytes: number,
    { isAwaited = false, isResumable = true } = {},
  ): [verdict: string, minutes: number] => {
    const clock = new HandClock();
    const start = clock.now();
    const said: string[] = [];
    const patience = new Patience(
      clock,
      () => isAwaited,
      verdict => said.push(verdict),
    );
    patience.isResumable = isResumable;
    for (let at = start; at < start + 24 * HOUR && said.length === 0; at += 10_000) {
      while (clock.ringNext(at)) {
        // Rings what is due.
      }
      if (bytes > 0) {
        patience.took(bytes);
      }
    }
    patience.dispose();
    return [said[0] ?? 'goes on', Math.round((clock.now() - start) / MINUTE)];
  };

  it('ends after a minute in which nothing came', () => {
    assert.deepEqual(follow(0), ['stalled', 1]);
  });

  it('ends after five minutes of next to nothing, whoever waits', () => {
    assert.deepEqual(
      [follow(1), follow(1, { isResumable: false })],
      [
        ['stalled', 5],
        ['stalled', 5],
      ],
    );
  });

  it('does not end on a slow line while nobody waits, whether the next attempt could go on or not', () => {
    const slow = 10 * 1024 * 10;
    assert.deepEqual(
      [follow(slow)[0], follow(slow, { isResumable: false })[0], follow(10 * MIB)[0]],
      ['goes on', 'goes on', 'goes on'],
    );
  });

  it('ends for a clip that waits: after a minute of little, later where what came would be lost', () => {
    const slow = 10 * 1024 * 10;
    assert.deepEqual(
      [follow(slow, { isAwaited: true }), follow(slow, { isAwaited: true, isResumable: false })],
      [
        ['yield', 1],
        ['yield', 10],
      ],
    );
  });

  it('ends for a clip that waits after an hour of much, but not where what came would be lost', () => {
    assert.deepEqual(
      [follow(10 * MIB, { isAwaited: true }), follow(10 * MIB, { isAwaited: true, isResumable: false })[0]],
      [['yield', 60], 'goes on'],
    );
  });
});
