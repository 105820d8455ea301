import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MINUTE } from '../../../src/base/clock.ts';
import { LocalFolder } from '../../../src/saving/place.ts';
import { Operations } from '../../../src/store/operations.ts';
import { writePart, type Part } from '../../../src/tasks/part.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { useSmallDisk } from '../smallDisk.ts';
import { useWindows } from './savingWindow.ts';
import { useStage, type Stage } from './stage.ts';

const MIB = 1024 ** 2;

/** A copy of it to another disk takes long enough to be seen at work. */
const LONG = 192 * MIB;

/** A clip that is whole but not yet where it belongs, and whose link is dead. */
async function addWhole(stage: Stage, folder: string, clip: Buffer): Promise<Task> {
  mkdirSync(folder, { recursive: true });
  const path = stage.workFiles.newPath(folder);
  writeFileSync(path, clip);
  const { key } = await stage.addTask();
  stage.gateway.setFaults({ kind: 'status', status: 410 }, 'media');
  const part = { path, size: clip.length, total: clip.length, rate: 0, link: '', validator: null };
  stage.store.update(key, {
    part: writePart({ ...part, placing: null }),
    linkExpiresAt: stage.clock.now() - 8 * 24 * 60 * MINUTE,
  });
  return stage.taskOf(key);
}

describe('a copy to another disk', () => {
  const stage = useStage({ saves: false });
  const open = useWindows();
  const disk = useSmallDisk(2 * LONG, () => undefined);

  it('that a kill cut off is in nobody’s way, and is not left', async function () {
    this.timeout(2 * MINUTE);
    const clip = clipBytes('tone', LONG);
    const before = join(stage().folder, 'before');
    const { key } = await addWhole(stage(), before, clip);
    stage().store.update(key, { file: 'waiting', nextSaveAt: Date.now() });
    const order = { folder: stage().folder, target: disk(), template: '' };
    const window = open({ ...order, ahead: 0 });
    const half = (): number =>
      readdirSync(disk()).reduce((sum, name) => sum + statSync(join(disk(), name)).size, 0);
    while (half() === 0) {
      await setImmediate();
    }
    await window.kill();
    assert.ok(half() < LONG, 'The copy was over before the kill.');
    assert.deepEqual(stage().taskOf(key).file, 'downloading');
    await open({ ...order, ahead: 1.1 * MINUTE }).reached('saved');
    const { filePath } = stage().taskOf(key);
    assert.deepEqual(
      [readdirSync(disk()), readdirSync(before), readFileSync(filePath ?? '').equals(clip)],
      [[basename(filePath ?? '')], [], true],
    );
    assert.deepEqual(await stage().downloads(), []);
  });

  it('that has no room leaves none, and goes on when there is room', async () => {
    const clip = clipBytes('tone', MIB);
    const { key } = await addWhole(stage(), join(stage().folder, 'before'), clip);
    writeFileSync(join(disk(), 'filler'), Buffer.alloc(2 * LONG - MIB / 2));
    stage().target = disk();
    const attempt = async (): Promise<Task> => {
      const over = stage().attempt(key);
      stage().saver.wake();
      return over;
    };
    const failed = await attempt();
    assert.deepEqual([failed.saveProblem, readdirSync(disk())], ['diskFull', ['filler']]);
    rmSync(join(disk(), 'filler'));
    stage().assertSaved(await attempt(), clip);
  });
});

describe('a clip whose window was closed', () => {
  const stage = useStage();

  for (const hasBothNames of [false, true]) {
    it(`after it got its name is found there, whatever the folder of now is (${hasBothNames ? 'both names' : 'one'})`, async () => {
      const before = join(stage().folder, 'before');
      const task = await addWhole(stage(), before, clipBytes('tone'));
      const part = partOf(task);
      const placing = await placeAway(part, before, hasBothNames);
      stage().store.update(task.key, { part: writePart({ ...part, placing }) });
      const saved = await stage().attempt(task.key);
      assert.deepEqual(
        [saved.file, saved.filePath, readdirSync(before), await stage().downloads()],
        ['saved', placing, ['take.mp4'], []],
      );
    });
  }

  function partOf({ key }: Task): Part {
    const part = stage().partOf(key);
    assert.ok(part);
    return part;
  }

  /** Gives a part its name as the window did before it died. Resolves to that. */
  async function placeAway(part: Part, folder: string, keepsBoth: boolean): Promise<string> {
    if (keepsBoth) {
      linkSync(part.path, join(folder, 'take.mp4'));
      return join(folder, 'take.mp4');
    }
    const name = { name: 'take', ending: 'mp4', hasSidecar: false, replaces: null } as const;
    return new LocalFolder(folder).place(part.path, name, () => Promise.resolve());
  }

  it('while it went to another folder is found under either name', async () => {
    const task = await addWhole(stage(), join(stage().folder, 'before'), clipBytes('tone'));
    const part = partOf(task);
    const nowhere = join(stage().folder, 'nowhere', basename(part.path));
    stage().store.update(task.key, { part: writePart({ ...part, path: nowhere, spare: part.path }) });
    stage().assertSaved(await stage().attempt(task.key));
    assert.deepEqual(readdirSync(join(stage().folder, 'before')), []);
  });
});

/**
 * Every commit of an attempt whose clip is on the disk already, and goes to another folder, in order: begin, check, move, its end,
 * intend, and the end. What a person stops, or what dies, between any two of them:
 *
 * | between            | stopped                      | died                                   |
 * |--------------------|------------------------------|----------------------------------------|
 * | claim and begin    | not saved, nothing on disk   | due again when the lease is over       |
 * | begin and check    | not saved, nothing on disk   | due again, goes on with the part       |
 * | check and move     | not saved, nothing on disk   | due again, goes on with the part       |
 * | move and its end   | not saved, nothing on disk   | due again, under whichever name it is  |
 * | intend and name    | not saved, nothing on disk   | due again, names it                    |
 * | name and end       | saved: a clip is not hidden  | due again, finds it under its name     |
 */
const COMMITS = 6;

describe('an attempt to save', () => {
  const stage = useStage({ saves: false });

  /** Has something happen before the nth commit of the attempts to come. */
  const beforeCommit = (at: number, act: () => Promise<void>): void => {
    const { store } = stage();
    const commit = store.commitWhenPossible.bind(store);
    let count = 0;
    store.commitWhenPossible = async (action, signal) => {
      count++;
      if (count === at) {
        await act();
      }
      return commit(action, signal);
    };
  };
  const isIdle = (): boolean => stage().store.leases.held(Date.now()).length === 0;
  const files = (): string[] =>
    [stage().target, join(stage().folder, 'before')].flatMap(folder => {
      try {
        return readdirSync(folder);
      } catch {
        return [];
      }
    });

  for (let at = 1; at <= COMMITS; at++) {
    it(`that is stopped from another window before commit ${at} leaves no task that is neither due nor anybody's`, async () => {
      const { key } = await addWhole(stage(), join(stage().folder, 'before'), clipBytes('tone'));
      const other = new TaskStore(join(stage().folder, 'dailies.db'), { clock: stage().clock });
      beforeCommit(at, () => {
        new Operations(other, stage().clock).stopSaving(key);
        return Promise.resolve();
      });
      try {
        stage().store.update(key, { file: 'waiting', nextSaveAt: Date.now() });
        stage().saver.wake();
        while (!isIdle()) {
          await setImmediate();
        }
      } finally {
        other.dispose();
      }
      const { file, nextSaveAt, part } = stage().taskOf(key);
      const isSaved = at === COMMITS;
      assert.deepEqual([file, nextSaveAt, part], [isSaved ? 'saved' : 'none', null, null]);
      assert.equal(files().length, isSaved ? 1 : 0);
    });

    it(`that is closed before commit ${at} is finished by the next window, from what is on the disk`, async () => {
      const { key } = await addWhole(stage(), join(stage().folder, 'before'), clipBytes('tone'));
      const died = new Promise<void>(done => {
        beforeCommit(at, () => {
          done();
          return new Promise<void>(() => undefined);
        });
      });
      stage().store.update(key, { file: 'waiting', nextSaveAt: Date.now() });
      stage().saver.wake();
      await died;
      stage().reopen();
      stage().saver.wake();
      stage().assertSaved(await stage().until(key, ({ file }) => file === 'saved'));
      assert.deepEqual([files().length, await stage().downloads()], [1, []]);
    });
  }
});
