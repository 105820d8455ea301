import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import type { Log } from '../../../src/base/log.ts';
import { ClipChecker } from '../../../src/saving/clipChecker.ts';
import { LocalFolder } from '../../../src/saving/place.ts';
import { Saver } from '../../../src/saving/saver.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { watchMemory } from './peakMemory.ts';
import type { SaveCost, SaveOrder } from './protocol.ts';

/** bytes */
const LARGEST = 2 * 1024 ** 3;

const quiet: Log = { debug: ignore, info: ignore, warn: ignore, error: console.error };

function ignore(): void {
  // What goes well is of no interest here, and what does not shows in the task.
}

/** A saver as the extension builds it, with the settings as they come. */
function buildSaver(store: TaskStore, folder: string): Saver {
  const target = new LocalFolder(join(folder, 'clips'));
  return new Saver({
    store,
    clock: systemClock,
    log: quiet,
    workFiles: new WorkFiles(store),
    checker: new ClipChecker(
      new URL('../../../src/saving/checkWorker.ts', import.meta.url),
      systemClock,
      quiet,
    ),
    targetOf: () => Promise.resolve(target),
    nameTemplate: () => '{date}_{label|model}_{shortId}',
    writesSidecars: () => false,
    rulesOf: () => ({ allowLoopback: true, largest: LARGEST }),
  });
}

/** Adds a task for each link whose clip is to be saved now. */
function addFinished(store: TaskStore, links: readonly string[]): void {
  const now = Date.now();
  store.commit(() => {
    for (const [index, videoUrl] of links.entries()) {
      const id = `vgen_${String(index).padStart(12, '0')}`;
      const { task } = store.add(new URL('/kyyReactApiServer', videoUrl).href, id, now);
      store.update(task.key, {
        generation: 'completed',
        model: 'veo_3_1_fast',
        askedAt: now,
        answeredAt: now,
        completedSeenAt: now,
        nextPollAt: null,
        videoUrl,
        linkExpiresAt: now + 86_400_000 + index,
        file: 'waiting',
        nextSaveAt: now,
      });
    }
  });
}

/** All tasks once every one is saved; nothing while one is not. Throws for one that will not be. */
function savedTasks(store: TaskStore): Task[] | undefined {
  const tasks = store.list();
  const failed = tasks.find(task => task.file === 'failed' || task.file === 'expired');
  if (failed) {
    throw new Error(`A clip was not saved: ${String(failed.saveProblem)} ${String(failed.saveProblemText)}`);
  }
  return tasks.every(task => task.file === 'saved') ? tasks : undefined;
}

/** Puts finished tasks into a list of its own, wakes a saver, and tells what it cost until all are saved. */
export async function save({ folder, links }: SaveOrder): Promise<SaveCost> {
  mkdirSync(folder);
  const store = new TaskStore(join(folder, 'dailies.db'), {
    clock: systemClock,
    onListenerError: console.error,
  });
  addFinished(store, links);
  const saver = buildSaver(store, folder);
  const all = new Promise<Task[]>(done => {
    store.onDidChange(() => {
      saver.wake();
      const tasks = savedTasks(store);
      if (tasks) {
        done(tasks);
      }
    });
  });
  const stopWatching = watchMemory();
  const cpu = process.cpuUsage();
  const start = performance.now();
  saver.wake();
  const tasks = await all;
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const growth = stopWatching();
  saver.dispose();
  store.dispose();
  return {
    ms,
    cpuMs: (user + system) / 1000,
    growth,
    sizes: tasks.map(task => statSync(task.filePath ?? '').size),
  };
}
