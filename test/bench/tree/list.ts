import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { layListIn, listFolderIn } from '../../fixtures/listOf.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';
import { addTasks, LIST } from '../store/tasks.ts';
import { WATCHED } from './names.ts';

/** How many tasks are under way: few enough that the groups below them are on the screen too. */
const UNDER_WAY = 4;

/** How many takes each shot has where the list is grouped by shots. */
const TAKES = 5;

/**
 * Lays a list of so many tasks into the folder where Dailies will look for it. Nothing is asked about any of them, all
 * saved clips are there, and the newest task is the one to watch.
 */
export function layList(dataDir: string, count: number, grouping: 'state' | 'shot' = 'state'): void {
  layListIn(dataDir, store => {
    addTasks(store, count, UNDER_WAY);
    const [newest] = store.list();
    store.commit(() => {
      for (const [index, task] of store.list().entries()) {
        store.update(task.key, {
          ...(grouping === 'shot' ? takeOf(index) : {}),
          nextPollAt: null,
          nextSaveAt: null,
          ...(task.file === 'saved' ? { seenAt: task.trackedAt } : {}),
        });
      }
      store.update(newest?.key ?? 0, {
        label: WATCHED.dailies,
        generation: 'queued',
        statusWord: 'queued',
        answeredAt: Date.now(),
        notifiedAt: Date.now(),
        told: 'ended',
      });
    });
  });
  const folder = listFolderIn(dataDir);
  const clip = join(folder, 'clip.mp4');
  writeFileSync(clip, '');
  const database = new DatabaseSync(join(folder, LIST));
  database.prepare(`UPDATE tasks SET filePath = ? WHERE file = 'saved'`).run(clip);
  database.prepare(`UPDATE tasks SET told = 'ended' WHERE generation IN ('completed', 'failed')`).run();
  database.close();
}

/** The newest are takes of the shot that comes first. */
function takeOf(index: number): TaskPatch {
  const number = Math.floor(index / TAKES) + 1;
  return { shotFile: 'film.shot.md', shot: `Shot ${number}`, take: (index % TAKES) + 1 };
}
