import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import { ClipChecker } from '../../../src/saving/clipChecker.ts';
import { clips } from '../../fixtures/clips/clips.ts';
import { ListLog, useFolder } from '../builders.ts';
import { compiled } from '../compiled.ts';
import { HOSTILE } from './hostileClips.ts';
import { damaged } from './damagedClips.ts';

const ENTRY = compiled('src/saving/checkWorker.ts');

/** A clock whose pauses are over at once. */
const hasty: Clock = { ...systemClock, setTimer: callback => systemClock.setTimer(callback, 0) };

const goesOn = new AbortController().signal;

describe('looking into a file', () => {
  const folder = useFolder();
  const log = new ListLog();
  const checker = new ClipChecker(ENTRY, systemClock, log);
  const fileOf = (bytes: Buffer | string): string => {
    const path = join(folder(), 'clip.mp4');
    writeFileSync(path, bytes);
    return path;
  };
  /** A checker whose worker is this program. */
  const withWorker = (program: string): ClipChecker => {
    const entry = join(folder(), 'worker.cjs');
    writeFileSync(entry, program);
    return new ClipChecker(entry, systemClock, log);
  };

  it('finds how long its video is', async () => {
    for (const { path, durationS } of Object.values(clips)) {
      assert.deepEqual(await checker.check(path, goesOn), { kind: 'plays', duration: durationS });
    }
  });

  for (const [name, make] of Object.entries(HOSTILE)) {
    it(`ends, and the window goes on: ${name}`, async () => {
      const { kind } = await checker.check(fileOf(make()), goesOn);
      assert.ok(kind === 'plays' || kind === 'notChecked', kind);
    });
  }

  it('ends where it would go on for ever, and where it takes all memory', async () => {
    const path = fileOf('');
    const endless = withWorker(
      `require('node:worker_threads').parentPort.on('message', () => { for (;;); });`,
    );
    assert.deepEqual(await endless.check(path, goesOn), { kind: 'notChecked', why: 'tooMuch' });
    const greedy = withWorker(
      `require('node:worker_threads').parentPort.on('message', () => { let all; for (;;) all = { all, more: 'x'.repeat(9) }; });`,
    );
    const { kind } = await greedy.check(path, goesOn);
    // Which of the two limits comes first depends on how quick the machine is.
    assert.equal(kind, 'notChecked');
  });

  it('ends where the worker does, or cannot begin', async () => {
    const path = fileOf('');
    const broke = { kind: 'notChecked', why: 'broke' };
    const leaving = withWorker(
      `require('node:worker_threads').parentPort.on('message', () => process.exit(3));`,
    );
    const missing = new ClipChecker(join(folder(), 'nothing.cjs'), systemClock, log);
    assert.deepEqual([await leaving.check(path, goesOn), await missing.check(path, goesOn)], [broke, broke]);
  });

  it('stops at once, with the reason, when nobody waits any more', async () => {
    const endless = withWorker(
      `require('node:worker_threads').parentPort.on('message', () => { for (;;); });`,
    );
    const stop = new AbortController();
    const over = endless.check(fileOf(''), stop.signal);
    stop.abort(new Error('nobody waits'));
    await assert.rejects(over, /nobody waits/);
  });

  it('is tried again where the system does not let the file be read, and given up in the end', async () => {
    const lines = new ListLog();
    const path = join(folder(), 'gone.mp4');
    const verdict = await new ClipChecker(ENTRY, hasty, lines).check(path, goesOn);
    assert.deepEqual([verdict, lines.lines.length], [{ kind: 'notChecked', why: 'noAccess' }, 4]);
  });

  it('succeeds once the system lets the file be read', async () => {
    const path = join(folder(), 'late.mp4');
    const clock: Clock = {
      now: () => systemClock.now(),
      setTimer: (callback, delay) => {
        // The pause before another try, not the look at how long it takes.
        if (delay >= 1_000) {
          copyFileSync(clips.tone.path, path);
        }
        return systemClock.setTimer(callback, 0);
      },
    };
    assert.equal((await new ClipChecker(ENTRY, clock, log).check(path, goesOn)).kind, 'plays');
  });

  it('comes to an end for every damaged copy of good clips', async () => {
    // `npm run bench -- check` takes 2,000 of them, and says what they cost.
    const counts = new Map<string, number>();
    for (const bytes of damaged(200)) {
      const { kind } = await checker.check(fileOf(bytes), goesOn);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    assert.deepEqual([...counts.keys()].sort(), ['cutOff', 'notChecked', 'plays']);
  });
});
