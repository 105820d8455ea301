// `npm test`: everything that must hold, two things at a time. Ends with "N passed, N failed".
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = resolve(import.meta.dirname, '..');

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** One thing to check: programs of the project, with their parameters, which must all be content. */
interface Stage {
  readonly name: string;
  readonly programs: readonly (readonly string[])[];
}

/** Much of a test in VS Code is waiting, so two run at a time even on two cores. */
const AT_A_TIME = 2;

const tsc = 'node_modules/typescript/bin/tsc';
const hostFiles = globSync('test/host/**/*.test.ts', { cwd: root }).sort();

/** The half of the tests in VS Code that begins with the file of this index: they take turns, which makes the halves alike. */
function hostTests(first: 0 | 1): readonly string[] {
  return ['test/vscode/cli.ts', ...hostFiles.filter((_, index) => index % 2 === first)];
}

/** A stage of unit tests. */
function unitTests(name: string, ...files: readonly string[]): Stage {
  return { name, programs: [['node_modules/mocha/bin/mocha.js', '--exit', '--reporter', 'dot', ...files]] };
}

/** What the others need, one after the other. */
const first: readonly Stage[] = [
  { name: 'build', programs: [['esbuild.js', '--production']] },
  { name: 'VS Code and a browser', programs: [['test/vscode/prepare.ts']] },
];

/** The longest first. */
const stages: readonly Stage[] = [
  { name: 'tests in VS Code, first half', programs: [hostTests(0)] },
  { name: 'tests in VS Code, second half', programs: [hostTests(1)] },
  unitTests('unit tests', 'test/unit/!(preview)/**/*.test.ts'),
  unitTests('pages in a browser', 'test/unit/preview/!(playback|compareSync).test.ts'),
  { name: 'the journey', programs: [['test/start/cli.ts', '--check']] },
  { name: 'lint', programs: [['node_modules/eslint/bin/eslint.js']] },
  {
    name: 'types',
    programs: ['.', 'src/preview/player', 'src/preview/compare', 'src/preview/sheet', 'test'].map(project => [
      tsc,
      '--project',
      project,
    ]),
  },
  { name: 'format', programs: [['node_modules/prettier/bin/prettier.cjs', '--check', '.']] },
];

/** What needs the machine for itself, at the end. */
const last: readonly Stage[] = [
  unitTests(
    'pictures and sound in time',
    'test/unit/preview/playback.test.ts',
    'test/unit/preview/compareSync.test.ts',
  ),
];

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

/** Runs a stage and prints what it said when it is through. */
async function run({ name, programs }: Stage): Promise<Counts> {
  console.log(`-- ${name} …`);
  const begun = performance.now();
  const counts = [];
  for (const parameters of programs) {
    counts.push(await count(parameters));
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`\n== ${name}: ${seconds} s\n${counts.map(({ output }) => output).join('')}`);
  return sum(counts);
}

function sum(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((total, one) => total + one.passed, 0),
    failed: counts.reduce((total, one) => total + one.failed, 0),
  };
}

const results: Counts[] = [];
for (const stage of first) {
  results.push(await run(stage));
}
const waiting = [...stages];
await Promise.all(
  Array.from({ length: AT_A_TIME }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results.push(await run(next));
    }
  }),
);

for (const stage of last) {
  results.push(await run(stage));
}

const { passed, failed } = sum(results);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
