import assert from 'node:assert/strict';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LocalFolder } from '../../../src/saving/place.ts';
import { versionText } from '../../../src/saving/target.ts';
import type { Part } from '../../../src/tasks/part.ts';
import { useFolder } from '../builders.ts';

describe('giving a clip its name', () => {
  const folder = useFolder();
  const path = (name: string): string => join(folder(), name);
  let target: LocalFolder;
  let intended: string[];

  beforeEach(() => {
    target = new LocalFolder(folder());
    intended = [];
  });

  const aPart = (name: string, content = name): string => {
    writeFileSync(path(name), content);
    return path(name);
  };
  const place = (part: string, name = 'take', hasSidecar = false): Promise<string> =>
    target.place(part, { name, ending: 'mp4', hasSidecar, replaces: null }, one => {
      intended.push(one);
      return Promise.resolve();
    });

  it('says which name it will be before it is', async () => {
    let wasThere: string[] = [];
    await target.place(
      aPart('.part'),
      { name: 'take', ending: 'mp4', hasSidecar: false, replaces: null },
      one => {
        wasThere = [one, ...readdirSync(folder())];
        return Promise.resolve();
      },
    );
    assert.deepEqual([wasThere, readdirSync(folder())], [[path('take.mp4'), '.part'], ['take.mp4']]);
  });

  it('leaves the part as it is when the name may not be taken', async () => {
    const part = aPart('.part');
    const refusal = target.place(
      part,
      { name: 'take', ending: 'mp4', hasSidecar: false, replaces: null },
      () => Promise.reject(new Error('not ours')),
    );
    await assert.rejects(refusal, /not ours/);
    assert.deepEqual(readdirSync(folder()), ['.part']);
  });

  it('replaces a file where a person has said so, and none that has come or changed since', async () => {
    writeFileSync(path('take.mp4'), 'old');
    const { size, mtime } = statSync(path('take.mp4'));
    const replaces = versionText({ size, mtime: mtime.getTime() });
    const over = (part: string): Promise<string> =>
      target.place(part, { name: 'take', ending: 'mp4', hasSidecar: false, replaces }, () =>
        Promise.resolve(),
      );
    const placed = [await over(aPart('.part-1')), await over(aPart('.part-2'))];
    assert.deepEqual(
      [placed, placed.map(one => readFileSync(one, 'utf8')), readdirSync(folder()).sort()],
      [
        [path('take.mp4'), path('take (2).mp4')],
        ['.part-1', '.part-2'],
        ['take (2).mp4', 'take.mp4'],
      ],
    );
  });

  it('overwrites nothing when eight clips want one name at once', async () => {
    const parts = Array.from({ length: 8 }, (_, index) => aPart(`.part-${index}`));
    const placed = await Promise.all(parts.map(part => place(part)));
    const names = ['take.mp4', ...[2, 3, 4, 5, 6, 7, 8].map(count => `take (${count}).mp4`)];
    assert.deepEqual(
      [readdirSync(folder()).sort(), [...placed].sort(), placed.map(one => readFileSync(one, 'utf8'))],
      [[...names].sort(), names.map(path).sort(), parts.map((_, index) => `.part-${index}`)],
    );
  });

  it('takes no name that stands for something already, whatever it is', async () => {
    writeFileSync(path('take.mp4'), 'mine');
    mkdirSync(path('take (2).mp4'));
    if (process.platform !== 'win32') {
      // Links need rights there that tests do not have.
      symlinkSync(path('nowhere'), path('take (3).mp4'));
    } else {
      writeFileSync(path('take (3).mp4'), '');
    }
    const placed = await place(aPart('.part'));
    assert.deepEqual([placed, readFileSync(path('take.mp4'), 'utf8')], [path('take (4).mp4'), 'mine']);
  });

  it('takes no name next to which the sidecar has no place', async () => {
    writeFileSync(path('take.json'), '{}');
    const [bare, sidecar] = [await place(aPart('.part-1')), await place(aPart('.part-2'), 'take', true)];
    assert.deepEqual([bare, sidecar], [path('take.mp4'), path('take (2).mp4')]);
  });

  it('finds the next free name among thousands of one name, without trying each', async () => {
    const count = 3_000;
    for (let number = 1; number <= count; number++) {
      writeFileSync(path(number === 1 ? 'take.mp4' : `Take (${number}).mp4`), '');
    }
    const placed = await place(aPart('.part'));
    assert.deepEqual([placed, intended], [path('take (3001).mp4'), [placed]]);
  });

  it('intends each name that it tries', async () => {
    const part = aPart('.part');
    await target.place(part, { name: 'take', ending: 'mp4', hasSidecar: false, replaces: null }, one => {
      intended.push(one);
      if (intended.length === 1) {
        // Another window is quicker.
        writeFileSync(one, 'of another');
      }
      return Promise.resolve();
    });
    assert.deepEqual(
      [intended, readFileSync(path('take.mp4'), 'utf8'), readFileSync(path('take (2).mp4'), 'utf8')],
      [[path('take.mp4'), path('take (2).mp4')], 'of another', '.part'],
    );
  });

  describe('after the death of a window', () => {
    const left = (placing: string | null): Part => ({
      path: path('.part'),
      size: 5,
      total: 5,
      rate: 0,
      link: '',
      validator: null,
      placing,
    });

    it('is seen to be done where only the name is there', async () => {
      writeFileSync(path('take.mp4'), 'whole');
      assert.equal(await target.wasPlaced(left(path('take.mp4'))), true);
    });

    it('is seen to be done where both names are there, and ends it', async () => {
      aPart('.part', 'whole');
      linkSync(path('.part'), path('take.mp4'));
      assert.deepEqual(
        [await target.wasPlaced(left(path('take.mp4'))), readdirSync(folder())],
        [true, ['take.mp4']],
      );
    });

    it('is seen not to be done where the name is not there, or is that of another file', async () => {
      aPart('.part', 'whole');
      const isThere = await target.wasPlaced(left(path('take.mp4')));
      writeFileSync(path('take.mp4'), 'alike');
      const isOurs = await target.wasPlaced(left(path('take.mp4')));
      rmSync(path('.part'));
      writeFileSync(path('take.mp4'), 'of another size');
      const hasOurSize = await target.wasPlaced(left(path('take.mp4')));
      assert.deepEqual([isThere, isOurs, hasOurSize], [false, false, false]);
    });
  });
});
