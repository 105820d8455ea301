import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync, closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../../src/base/clock.ts';
import { openStore } from '../../../src/store/openStore.ts';
import { useFolder } from '../builders.ts';
import { WindowProcess } from './windowsChild.ts';
import { expectWrite, heldBy, textOf, writeOf, type ExpectedList } from './windowsWrites.ts';

/** How many writes a window makes before and after its file is repaired by another. */
const WRITES = 60;

function fail(error: unknown): never {
  throw error;
}

describe('a repair while another window has the list open', () => {
  const folder = useFolder();
  const path = (): string => join(folder(), 'dailies.db');

  /** Damages a page that holds nothing of a task and is not read in the midst of work; not through a cache. */
  const damage = (rootpage: number): void => {
    const file = openSync(path(), 'r+');
    writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, 4096 * (rootpage - 1));
    closeSync(file);
  };

  it('takes the window along: all that it wrote, and writes, is in the new list', async () => {
    openStore(folder(), systemClock, fail).store.dispose();
    const database = new DatabaseSync(path());
    const page = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'historyByKind'`).get();
    database.close();

    const seed = 7;
    await using window = new WindowProcess({ work: 'write', folder: folder(), seed, from: 1 });
    window.go();
    const untilWritten = async (last: number): Promise<void> => {
      for (let line = await window.first('wrote'); line.number < last; line = await window.next('wrote'));
    };
    await untilWritten(WRITES);
    damage(Number(page?.rootpage));
    const { store, trouble } = openStore(folder(), systemClock, fail);
    const lastSaid = window.lines.at(-1);
    await untilWritten((lastSaid?.type === 'wrote' ? lastSaid.number : 0) + WRITES);
    await window.kill();

    const last = window.lines.at(-1);
    const said = last?.type === 'wrote' ? last.number : 0;
    const expected: ExpectedList = new Map();
    for (let number = 1; number <= said; number++) {
      expectWrite(expected, writeOf(seed, number));
    }
    const upToSaid = textOf(expected);
    expectWrite(expected, writeOf(seed, said + 1));
    const held = textOf(heldBy(store));
    store.dispose();
    assert.equal(trouble?.kind, 'damaged');
    // The kill may have come between a commit and its being said.
    assert.equal(held, held === textOf(expected) ? textOf(expected) : upToSaid);
    const moved = readdirSync(folder()).filter(name => /damaged-[^.]*\.\d+Z$/.test(name));
    assert.equal(moved.length, 1);
  });

  it('takes a window along that writes nothing, and hands it what others write', async () => {
    const { store } = openStore(folder(), systemClock, fail);
    const { key } = store.add('https://gateway.example/x', 'vgen_1', 1).task;
    store.dispose();
    await using window = new WindowProcess({ work: 'rename', folder: folder(), task: key });
    await window.first('ready');
    const bytes = readFileSync(path());
    bytes.fill(0xff, 4096 * 2, 4096 * 3);
    writeFileSync(path(), bytes);
    const other = openStore(folder(), systemClock, fail);
    const { key: added } = other.store.add('https://gateway.example/x', 'vgen_2', 2).task;
    window.go();
    await window.first('renamed');
    assert.deepEqual(
      [
        other.trouble?.kind,
        other.store.find('https://gateway.example/x', 'vgen_1')?.label,
        other.store.get(added)?.id,
        other.store.list().length,
      ],
      ['damaged', '1', 'vgen_2', 2],
    );
    other.store.dispose();
  });
});
