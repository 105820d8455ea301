import { join, resolve } from 'node:path';
import { tableOf, verdict, type Bench } from './lib/bench.ts';
import { rounded } from './lib/statistics.ts';
import { measureBytes, VSIX_GOAL } from './tree/bytes.ts';
import { timeStarts } from './tree/starts.ts';
import { GROUPING, watchRows } from './tree/watch.ts';

const root = resolve(import.meta.dirname, '../..');

const SIZES = (process.env.DAILIES_BENCH_SIZES ?? '10,1000,10000').split(',').map(Number);

const ROW_GOAL = 1.5;
const ACTIVATION_GOAL = 3;

/** How soon a row says what the store holds, and what Dailies costs when a window opens. */
export const bench: Bench = {
  title:
    'in a real VS Code: a status change until the row on the page says so, against bare flat rows; start-up, against an empty extension',
  async run() {
    // First, as it builds what the others start.
    const bytes = measureBytes(root, join(root, 'out/bench.vsix'));
    const rows = [];
    for (const n of SIZES) {
      const { dailies, bare } = await watchRows(root, n);
      rows.push({ n, dailies, bare, ratio: dailies.stay / bare.stay });
    }
    const { dailies, empty } = await timeStarts(root);
    const activation = dailies.callMs / empty.callMs;
    return {
      json: {
        grouping: GROUPING,
        rows: rows.map(({ n, dailies: own, bare, ratio }) => ({
          n,
          dailiesMs: rounded(own.stay, 1),
          limitMs: rounded(bare.stay, 1),
          ratio: rounded(ratio, 3),
          commitMs: rounded(own.commit, 1),
          moveMs: rounded(own.move, 1),
          moveLimitMs: rounded(bare.move, 1),
        })),
        activation: {
          dailiesMs: rounded(dailies.callMs, 2),
          emptyMs: rounded(empty.callMs, 2),
          ratio: rounded(activation, 2),
          dailiesReadyMs: rounded(dailies.activateMs, 2),
          emptyReadyMs: rounded(empty.activateMs, 2),
        },
        load: { dailiesMs: rounded(dailies.loadMs, 2), emptyMs: rounded(empty.loadMs, 2) },
        bytes,
      },
      table: [
        tableOf([
          [
            'tasks',
            'the limit, ms',
            'Dailies, ms',
            'ratio',
            '(its commit)',
            'moved, limit',
            'moved, Dailies',
          ],
          ...rows.map(({ n, dailies: own, bare, ratio }) => [
            String(n),
            bare.stay.toFixed(1),
            own.stay.toFixed(1),
            ratio.toFixed(2),
            own.commit.toFixed(1),
            bare.move.toFixed(1),
            own.move.toFixed(1),
          ]),
        ]),
        ...rows.map(
          ({ n, ratio }) =>
            `  ${n} tasks: ${ratio.toFixed(2)} of the limit (goal: at most ${ROW_GOAL}): ${verdict(ratio <= ROW_GOAL)}`,
        ),
        '',
        tableOf([
          ['start-up', 'empty, ms', 'Dailies, ms'],
          ['load', empty.loadMs.toFixed(1), dailies.loadMs.toFixed(1)],
          ['activate, until it returns', empty.callMs.toFixed(1), dailies.callMs.toFixed(1)],
          [
            'activate, until its promise resolves',
            empty.activateMs.toFixed(1),
            dailies.activateMs.toFixed(1),
          ],
        ]),
        `  what VS Code counts as activation, the call, is ${activation.toFixed(2)} of the empty one (goal: at most ${ACTIVATION_GOAL}): ${verdict(activation <= ACTIVATION_GOAL)}`,
        `  ${bytes.startup} bytes are loaded at start-up; the VSIX has ${bytes.vsix} (goal: under ${VSIX_GOAL}): ${verdict(bytes.vsix < VSIX_GOAL)}`,
      ].join('\n'),
    };
  },
};
