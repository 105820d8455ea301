import { build, type Plugin } from 'esbuild';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { makeScratch } from './scratch.ts';
import { pathToFileURL } from 'node:url';

/** The suites, compiled. */
export interface SuiteBundle {
  /** The folder of the extension that runs them. */
  readonly folder: string;
  /** Absolute paths of the compiled test files, in the order of their names. */
  readonly files: readonly string[];
  /** Where the pictures of failed tests go: `out/host-tests`. Empty at first. */
  readonly pictures: string;
  /** Removes all but the pictures. */
  readonly remove: () => void;
}

/**
 * Compiles test files (those named, absolute or from the root; else all of `test/host`) into an extension that can run them.
 * Packages stay outside the bundle and are found in the project's node_modules. Fails when there is no test file.
 */
export async function bundleSuites(root: string, named: readonly string[] = []): Promise<SuiteBundle> {
  const sources = named.length > 0 ? named.map(file => resolve(root, file)) : await findSuites(root);
  if (sources.length === 0) throw new Error('There is no test file below test/host');
  const pictures = join(root, 'out', 'host-tests');
  await mkdir(pictures, { recursive: true });
  for await (const old of glob('*.png', { cwd: pictures })) await rm(join(pictures, old), { force: true });
  const { path: folder, remove } = makeScratch(pictures, 'run');
  const names = sources.map(source =>
    join('suites', relative(root, source).replaceAll('..', 'outside').replace(/\.ts$/, '')),
  );
  await build({
    absWorkingDir: root,
    entryPoints: {
      extension: join(import.meta.dirname, 'runner', 'extension.ts'),
      ...Object.fromEntries(names.map((name, index) => [name, sources[index] ?? ''])),
    },
    outdir: folder,
    // By its name mocha knows what to import. Else it requires it, and an extension host before Node 24 never comes back from
    // that: the thread that resolves `vscode` waits for the one that waits for it.
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // One copy of a module for all of them, as they run in one process.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    sourcemap: 'inline',
    plugins: [ownPlace],
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'package.json'), JSON.stringify(runnerManifest, null, 2));
  return { folder, files: names.map(name => join(folder, `${name}.mjs`)), pictures, remove };
}

/** A bundled file still finds what lies beside its source: the clips, say. */
const ownPlace: Plugin = {
  name: 'own place',
  setup: bundler => {
    bundler.onLoad({ filter: /[\\/]test[\\/](fixtures|gateway)[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    }));
  },
};

const runnerManifest = {
  name: 'host-tests',
  publisher: 'dailies',
  displayName: 'Host Tests',
  version: '0.0.0',
  type: 'module',
  engines: { vscode: '^1.100.0' },
  main: './extension.mjs',
  activationEvents: ['onStartupFinished'],
  // Where Dailies runs, so that both share one extension host.
  extensionKind: ['ui', 'workspace'],
};

async function findSuites(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('test/host/**/*.test.ts', { cwd: root })) found.push(join(root, file));
  return found.sort();
}
