import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { layListIn, listFolderIn } from '../../fixtures/listOf.ts';
import { addTasks, LIST } from '../store/tasks.ts';
import { WATCHED } from './names.ts';

/** How many tasks are under way: few enough that the groups below them are on the screen too. */
const UNDER_WAY = 4;

/**
 * Lays a list of so many tasks into the folder where Dailies will look for it. Nothing is asked about any of them, all
 * saved clips are there, and the newest task is the one to watch.
 */
export function layList(dataDir: string, count: number): void {
  layListIn(dataDir, store => {
    addTasks(store, count, UNDER_WAY);
    const [newest] = store.list();
    store.commit(() => {
      for (const task of store.list()) {
        store.update(task.key, {
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
