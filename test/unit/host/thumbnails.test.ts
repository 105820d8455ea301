import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beyond, Thumbnails } from '../../../src/host/thumbnails.ts';
import type { Task, TaskKey } from '../../../src/tasks/task.ts';
import { aTask } from '../builders.ts';

const PICTURE = Uint8Array.of(0xff, 0xd8, 1);
const OTHER = Uint8Array.of(0xff, 0xd8, 2);

describe('the thumbnails of clips', () => {
  let root: string;
  let folder: string;
  let tasks: Map<TaskKey, Task>;
  let warnings: string[];
  let isWhole: boolean;

  const saved = (key: number, facts: Partial<Task> = {}): Task =>
    aTask({
      key,
      id: `vgen_${key}`,
      file: 'saved',
      filePath: `/clips/${key}.mp4`,
      fileSize: 1_000,
      ...facts,
    });
  /** As one window has them. */
  const open = (): Thumbnails =>
    new Thumbnails({
      folder,
      get: key => tasks.get(key),
      all: () => tasks.values(),
      isWhole: () => isWhole,
      log: { warn: text => void warnings.push(text) } as ConstructorParameters<typeof Thumbnails>[0]['log'],
    });
  const put = (...facts: Task[]): void => {
    facts.forEach(task => tasks.set(task.key, task));
  };
  const address = (picture: Uint8Array): string =>
    `data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}`;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dailies-thumbnails-'));
    folder = join(root, 'storage', 'thumbnails');
    tasks = new Map();
    warnings = [];
    isWhole = true;
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('are there in every window, and after the one that kept them is closed', async () => {
    put(saved(1), saved(2));
    const thumbnails = open();
    await thumbnails.keep(1, PICTURE);
    assert.deepEqual([thumbnails.has(saved(1)), thumbnails.has(saved(2))], [true, false]);
    const other = open();
    assert.deepEqual(
      [await other.addressOf(saved(1)), await other.addressOf(saved(2)), await other.addressOf(aTask())],
      [address(PICTURE), undefined, undefined],
    );
    await other.sweep();
    assert.equal(other.has(saved(1)), true);
  });

  it('take the place of those of before, and leave nothing half-written', async () => {
    put(saved(1));
    const [one, two] = [open(), open()];
    await Promise.all([one.keep(1, PICTURE), two.keep(1, PICTURE), one.keep(1, PICTURE)]);
    await two.keep(1, OTHER);
    assert.equal(await one.addressOf(saved(1)), address(OTHER));
    assert.equal(readdirSync(folder).length, 1);
  });

  it('go with the task, and when it has another file', async () => {
    put(saved(1), saved(2), saved(3));
    const before = open();
    await before.keep(1, PICTURE);
    await before.keep(2, PICTURE);
    await before.keep(3, PICTURE);
    // Another window than the one that kept them, which has looked at them once.
    const thumbnails = open();
    await thumbnails.sweep();
    tasks.delete(1);
    put(saved(2, { fileSize: 2_000 }), saved(3, { seenAt: 1, file: 'missing' }));
    await thumbnails.follow([1, 2, 3]);
    assert.equal(readdirSync(folder).length, 1);
    assert.equal(await thumbnails.addressOf(saved(3)), address(PICTURE));
    assert.equal(await thumbnails.addressOf(saved(2, { fileSize: 2_000 })), undefined);
  });

  it('are not kept for a task that is gone or has no file, and never mixed up where keys begin anew', async () => {
    const thumbnails = open();
    await thumbnails.keep(1, PICTURE);
    put(aTask({ key: 1 }));
    await thumbnails.keep(1, PICTURE);
    assert.equal(existsSync(folder), false);
    put(saved(1));
    await thumbnails.keep(1, PICTURE);
    assert.equal(await thumbnails.addressOf(saved(1, { id: 'vgen_other' })), undefined);
  });

  it('are swept for tasks that went while no window was open, together with what was left half-written', async () => {
    put(saved(1), saved(2));
    const before = open();
    await before.keep(1, PICTURE);
    await before.keep(2, PICTURE);
    const part = join(folder, '.12345678-1234-1234-1234-123456789abc.part');
    writeFileSync(part, 'half');
    utimesSync(part, 0, 0);
    writeFileSync(join(folder, 'notes.txt'), 'not ours');
    tasks.delete(1);
    await open().sweep();
    assert.equal(readdirSync(folder).length, 2);
    assert.equal(readFileSync(join(folder, 'notes.txt'), 'utf8'), 'not ours');
    assert.equal(await before.addressOf(saved(2)), address(PICTURE));
  });

  it('stay where a window does not know the whole list', async () => {
    put(saved(1));
    await open().keep(1, PICTURE);
    tasks.clear();
    isWhole = false;
    await open().sweep();
    assert.equal(readdirSync(folder).length, 1);
  });

  it('are bounded in number and in bytes, and the oldest go', () => {
    const entries = [1, 2, 3, 4].map(at => ({ name: `${at}`, bytes: 10, at }));
    const names = (most: { count: number; bytes: number }): string[] =>
      beyond(entries, most).map(({ name }) => name);
    assert.deepEqual(
      [names({ count: 3, bytes: 100 }), names({ count: 9, bytes: 25 }), names({ count: 9, bytes: 40 })],
      [['1'], ['2', '1'], []],
    );
  });

  it('that cannot be kept are reported in the log only', async () => {
    put(saved(1));
    writeFileSync(join(root, 'storage'), 'a file where the folder should be');
    const thumbnails = open();
    await thumbnails.keep(1, PICTURE);
    assert.deepEqual([thumbnails.has(saved(1)), await thumbnails.addressOf(saved(1))], [false, undefined]);
    assert.ok(warnings.some(text => text.startsWith('Thumbnail of task 1: ')));
  });
});
