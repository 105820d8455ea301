// `npm test`: everything that must hold, one after the other. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Mocha from 'mocha';
import { runSuites } from './vscode/runSuites.ts';

const root = resolve(import.meta.dirname, '..');

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** One thing to check, by the tests within it. */
interface Stage {
  readonly name: string;
  readonly run: () => Counts | Promise<Counts>;
}

/** A program of the project that is content or not; counts as one test. */
function program(...parameters: string[]): Counts {
  const { status } = spawnSync(process.execPath, parameters, { cwd: root, stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function sum(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((total, one) => total + one.passed, 0),
    failed: counts.reduce((total, one) => total + one.failed, 0),
  };
}

async function unitTests(): Promise<Counts> {
  const mocha = new Mocha({ timeout: 60_000, reporter: 'dot' });
  for (const file of globSync('test/unit/**/*.test.ts', { cwd: root }).sort()) {
    mocha.addFile(join(root, file));
  }
  await mocha.loadFilesAsync();
  return new Promise(done => {
    const runner = mocha.run(failed => {
      done({ passed: runner.stats?.passes ?? 0, failed });
    });
  });
}

async function hostTests(): Promise<Counts> {
  const { passed, failed, pending } = await runSuites({ root, limitMs: 20 * 60_000 });
  // A test that was skipped has not passed.
  return { passed, failed: failed + pending };
}

const tsc = 'node_modules/typescript/bin/tsc';

const stages: readonly Stage[] = [
  { name: 'build', run: () => program('esbuild.js', '--production') },
  {
    name: 'types',
    run: () => sum(['.', 'src/preview/player', 'test'].map(project => program(tsc, '--project', project))),
  },
  { name: 'lint', run: () => program('node_modules/eslint/bin/eslint.js') },
  { name: 'format', run: () => program('node_modules/prettier/bin/prettier.cjs', '--check', '.') },
  { name: 'unit tests', run: unitTests },
  { name: 'tests in VS Code', run: hostTests },
  { name: 'the journey', run: () => program('test/start/cli.ts', '--check') },
];

const results: Counts[] = [];
for (const { name, run } of stages) {
  console.log(`\n== ${name}`);
  const begun = performance.now();
  try {
    results.push(await run());
  } catch (error) {
    console.error(error);
    results.push({ passed: 0, failed: 1 });
  }
  console.log(`== ${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

const { passed, failed } = sum(results);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
