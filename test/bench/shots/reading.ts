import { parseDocument } from 'yaml';
import { modelCalled } from '../../../src/gateway/models.ts';
import { readShotFile } from '../../../src/making/shotFile.ts';
import { readShots } from '../../../src/shots/issues.ts';
import { median } from '../lib/statistics.ts';
import { longFile, yamlBlocks } from './longFile.ts';

const SAMPLES = 25;

/** Reading a file of 5,000 lines, ms of CPU, medians. */
export interface Reading {
  /** For the first time, as when it is opened. */
  readonly parse: number;
  /** The YAML in it alone, by the parser that reads it. */
  readonly yaml: number;
  /** After a key, with all that is wrong in it: what VS Code is told. */
  readonly afterKey: number;
}

/** Reads by turns, so that what else the machine does falls on both. */
export function timeReading(): Reading {
  const text = longFile();
  const found: Record<keyof Reading, number[]> = { parse: [], yaml: [], afterKey: [] };
  readShots(text, new Map(), modelCalled);
  for (let turn = -5; turn < SAMPLES; turn++) {
    // Blocks that were read before are known: those of a new file are not.
    const fresh = text.replaceAll('\n# ', `\n# ${turn + 5}-`);
    const blocks = yamlBlocks(fresh);
    const times = {
      yaml: timed(() => blocks.map(block => parseDocument(block).toJS() as unknown)),
      parse: timed(() => readShotFile(fresh)),
      afterKey: timed(() => readShots(`${text}${'x'.repeat(turn + 5)}`, new Map(), modelCalled)),
    };
    if (turn >= 0) {
      for (const name of ['parse', 'yaml', 'afterKey'] as const) {
        found[name].push(times[name]);
      }
    }
  }
  return { parse: median(found.parse), yaml: median(found.yaml), afterKey: median(found.afterKey) };
}

/** CPU time, which a machine that is at other things too takes as long for. */
function timed(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
