import { resolve } from 'node:path';
import { tableOf, verdict, type Bench } from './lib/bench.ts';
import { rounded } from './lib/statistics.ts';
import { timeFirstFrames } from './preview/firstFrames.ts';

const root = resolve(import.meta.dirname, '../..');

const GOAL = 1.3;

/** How soon a clip is on the screen after the click on its row. */
export const bench: Bench = {
  title:
    'in a real VS Code: from the click on a row to the first frame of its clip, against a webview with nothing but <video src>',
  async run() {
    const { first, next } = await timeFirstFrames(root);
    const ratio = first.dailies / first.bare;
    return {
      json: {
        dailiesMs: rounded(first.dailies, 0),
        bareMs: rounded(first.bare, 0),
        ratio: rounded(ratio, 3),
        next: {
          dailiesMs: rounded(next.dailies, 0),
          bareMs: rounded(next.bare, 0),
          ratio: rounded(next.dailies / next.bare, 3),
        },
      },
      table: [
        tableOf([
          ['click to first frame', 'bare, ms', 'Dailies, ms', 'ratio'],
          ...(
            [
              ['in a new panel', first],
              ['in the panel that is open', next],
            ] as const
          ).map(([name, { bare, dailies }]) => [
            name,
            bare.toFixed(0),
            dailies.toFixed(0),
            (dailies / bare).toFixed(2),
          ]),
        ]),
        `  in a new panel ${ratio.toFixed(2)} of the bare one (goal: at most ${GOAL}): ${verdict(ratio <= GOAL)}`,
      ].join('\n'),
    };
  },
};
