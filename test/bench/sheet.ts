import { resolve } from 'node:path';
import { tableOf, type Bench } from './lib/bench.ts';
import { rounded } from './lib/statistics.ts';
import { CLIPS, measureSheet } from './sheet/measure.ts';

const root = resolve(import.meta.dirname, '../..');

/** How a contact sheet of many clips does. */
export const bench: Bench = {
  title: `in a real VS Code: a contact sheet of ${CLIPS} clips, opened and scrolled through`,
  async run() {
    const { usable, heap, dropped, frames, droppedAtRest, tiles } = await measureSheet(root);
    return {
      json: {
        usableMs: rounded(usable, 0),
        heapMiB: rounded(heap, 1),
        droppedFrames: dropped,
        frames,
      },
      table: tableOf([
        ['contact sheet', ''],
        ['from the click until the first screen has its frames', `${usable.toFixed(0)} ms`],
        ['JavaScript heap that it takes, after the scrolling', `${heap.toFixed(1)} MiB`],
        ['tiles that exist, at most', String(tiles)],
        ['frames dropped while it is scrolled through', `${dropped} of ${frames}`],
        ['frames dropped in as long a time without scrolling', `${droppedAtRest} of ${frames}`],
      ]),
    };
  },
};
