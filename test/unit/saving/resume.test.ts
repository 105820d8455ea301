import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { MINUTE } from '../../../src/base/clock.ts';
import type { SaveProblem, Task, TaskKey } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import type { Fault } from '../../gateway/faults.ts';
import { HandClock } from '../builders.ts';
import { LARGE, TWICE_LARGE, useStage, type Stage } from './stage.ts';

const clip = clipBytes('tone', LARGE);

/** Fails unless half a clip is kept as the list says, under no name that looks like a clip. Gives its size in bytes. */
function assertKept(stage: Stage, task: Task, problem: SaveProblem): number {
  const part = stage.partOf(task.key);
  assert.deepEqual(
    [task.file, task.saveProblem, stage.names(), part?.total],
    ['failed', problem, ['part'], LARGE],
  );
  assert.equal(statSync(part?.path ?? '').size, part?.size);
  return part?.size ?? 0;
}

/** Fails unless the file of a download under way holds at least what the list says. Gives that size in bytes. */
function assertCertain(stage: Stage, key: TaskKey): number {
  const part = stage.partOf(key);
  assert.ok(statSync(part?.path ?? '').size >= (part?.size ?? Number.NaN));
  return part?.size ?? 0;
}

/** Fails unless a task was saved by a second request for what was missing, from `kept` on. */
async function assertResumed(stage: Stage, task: Task, kept: number): Promise<void> {
  stage.assertSaved(task, clip);
  const [, second, ...more] = await stage.downloads();
  assert.deepEqual(
    [kept > 0, second?.headers.range, typeof second?.headers['if-range'], second?.status, more],
    [true, `bytes=${kept}-`, 'string', 206, []],
  );
  const sent = await stage.bytesSent();
  assert.ok(sent < TWICE_LARGE, `${sent} bytes sent`);
}

describe('a download that breaks off', () => {
  const stage = useStage();

  const breaks: Fault[] = [
    { kind: 'reset', afterShare: 0.5 },
    { kind: 'reset', afterShare: 0.99 },
    { kind: 'truncated', afterShare: 0.5 },
  ];
  for (const fault of breaks) {
    it(`goes on where it stopped after ${JSON.stringify(fault)}`, async () => {
      stage().gateway.setFaults([fault], 'media');
      const broken = await stage().attemptNew({ sizeBytes: LARGE });
      const kept = assertKept(stage(), broken, 'unreachable');
      await assertResumed(stage(), await stage().attempt(broken.key), kept);
    });

    it(`goes on in the next session after ${JSON.stringify(fault)}`, async () => {
      stage().gateway.setFaults([fault], 'media');
      const broken = await stage().attemptNew({ sizeBytes: LARGE });
      const kept = assertKept(stage(), broken, 'unreachable');
      stage().reopen();
      await assertResumed(stage(), await stage().attempt(broken.key), kept);
    });
  }

  const resets: [string, Fault][] = [
    ['at once', { kind: 'reset' }],
    ['after the headers', { kind: 'reset', afterShare: 0 }],
    ['at 1 %', { kind: 'reset', afterShare: 0.01 }],
    ['before the last byte', { kind: 'reset', afterShare: (LARGE - 1) / LARGE }],
  ];
  for (const [when, fault] of resets) {
    it(`goes on with what came, if anything, after a reset ${when}`, async () => {
      stage().gateway.setFaults([fault], 'media');
      const broken = await stage().attemptNew({ sizeBytes: LARGE });
      const kept = stage().partOf(broken.key)?.size ?? 0;
      assert.deepEqual(
        [broken.file, broken.saveProblem, stage().names()],
        ['failed', 'unreachable', kept > 0 ? ['part'] : []],
      );
      stage().assertSaved(await stage().attempt(broken.key), clip);
      assert.deepEqual(await stage().ranges(), [undefined, kept > 0 ? `bytes=${kept}-` : undefined]);
    });
  }

  it('goes on in the next session with what is certain to be on the disk', async () => {
    stage().gateway.setFaults([{ kind: 'slow', bytesPerSecond: LARGE / 4 }], 'media');
    const { key } = await stage().addTask({ sizeBytes: LARGE });
    void stage().attempt(key);
    await stage().until(key, ({ part }) => part !== null && (stage().partOf(key)?.size ?? 0) > 0);
    stage().reopen();
    const kept = assertCertain(stage(), key);
    await assertResumed(stage(), await stage().until(key, ({ file }) => file === 'saved'), kept);
  });

  it('ends at once when all of it was there, though more was promised', async () => {
    stage().gateway.setFaults([{ kind: 'wrongLength', by: 10 }], 'media');
    const broken = await stage().attemptNew({ sizeBytes: LARGE });
    assert.deepEqual([broken.file, broken.saveProblem, stage().names()], ['failed', 'unreachable', ['part']]);
    const kept = stage().partOf(broken.key)?.size ?? 0;
    stage().assertSaved(await stage().attempt(broken.key), clip);
    const [, second] = await stage().downloads();
    assert.deepEqual([second?.headers.range, second?.status], [`bytes=${kept}-`, kept === LARGE ? 416 : 206]);
  });

  const restarts: [Fault, (string | undefined)[]][] = [
    [{ kind: 'rangeIgnored' }, ['asked']],
    [{ kind: 'etagChanged' }, ['asked']],
    [{ kind: 'rangeWrong' }, ['asked', undefined]],
  ];
  for (const [fault, asked] of restarts) {
    it(`begins anew, in the same attempt, where the host has other ideas: ${fault.kind}`, async () => {
      stage().gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }, fault], 'media');
      const broken = await stage().attemptNew({ sizeBytes: LARGE });
      const kept = assertKept(stage(), broken, 'unreachable');
      stage().assertSaved(await stage().attempt(broken.key), clip);
      assert.deepEqual(await stage().ranges(), [undefined, ...asked.map(range => range && `bytes=${kept}-`)]);
      const last = (await stage().downloads()).at(-1);
      assert.deepEqual([last?.status, last?.bytesSent], [200, LARGE]);
    });
  }

  const nuisances: [Fault, SaveProblem][] = [
    [{ kind: 'html' }, 'page'],
    [{ kind: 'emptyBody' }, 'notVideo'],
    [{ kind: 'status', status: 503 }, 'status'],
    [{ kind: 'redirect', to: 'http://login.example/?token=secret' }, 'refusedLink'],
    [{ kind: 'redirectLoop' }, 'redirects'],
    [{ kind: 'expired' }, 'status'],
  ];
  for (const [fault, problem] of nuisances) {
    it(`keeps what came when the next response is ${fault.kind}`, async () => {
      stage().gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
      const { key } = await stage().attemptNew({ sizeBytes: LARGE });
      stage().gateway.setFaults(fault, 'media');
      const kept = assertKept(stage(), await stage().attempt(key), problem);
      stage().gateway.clearFaults();
      const task = await stage().attempt(key);
      stage().assertSaved(task, clip);
      assert.deepEqual((await stage().ranges()).at(-1), `bytes=${kept}-`);
    });
  }
});

describe('a download that stands still', () => {
  let clock: HandClock;
  const stage = useStage({ clock: () => (clock = new HandClock(Date.now())) });

  it('is given up after a minute, and goes on where it stopped', async () => {
    stage().gateway.setFaults([{ kind: 'stall', afterShare: 0.5 }], 'media');
    const { key } = await stage().addTask({ sizeBytes: LARGE });
    const over = stage().attempt(key);
    while ((stage().gateway.requests.at(-1)?.bytesSent ?? 0) < LARGE / 2) {
      await setImmediate();
    }
    const end = clock.now() + MINUTE;
    while (clock.now() < end) {
      clock.ringNext(end);
    }
    const kept = assertKept(stage(), await over, 'stalled');
    await assertResumed(stage(), await stage().attempt(key), kept);
  });
});
