import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HOUR } from '../../../src/base/clock.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { NOON, useFolder } from '../builders.ts';

describe('the temporary files of a list', () => {
  const folder = useFolder();
  const own = new WorkFiles('/lists/one/dailies.db');
  const other = new WorkFiles('/lists/two/dailies.db');

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
    assert.match(basename(own.newPath(folder())), /^\.dailies-[0-9a-f]{8}-[0-9a-f-]{36}\.part$/);
  });

  it('go when nobody goes on with them', async () => {
    const [left, used, fresh, old] = [own, own, other, other].map(files => files.newPath(folder())) as [
      string,
      string,
      string,
      string,
    ];
    make(0, left, used);
    make(71 * HOUR, fresh);
    make(73 * HOUR, old);
    await sweep(used);
    assert.deepEqual(names(), [used, fresh].map(path => basename(path)).sort());
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
    make(0, left);
    await sweep();
    assert.deepEqual(names(), [basename(stuck)]);
  });

  it('are none where there is no folder', async () => {
    await own.sweep(join(folder(), 'nowhere'), () => new Set(), NOON);
  });
});
