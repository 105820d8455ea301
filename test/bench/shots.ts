import { resolve } from 'node:path';
import { tableOf, verdict, type Bench } from './lib/bench.ts';
import { rounded } from './lib/statistics.ts';
import { LINES } from './shots/longFile.ts';
import { timeReading } from './shots/reading.ts';
import { timeTyping } from './shots/typing.ts';

const root = resolve(import.meta.dirname, '../..');

/** ms. */
const PARSE_GOAL = 50;
const KEY_GOAL = 30;

/** How a long shot file does while a person types in it. */
export const bench: Bench = {
  title: `a shot file of ${LINES} lines: reading it, against the YAML in it alone; in a real VS Code, what the extension host does after a key, against the same text as Markdown`,
  async run() {
    const { parse, yaml, afterKey } = timeReading();
    const { dailies, markdown } = await timeTyping(root);
    return {
      json: {
        lines: LINES,
        parse: { dailiesMs: rounded(parse, 1), yamlMs: rounded(yaml, 1), ratio: rounded(parse / yaml, 2) },
        afterKey: { readMs: rounded(afterKey, 1) },
        typing: {
          dailiesCpuMs: rounded(dailies.busy, 1),
          markdownCpuMs: rounded(markdown.busy, 1),
          ratio: rounded(dailies.busy / markdown.busy, 2),
          dailiesLongestMs: rounded(dailies.longest, 1),
          dailiesLongest95Ms: rounded(dailies.longest95, 1),
          markdownLongestMs: rounded(markdown.longest, 1),
          problemsToldMs: dailies.told === null ? null : rounded(dailies.told, 0),
        },
      },
      table: [
        tableOf([
          ['reading, ms of CPU', 'Dailies', 'its YAML alone', 'ratio'],
          ['for the first time', parse.toFixed(1), yaml.toFixed(1), (parse / yaml).toFixed(2)],
          ['after a key, with all that is wrong', afterKey.toFixed(1), '', ''],
        ]),
        `  for the first time: ${verdict(parse <= PARSE_GOAL)} (goal: at most ${PARSE_GOAL} ms)`,
        '',
        tableOf([
          ['extension host after a key, ms', 'shot file', 'Markdown', 'ratio'],
          [
            'CPU altogether',
            dailies.busy.toFixed(1),
            markdown.busy.toFixed(1),
            (dailies.busy / markdown.busy).toFixed(2),
          ],
          ['the longest at a time, median', dailies.longest.toFixed(1), markdown.longest.toFixed(1), ''],
          [
            'the longest at a time, 95 of 100 keys',
            dailies.longest95.toFixed(1),
            markdown.longest95.toFixed(1),
            '',
          ],
          [
            'until the Problems view is told',
            dailies.told?.toFixed(0) ?? '-',
            markdown.told?.toFixed(0) ?? '-',
            '',
          ],
        ]),
        `  the longest at a time, median: ${verdict(dailies.longest <= KEY_GOAL)} (goal: at most ${KEY_GOAL} ms, on a machine that does nothing else)`,
      ].join('\n'),
    };
  },
};
