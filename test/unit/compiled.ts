import { buildSync } from 'esbuild';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { makeScratch } from '../vscode/scratch.ts';

const root = resolve(import.meta.dirname, '../..');
const made = new Map<string, string>();

/**
 * A source of the project, named from its root, as one JavaScript file: a process or a thread starts from that in a fraction of the
 * time that Node takes for the sources. It is made once, and lasts as long as this process.
 */
export function compiled(source: string): string {
  let file = made.get(source);
  if (file === undefined) {
    const folder = makeScratch(tmpdir(), 'dailies-compiled').path;
    file = join(folder, basename(source).replace(/\.ts$/, '.mjs'));
    buildSync({
      absWorkingDir: root,
      entryPoints: [source],
      outfile: file,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      sourcemap: 'inline',
      logLevel: 'warning',
    });
    made.set(source, file);
  }
  return file;
}
