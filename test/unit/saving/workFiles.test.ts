import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HOUR } from '../../../src/base/clock.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { NOON, useFolder } from '../builders.ts';

describe('the temporary files of a list', () => {
  const folder = useFolder();
  const own = new WorkFiles({ listName: '0123456789abcdef', isInMemory: false });
  const other = new WorkFiles({ listName: 'fedcba9876543210', isInMemory: false });

  /** Makes files that were written so many ms ago. */
  const make = (age: number, ...paths: string[]): void => {
    for (const path of paths) {
      writeFileSync(path, '');
      utimesSync(path, (NOON - age) / 1000, (NOON - age) / 1000);
    }
  };
  const sweep = (...inUse: string[]): Promise<void> =>
    own.sweep(folder(), () => new Set(inUse.map(path => basename(path))), NOON);
  const names = (): string[] => readdirSync(folder()).sort();

  it('are hidden, and never taken for clips', () => {
    assert.match(basename(own.newPath(folder())), /^\.dailies-0123456789abcdef-[0-9a-f-]{36}\.part$/);
  });

  it('go when nobody goes on with them', async () => {
    const [left, used, fresh, old] = [own, own, other, other].map(files => files.newPath(folder())) as [
      string,
      string,
      string,
      string,
    ];
    make(3 * HOUR, left, used);
    make(71 * HOUR, fresh);
    make(73 * HOUR, old);
    await sweep(used);
    assert.deepEqual(names(), [used, fresh].map(path => basename(path)).sort());
  });

  it('stay while a copy of the list on another machine may go on with them', async () => {
    const fresh = own.newPath(folder());
    make(HOUR, fresh);
    await sweep();
    assert.deepEqual(names(), [basename(fresh)]);
  });

  it('that an earlier version marked in another way stay as those of other lists do', async () => {
    const [recent, old] = ['recent', 'old'].map(end => join(folder(), `.dailies-01234567-${end}.part`));
    make(71 * HOUR, recent ?? '');
    make(73 * HOUR, old ?? '');
    await sweep();
    assert.deepEqual(names(), [basename(recent ?? '')]);
  });

  it('of others are never removed by a list in memory, which knows nothing of them', async () => {
    const paths = [other.newPath(folder()), join(folder(), '.dailies-01234567-old.part')];
    make(1000 * HOUR, ...paths);
    const memory = new WorkFiles({ listName: 'aaaaaaaaaaaaaaaa', isInMemory: true });
    const left = memory.newPath(folder());
    make(3 * HOUR, left);
    await memory.sweep(folder(), () => new Set(), NOON);
    assert.deepEqual(names(), paths.map(path => basename(path)).sort());
  });

  it('are all that is ever removed', async () => {
    const mine = ['take.mp4', 'take.part', '.dailies.part', '.dailies-notes.txt', 'dailies-1a2b3c4d-1.part'];
    make(1000 * HOUR, ...mine.map(name => join(folder(), name)));
    await sweep();
    assert.deepEqual(names(), [...mine].sort());
  });

  it('that cannot be removed hold nothing up', async () => {
    const [stuck, left] = [own.newPath(folder()), own.newPath(folder())];
    mkdirSync(stuck);
    make(3 * HOUR, left);
    utimesSync(stuck, (NOON - 3 * HOUR) / 1000, (NOON - 3 * HOUR) / 1000);
    await sweep();
    assert.deepEqual(names(), [basename(stuck)]);
  });

  it('are none where there is no folder', async () => {
    await own.sweep(join(folder(), 'nowhere'), () => new Set(), NOON);
  });
});
