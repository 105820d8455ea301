import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../src/base/clock.ts';
import { codeOf } from '../../../src/base/errors.ts';
import { moveAnywhere, moveUnlessTaken, patiently } from '../../../src/saving/moving.ts';
import { useFolder } from '../builders.ts';
import { hold } from '../smallDisk.ts';

describe('a file that another program holds', () => {
  const folder = useFolder();
  const never = new AbortController().signal;
  const from = (): string => join(folder(), 'part');
  const to = (): string => join(folder(), 'clip');
  let waits: number[];
  let release: () => void;

  beforeEach(() => {
    waits = [];
    writeFileSync(from(), 'whole');
    release = hold(from());
  });

  /** A clock on which nobody waits; `act` comes in place of the nth wait. */
  const clockWith = (at: number, act: () => void): Clock => ({
    now: () => Date.now(),
    setTimer: (callback, delay) => {
      waits.push(delay);
      if (waits.length === at) {
        act();
      }
      setImmediate(callback);
      return { dispose: () => undefined };
    },
  });

  const moves: [string, () => Promise<unknown>][] = [
    ['its name', () => moveUnlessTaken(from(), to())],
    ['another path', () => moveAnywhere(from(), to(), never)],
  ];
  for (const [what, move] of moves) {
    it(`gets ${what} once it is let go`, async () => {
      await patiently(move, clockWith(3, release), never);
      assert.deepEqual([readdirSync(folder()), waits.length], [['clip'], 3]);
    });
  }

  it('is left as it is when it is held for longer than some seconds', async () => {
    try {
      const move = patiently(() => moveUnlessTaken(from(), to()), clockWith(0, release), never);
      await assert.rejects(move, error => codeOf(error) === 'EBUSY');
      const waited = waits.reduce((sum, wait) => sum + wait, 0);
      assert.deepEqual([readdirSync(folder()), waited > 3000 && waited < 15_000], [['part'], true]);
    } finally {
      release();
    }
  });
});
