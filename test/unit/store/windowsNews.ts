import { join } from 'node:path';
import { TaskStore } from '../../../src/store/store.ts';
import type { Clock } from '../../../src/base/clock.ts';
import { WindowProcess } from './windowsChild.ts';

/** How long a window is given to hear of a commit before the next one is made, ms. */
const AGAIN = 15_000;

/**
 * Lets another process rename a task several times, and gives how long each time it took from its commit until
 * `onDidChange` of a store in this process had announced it, ms. The other finds the list's file in `otherFolder`.
 */
export async function timeNews(
  folder: string,
  clock: Clock,
  times: number,
  otherFolder = folder,
): Promise<number[]> {
  const store = new TaskStore(join(folder, 'dailies.db'), { clock });
  try {
    const { task } = store.add('http://127.0.0.1:9/x', 'vgen_1', Date.now());
    await using other = new WindowProcess({ work: 'rename', folder: otherFolder, task: task.key });
    await other.first('ready');
    const taken: number[] = [];
    for (let time = 1; time <= times; time++) {
      const heard = new Promise<number>(resolve => {
        const listener = store.onDidChange(keys => {
          if (keys.has(task.key) && Number(store.get(task.key)?.label) >= time) {
            listener.dispose();
            resolve(Date.now());
          }
        });
      });
      const renamed = other.next('renamed');
      other.go();
      // A disk that stands still may hold a commit back until nobody looks any more: the next one brings both.
      const again = setInterval(() => {
        other.go();
      }, AGAIN);
      const heardAt = await heard;
      clearInterval(again);
      taken.push(heardAt - (await renamed).at);
    }
    return taken;
  } finally {
    store.dispose();
  }
}
