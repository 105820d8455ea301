import { join } from 'node:path';
import { TaskStore } from '../../../src/tasks/store.ts';
import type { Clock } from '../../../src/base/clock.ts';
import { WindowProcess } from './windowsChild.ts';

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
          if (keys.has(task.key) && store.get(task.key)?.label === String(time)) {
            listener.dispose();
            resolve(Date.now());
          }
        });
      });
      const renamed = other.next('renamed');
      other.go();
      taken.push((await heard) - (await renamed).at);
    }
    return taken;
  } finally {
    store.dispose();
  }
}
