import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { SaveProblem, Task } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import type { Fault } from '../../gateway/faults.ts';
import { remount, useSmallDisk } from '../smallDisk.ts';
import { LARGE, useStage } from './stage.ts';

const CLIP_BYTES = clipBytes('tone').length;
const DISK_BYTES = 512 * 1024;

describe('saving to a disk of its own', () => {
  const stage = useStage();
  const disk = useSmallDisk(DISK_BYTES, () => undefined);
  const filler = (): string => join(disk(), 'filler');

  beforeEach(() => {
    stage().target = disk();
  });

  /** Leaves so many bytes free, in whole blocks. */
  const fill = (free: number): void => {
    const { bavail, bsize } = statfsSync(disk());
    writeFileSync(filler(), Buffer.alloc((bavail - Math.floor(free / bsize)) * bsize));
  };

  const fullDisks: [string, number, Fault][] = [
    ['does not begin a clip that has no room', CLIP_BYTES / 2, { kind: 'none' }],
    ['makes room again where a clip turned out too large', CLIP_BYTES / 2, { kind: 'noLength' }],
    ['makes room again where there was none at all', 0, { kind: 'noLength' }],
  ];
  for (const [name, free, fault] of fullDisks) {
    it(`${name}, and saves it when there is room`, async () => {
      fill(free);
      stage().gateway.setFaults(fault, 'media');
      const failed = await stage().attemptNew();
      assert.deepEqual(
        [failed.file, failed.saveProblem, failed.part, stage().names()],
        ['failed', 'diskFull', null, ['filler']],
      );
      rmSync(filler());
      stage().assertSaved(await stage().attempt(failed.key));
    });
  }

  it('gives up the half of a clip whose other half has no room', async () => {
    stage().gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
    const { key } = await stage().attemptNew({ sizeBytes: DISK_BYTES - 4096 });
    fill(4096);
    const failed = await stage().attempt(key);
    assert.deepEqual(
      [failed.file, failed.saveProblem, failed.part, stage().names()],
      ['failed', 'diskFull', null, ['filler']],
    );
    rmSync(filler());
    stage().assertSaved(await stage().attempt(key), clipBytes('tone', DISK_BYTES - 4096));
  });

  it('says so where nothing may be written, and saves the clip when it may', async () => {
    remount(disk(), 'ro');
    const failed = await stage().attemptNew();
    assert.deepEqual(
      [failed.file, failed.saveProblem, failed.part, await stage().downloads()],
      ['failed', 'folder', null, []],
    );
    assert.match(failed.saveProblemText ?? '', /EROFS/);
    remount(disk(), 'rw');
    stage().assertSaved(await stage().attempt(failed.key));
  });
});

describe('saving to a folder', () => {
  const stage = useStage();

  const assertRefused = async (task: Task, problem: SaveProblem): Promise<void> => {
    assert.deepEqual(
      [task.file, task.saveProblem, task.part, await stage().downloads()],
      ['failed', problem, null, []],
    );
  };

  it('says so where a file stands in its place, and saves the clip when it does not', async () => {
    writeFileSync(stage().target, '');
    const failed = await stage().attemptNew();
    await assertRefused(failed, 'folder');
    rmSync(stage().target);
    stage().assertSaved(await stage().attempt(failed.key));
  });

  it('says so where it may not be written to, and saves the clip when it may', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      // Root may write anywhere: the disk that is read-only shows the same.
      this.skip();
    }
    mkdirSync(stage().target, { mode: 0o555 });
    const failed = await stage().attemptNew();
    await assertRefused(failed, 'held');
    chmodSync(stage().target, 0o755);
    stage().assertSaved(await stage().attempt(failed.key));
  });

  it('begins anew where it was deleted between two attempts', async () => {
    stage().gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
    const { key } = await stage().attemptNew({ sizeBytes: LARGE });
    assert.notEqual(stage().partOf(key), undefined);
    rmSync(stage().target, { recursive: true });
    stage().assertSaved(await stage().attempt(key), clipBytes('tone', LARGE));
    assert.deepEqual(await stage().ranges(), [undefined, undefined]);
  });

  // Without a length, nobody looks at the folder again before the last byte has come.
  for (const kind of ['none', 'noLength'] as const) {
    it(`says so where it was deleted on the way, and makes it again (${kind})`, async function () {
      if (process.platform === 'win32') {
        // An open file cannot be deleted there.
        this.skip();
      }
      stage().gateway.setFaults([{ kind }], 'media');
      const { key } = await stage().addTask();
      const over = stage().attempt(key);
      while (!existsSync(stage().partOf(key)?.path ?? '')) {
        await setImmediate();
      }
      rmSync(stage().target, { recursive: true });
      const failed = await over;
      assert.deepEqual(
        [failed.file, failed.saveProblem, existsSync(stage().target)],
        ['failed', 'folder', false],
      );
      stage().assertSaved(await stage().attempt(key));
    });
  }

  it('gives a name of any length one that every system can hold', async () => {
    const label = `${'雨中的猫'.repeat(100)}${'👩‍👩‍👧‍👦🏳️‍🌈'.repeat(50)}`;
    const task = await stage().attemptNew({}, { label });
    stage().assertSaved(task);
    const name = basename(task.filePath ?? '');
    assert.match(name, /^2026-11-21_(雨中的猫)+[雨中的]*_[a-z0-9]{8}\.mp4$/);
    assert.ok(Buffer.byteLength(name) <= 255);
  });

  it('keeps apart clips with one name of any length', async () => {
    stage().template = '{label}';
    const label = '猫'.repeat(500);
    const [first, second] = [
      await stage().attemptNew({}, { label }),
      await stage().attemptNew({}, { label }),
    ];
    assert.deepEqual(
      [first.file, second.file, second.filePath, readdirSync(stage().target).length],
      ['saved', 'saved', first.filePath?.replace('.mp4', ' (2).mp4'), 2],
    );
  });

  it('is gone on with where it is another folder now, and leaves nothing in the old one', async () => {
    stage().gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
    const { key } = await stage().attemptNew({ sizeBytes: LARGE });
    const old = stage().target;
    stage().target = join(stage().folder, 'other');
    stage().assertSaved(await stage().attempt(key), clipBytes('tone', LARGE));
    assert.deepEqual(readdirSync(old), []);
  });
});
