import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { Operations } from '../../../src/store/operations.ts';
import { writePart } from '../../../src/tasks/part.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskKey } from '../../../src/tasks/task.ts';
import { HandClock } from '../builders.ts';
import { LARGE, useStage, type Stage } from './stage.ts';

/** Begins to save a clip whose host sends half of it and then nothing more; resolves when the file is there. */
async function beginToSave(stage: Stage): Promise<TaskKey> {
  stage.gateway.setFaults([{ kind: 'stall' }], 'media');
  const { key } = await stage.addTask({ sizeBytes: LARGE });
  void stage.attempt(key);
  while ((stage.gateway.requests.at(-1)?.bytesSent ?? 0) < LARGE / 2) {
    await setImmediate();
  }
  assert.deepEqual([stage.taskOf(key).file, stage.names()], ['downloading', ['part']]);
  return key;
}

describe('the saver', () => {
  const stage = useStage();

  it('saves a clip byte for byte under a readable name', async () => {
    const task = await stage().attemptNew({}, { label: '雨中的猫: take 1?' });
    stage().assertSaved(task);
    assert.match(basename(task.filePath ?? ''), /^2026-11-21_雨中的猫- take 1-_[a-z0-9]{8}\.mp4$/i);
  });

  it('never overwrites what is there', async () => {
    const first = await stage().attemptNew();
    writeFileSync(first.filePath ?? '', 'mine');
    stage().store.update(first.key, { filePath: null });
    const second = await stage().attempt(first.key);
    assert.deepEqual(
      [readFileSync(first.filePath ?? '', 'utf8'), second.filePath],
      ['mine', first.filePath?.replace('.mp4', ' (2).mp4')],
    );
  });

  it('takes over a clip whose window closed after naming it, and saves it no second time', async () => {
    const { key, filePath, fileSize } = await stage().attemptNew();
    const part = {
      path: stage().workFiles.newPath(stage().target),
      size: fileSize ?? 0,
      total: fileSize,
      rate: 0,
      link: '',
      validator: null,
      placing: filePath,
    };
    const left = {
      file: 'downloading',
      filePath: null,
      part: writePart(part),
      nextSaveAt: Date.now(),
    } as const;
    stage().store.update(key, left);
    const task = await stage().until(key, ({ file }) => file === 'saved');
    stage().assertSaved(task);
    assert.deepEqual([task.filePath, (await stage().downloads()).length], [filePath, 1]);
  });

  it('gives up only when the host says that the link has expired and its life is over', async () => {
    stage().gateway.setFaults({ kind: 'expired' }, 'media');
    const task = await stage().attemptNew({}, { linkExpiresAt: Date.now() - 1 });
    assert.deepEqual([task.file, task.nextSaveAt, stage().names()], ['expired', null, []]);
  });

  it('leaves nothing of a clip that it gives up', async () => {
    stage().gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }, { kind: 'expired' }], 'media');
    const { key } = await stage().attemptNew({ sizeBytes: LARGE }, { linkExpiresAt: Date.now() - 1 });
    assert.deepEqual(stage().names(), ['part']);
    const task = await stage().attempt(key);
    assert.deepEqual([task.file, task.part], ['expired', null]);
    await stage().untilEmpty();
  });

  it('clears away what nobody goes on with, and leaves the parts of other lists', async () => {
    mkdirSync(stage().target);
    const [own, other] = [stage().workFiles, new WorkFiles({ listName: 'another', isInMemory: false })].map(
      files => files.newPath(stage().target),
    );
    writeFileSync(own ?? '', 'half');
    utimesSync(own ?? '', new Date(Date.now() - 3 * HOUR), new Date(Date.now() - 3 * HOUR));
    writeFileSync(other ?? '', 'of another list');
    await stage().attemptNew();
    assert.deepEqual(
      readdirSync(stage().target).filter(name => name.endsWith('.part')),
      [basename(other ?? '')],
    );
  });

  it('says so when the folder cannot be made', async () => {
    writeFileSync(join(stage().folder, 'file'), '');
    stage().target = join(stage().folder, 'file', 'below');
    const task = await stage().attemptNew();
    assert.deepEqual([task.file, task.saveProblem], ['failed', 'folder']);
  });

  const refusals: [string, (stage: Stage, key: TaskKey) => void][] = [
    [
      'stops saving it',
      ({ store, clock }, key) => {
        new Operations(store, clock).stopSaving(key);
      },
    ],
    [
      'removes it',
      ({ store, clock }, key) => {
        new Operations(store, clock).forget([key]);
      },
    ],
  ];
  for (const [name, refuse] of refusals) {
    it(`breaks a download off, and leaves nothing of it, when a person ${name}`, async () => {
      const key = await beginToSave(stage());
      refuse(stage(), key);
      await stage().downloads();
      while (stage().names().length > 0 || stage().store.leases.held(Date.now()).length > 0) {
        await setImmediate();
      }
      const task = stage().store.get(key);
      assert.deepEqual(
        task && [task.file, task.part, task.nextSaveAt],
        name === 'removes it' ? undefined : ['none', null, null],
      );
    });
  }
});

describe('the saver of a window that has slept', () => {
  let clock: HandClock;
  const stage = useStage({ clock: () => (clock = new HandClock(Date.now())) });

  it('leaves a clip to the window that has taken it over meanwhile', async () => {
    const key = await beginToSave(stage());
    clock.jump(2 * MINUTE);
    const other = new TaskStore(join(stage().folder, 'dailies.db'), { clock });
    try {
      assert.equal(other.leases.claim('save', clock.now(), MINUTE)?.key, key);
      const end = clock.now() + 30 * SECOND;
      while (clock.now() < end) {
        clock.ringNext(end);
      }
      await stage().downloads();
      await setImmediate();
      assert.deepEqual(
        [
          stage().taskOf(key).file,
          stage().names(),
          other.leases.held(clock.now()).map(({ isOurs }) => isOurs),
        ],
        ['downloading', ['part'], [true]],
      );
    } finally {
      other.dispose();
    }
  });
});
