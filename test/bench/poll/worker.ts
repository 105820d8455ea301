/** Measures one distribution, named by its place in the list, in a thread of its own: as it is, when it shifts, or when many tasks begin together. */
import { parentPort, workerData } from 'node:worker_threads';
import { measureBursts } from './bursts.ts';
import { DISTRIBUTIONS } from './distributions.ts';
import { measure } from './measure.ts';
import { measureShift } from './shift.ts';

/** What a thread is to measure. */
export type Part = keyof typeof PARTS;

const PARTS = { steady: measure, shift: measureShift, bursts: measureBursts } as const;

const { part, place } = workerData as { readonly part: Part; readonly place: number };
const distribution = DISTRIBUTIONS[place];
if (distribution) {
  parentPort?.postMessage(await PARTS[part](distribution));
}
