import { join } from 'node:path';
import { SECOND, systemClock } from '../../../src/base/clock.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { WindowProcess } from './windowsChild.ts';
import { tokensOf } from './windowsPolling.ts';
import type { WindowLine } from './windowsProtocol.ts';

/** How much is polled, by how many processes. */
export interface Volume {
  readonly windows: number;
  readonly tasks: number;
  /** How often each task comes due. */
  readonly rounds: number;
  /** Over how many gateways the tasks are spread: each is asked two questions at a time. */
  readonly gateways: number;
  /** After this long, ms, what was not asked is missed. */
  readonly limit: number;
}

/** What came of it. */
export interface Tally {
  /** Polls that were made twice, or before they were due. */
  readonly duplicates: number;
  /** Answers and renames that are not found in the list afterwards. */
  readonly lostUpdates: number;
  /** Due polls that were never made. */
  readonly missed: number;
  /** Polls that each window made. */
  readonly shares: readonly number[];
  /** From the first poll to the last. */
  readonly seconds: number;
}

/** Polls tasks with several processes on one list in a folder, and counts what went wrong. */
export async function pollInWindows(folder: string, volume: Volume): Promise<Tally> {
  addTasks(folder, volume);
  const windows = Array.from(
    { length: volume.windows },
    () => new WindowProcess({ work: 'poll', folder, rounds: volume.rounds }),
  );
  const timer = setTimeout(() => {
    windows.forEach(window => void window.kill());
  }, volume.limit);
  try {
    await Promise.all(windows.map(window => window.first('ready')));
    windows.forEach(window => {
      window.go();
    });
    await Promise.all(windows.map(window => window.over));
  } finally {
    clearTimeout(timer);
    await Promise.all(windows.map(window => window.kill()));
  }
  return tally(
    listOf(folder),
    windows.map(window => window.lines),
    volume.rounds,
  );
}

function addTasks(folder: string, volume: Volume): void {
  const store = new TaskStore(join(folder, 'dailies.db'), { clock: systemClock });
  store.commit(() => {
    for (let index = 0; index < volume.tasks; index++) {
      // Never contacted: the answers are made up.
      store.add(`http://127.0.0.1:9/${index % volume.gateways}`, `vgen_${index}`, Date.now());
    }
  });
  store.dispose();
}

function listOf(folder: string): Task[] {
  const store = new TaskStore(join(folder, 'dailies.db'), { clock: systemClock });
  try {
    return store.list();
  } finally {
    store.dispose();
  }
}

function tally(tasks: readonly Task[], said: readonly (readonly WindowLine[])[], rounds: number): Tally {
  const asked = said.flat().filter(line => line.type === 'asked');
  const renames = said.flat().filter(line => line.type === 'renamed').length;
  const made = new Set(asked.map(line => `${line.task} ${line.dueAt}`));
  const kept = new Set(tasks.flatMap(tokensOf));
  const labels = tasks.reduce((sum, task) => sum + Number(task.label ?? 0), 0);
  const moments = asked.map(line => line.at).sort((a, b) => a - b);
  return {
    duplicates: asked.length - made.size + asked.filter(line => line.at < line.dueAt).length,
    lostUpdates: asked.filter(line => !kept.has(line.token)).length + Math.abs(renames - labels),
    missed: tasks.length * rounds - made.size,
    shares: said.map(lines => lines.filter(line => line.type === 'asked').length),
    seconds: ((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / SECOND,
  };
}
