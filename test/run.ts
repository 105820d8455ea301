// `npm test [-- --quick | --oldest]`: everything that must hold, what is worth running after each change, or everything and the main job
// in the oldest VS Code. One line for each step; what a step said follows when it failed. Ends with "N passed, N failed".
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { quickPlan, wholePlan, type Stage } from './stages.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, oldest: { type: 'boolean', default: false } },
});

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Much of a test is waiting, so three run at a time even on two cores. */
const AT_A_TIME = 3;

/** Runs a program of the project to its end. One that runs mocha counts as its tests, any other as one. */
async function count(parameters: readonly string[]): Promise<Counts & { readonly output: string }> {
  const child = spawn(process.execPath, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => (output += stripVTControlCharacters(piece)));
  }
  const [status] = (await once(child, 'close')) as [number | null];
  const isContent = status === 0;
  const read = (word: string): number =>
    Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'm').exec(output)?.[1] ?? 0);
  const failed = Math.max(read('failing'), isContent ? 0 : 1);
  return { passed: Math.max(read('passing'), isContent ? 1 : 0), failed, output };
}

/** Runs a stage and prints how it went, and all that it said if it failed. */
async function run({ name, programs }: Stage): Promise<Counts> {
  const begun = performance.now();
  const counts = [];
  for (const parameters of programs) {
    counts.push(await count(parameters));
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const { passed, failed } = sum(counts);
  console.log(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed, ${seconds} s`);
  if (failed > 0) console.log(`\n${counts.map(({ output }) => output).join('')}`);
  return { passed, failed };
}

function sum(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((total, one) => total + one.passed, 0),
    failed: counts.reduce((total, one) => total + one.failed, 0),
  };
}

const plan = values.quick ? quickPlan(root) : wholePlan(root, values.oldest);
const results = [await run(plan.build)];
const waiting = [...plan.together];
let isPrepared = false;

async function prepare(): Promise<void> {
  // The first time it fetches 600 MB. The next line comes over this one.
  if (process.stdout.isTTY) process.stdout.write(`… ${plan.prepare.name}\r`);
  results.push(await run(plan.prepare));
  isPrepared = true;
}

/** Runs what waits, one after the other; until all is prepared, only what can go without. */
async function runWaiting(prepared: Promise<void>): Promise<void> {
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ isPlain = false }) => isPlain || isPrepared);
    if (next < 0) await prepared;
    else for (const stage of waiting.splice(next, 1)) results.push(await run(stage));
  }
}

const prepared = prepare();
const others = Array.from({ length: AT_A_TIME - 1 }, () => runWaiting(prepared));
await Promise.all([prepared.then(() => runWaiting(prepared)), ...others]);
for (const stage of plan.alone) {
  results.push(await run(stage));
}

const { passed, failed } = sum(results);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
