/** Measures one distribution, named by its place in the list, in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { DISTRIBUTIONS } from './distributions.ts';
import { measure } from './measure.ts';

const distribution = DISTRIBUTIONS[Number(workerData)];
if (distribution) {
  parentPort?.postMessage(await measure(distribution));
}
