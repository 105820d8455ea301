import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE, systemClock } from '../../../src/base/clock.ts';
import { openStore } from '../../../src/store/openStore.ts';
import { seededRandom, type Random } from '../../bench/lib/random.ts';
import { useFolder } from '../builders.ts';
import { WindowProcess } from './windowsChild.ts';
import { expectWrite, heldBy, textOf, writeOf, type ExpectedList } from './windowsWrites.ts';

/** Two lists at a time: most of a round is the start of a process. */
const LISTS = 2;
const ROUNDS_EACH = 100;

/** A kill comes after up to so many writes, at any moment within a time in ms that lasts longer than one. */
const MOST_WRITES = 8;
const WRITING = 10;

/** Some kills come sooner, at any moment from the start of the process on, ms: it may be opening the list. */
const STARTING = 150;
const SHARE_STARTING = 0.2;

describe('a window that is killed while it writes', () => {
  const folder = useFolder();

  it('leaves what it had announced and at most the write that was under way, whole: 200 times', async function () {
    this.timeout(15 * MINUTE);
    const seed = Date.now() % 2 ** 31;
    const written = await Promise.all(
      Array.from({ length: LISTS }, (_, index) =>
        killAgainAndAgain(join(folder(), `${index}`), seed + index),
      ),
    );
    // Else the kills came too soon to show anything.
    assert.ok(Math.min(...written) > 2 * ROUNDS_EACH, `only ${written.join(' and ')} writes`);
  });
});

/** Kills writing windows on one list, looks at the list after each, and gives the number of writes that it holds. */
async function killAgainAndAgain(folder: string, seed: number): Promise<number> {
  const random = seededRandom(seed);
  const list: ExpectedList = new Map();
  let written = 0;
  reopen(folder);
  for (let round = 1; round <= ROUNDS_EACH; round++) {
    const announced = await writeAndKill(folder, seed, written + 1, random);
    const held = reopen(folder);
    while (written < announced) {
      expectWrite(list, writeOf(seed, ++written));
    }
    if (held !== textOf(list)) {
      expectWrite(list, writeOf(seed, ++written));
      assert.equal(held, textOf(list), `round ${round}, after write ${announced}, seed ${seed}`);
    }
  }
  return written;
}

/** Lets a process write from a number on, kills it, and gives the last number that it announced. */
async function writeAndKill(folder: string, seed: number, from: number, random: Random): Promise<number> {
  const window = new WindowProcess({ work: 'write', folder, seed, from });
  window.go();
  if (random() < SHARE_STARTING) {
    await delay(random() * STARTING);
  } else {
    const last = from + Math.floor(random() * MOST_WRITES);
    for (let line = await window.first('wrote'); line.number < last; line = await window.next('wrote'));
    await delay(random() * WRITING);
  }
  await window.kill();
  const last = window.lines.at(-1);
  return last?.type === 'wrote' ? last.number : from - 1;
}

/** The list as the next window finds it; the file must be whole. */
function reopen(folder: string): string {
  const { store, trouble } = openStore(folder, systemClock, error => {
    throw error;
  });
  const held = textOf(heldBy(store));
  store.dispose();
  const database = new DatabaseSync(join(folder, 'dailies.db'), { readOnly: true });
  const integrity = database.prepare('PRAGMA integrity_check').all();
  database.close();
  assert.deepEqual([trouble, integrity.map(row => ({ ...row }))], [undefined, [{ integrity_check: 'ok' }]]);
  return held;
}
