/** A thread that opens one new list after the other, each at the same moment as its fellows. Says what was wrong with any. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../../src/base/clock.ts';
import { openStore, type StoreTrouble } from '../../../src/store/openStore.ts';

/** What the threads have in common. */
export interface OpeningOrder {
  readonly folder: string;
  readonly lists: number;
  readonly threads: number;
  /** One number, shared: how often any of them was ready for the next list. */
  readonly arrived: Int32Array<SharedArrayBuffer>;
}

const { folder, lists, threads, arrived } = workerData as OpeningOrder;
const troubles: StoreTrouble[] = [];
for (let list = 1; list <= lists; list++) {
  Atomics.add(arrived, 0, 1);
  Atomics.notify(arrived, 0);
  for (let seen = 0; seen < threads * list; seen = Atomics.load(arrived, 0)) {
    Atomics.wait(arrived, 0, seen);
  }
  const { store, trouble } = openStore(join(folder, `${list}`), systemClock, () => undefined);
  store.dispose();
  if (trouble) {
    troubles.push(trouble);
  }
}
parentPort?.postMessage(troubles);
