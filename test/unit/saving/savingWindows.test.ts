import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE } from '../../../src/base/clock.ts';
import { messageOf } from '../../../src/base/errors.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { seededRandom } from '../../bench/lib/random.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import type { Step } from './savingProtocol.ts';
import { useWindows, type SavingWindow } from './savingWindow.ts';
import { useStage, type Stage } from './stage.ts';

const clip = clipBytes('tone');

/** A line on which a clip takes a second and a half, bytes a second: parts are flushed every second. */
const SLOW = clip.length / 1.5;

const LISTS = 2;
const KILLS_EACH = 10;

/** What a clip has reached before its window is killed, in turn, and up to how long after that, ms. */
const POINTS: readonly [Step, number][] = [
  ['download', 700],
  ['halfway', 300],
  ['check', 30],
  ['naming', 5],
];

/** Adds clips that are to be saved now, all in one commit of the list. */
async function addClips(stage: Stage, count: number): Promise<void> {
  const tasks: Task[] = [];
  for (let index = 0; index < count; index++) {
    tasks.push(await stage.addTask({}, { label: 'take' }));
  }
  stage.store.commit(() => {
    for (const { key } of tasks) {
      stage.store.update(key, { file: 'waiting', nextSaveAt: Date.now() });
    }
  });
}

/** Fails unless all that looks like a clip is one, whole. Gives how many there are. */
function countWhole(folder: string): number {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const clips = names.filter(name => !/^\.dailies-.*\.part$/.test(name));
  for (const name of clips) {
    assert.ok(readFileSync(join(folder, name)).equals(clip), `${name} is not whole`);
  }
  return clips.length;
}

/** Fails unless all clips of a list are saved, each once, and nothing else is there. */
function assertAllSaved(stage: Stage): void {
  const tasks = stage.store.list();
  assert.deepEqual(
    tasks.map(({ file, saveProblem, part }) => [file, saveProblem, part]),
    tasks.map(() => ['saved', null, null]),
  );
  assert.deepEqual(
    [
      readdirSync(stage.target)
        .map(name => join(stage.target, name))
        .sort(),
      countWhole(stage.target),
    ],
    [tasks.map(({ filePath }) => filePath ?? '').sort(), tasks.length],
  );
}

describe('a window that is killed while it saves', () => {
  const stages = Array.from({ length: LISTS }, () => useStage({ saves: false }));
  const open = useWindows();

  it(`leaves what the next one goes on with, and nothing half under a clip's name: ${LISTS * KILLS_EACH} times`, async function () {
    // Most of a round is the start of a process.
    this.timeout(15 * MINUTE);
    const seed = Date.now() % 2 ** 31;
    try {
      await Promise.all(stages.map((stage, index) => killAgainAndAgain(stage(), seed + index)));
    } catch (error) {
      throw new Error(`With the seed ${seed}: ${messageOf(error)}`, { cause: error });
    }
  });

  /** Kills window after window on one list, and lets the last one end the work. */
  async function killAgainAndAgain(stage: Stage, seed: number): Promise<void> {
    const random = seededRandom(seed);
    stage.gateway.setFaults({ kind: 'slow', bytesPerSecond: SLOW }, 'media');
    for (let round = 0; round < KILLS_EACH; round++) {
      if (stage.store.list().every(({ file }) => file === 'saved')) {
        await addClips(stage, 1);
      }
      const [step, longest] = POINTS[round % POINTS.length] ?? ['download', 0];
      const window = openNext(stage, round);
      await window.reached(step);
      await delay(random() * longest);
      await window.kill();
      countWhole(stage.target);
    }
    const unsaved = stage.store.list().filter(({ file }) => file !== 'saved').length;
    await openNext(stage, KILLS_EACH).reached('saved', unsaved);
    assertAllSaved(stage);
  }

  /** A window for which the lease of the one before is over. */
  function openNext({ folder, target }: Stage, round: number): SavingWindow {
    return open({ folder, target, template: '', ahead: round * 1.1 * MINUTE });
  }
});

describe('two windows on one list', () => {
  const stage = useStage({ saves: false });
  const open = useWindows();

  for (const count of [1, 6]) {
    it(`save each of ${count} once, and never under one name`, async () => {
      const { folder, target } = stage();
      const windows = [1, 2].map(() => open({ folder, target, template: '{label}', ahead: 0 }));
      await Promise.all(windows.map(window => window.ready()));
      await addClips(stage(), count);
      await Promise.all(windows.map(window => window.reached('saved', count)));
      assertAllSaved(stage());
      const paths = (await stage().downloads()).map(({ path }) => path);
      assert.deepEqual([paths.length, new Set(paths).size], [count, count]);
      assert.deepEqual(
        stage().names(),
        ['take.mp4', ...[2, 3, 4, 5, 6].map(number => `take (${number}).mp4`)].slice(0, count).sort(),
      );
    });
  }
});
