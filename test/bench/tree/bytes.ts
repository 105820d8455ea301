import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from '../../package.ts';

/** 1.2 MB */
export const VSIX_GOAL = 800_000;

/** The part of esbuild's own record that says what belongs together. */
interface BuildRecord {
  readonly outputs: Readonly<
    Record<
      string,
      { entryPoint?: string; bytes: number; imports: { path: string; kind: string; external?: boolean }[] }
    >
  >;
}

/** Builds and packs Dailies; gives the bytes of the modules that start-up loads, and those of the VSIX. */
export function measureBytes(root: string, archive: string): { startup: number; vsix: number } {
  packageExtension(archive);
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as BuildRecord;
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (!loaded.has(path)) {
      loaded.add(path);
      for (const found of outputs[path]?.imports ?? []) {
        if (found.kind === 'import-statement' && found.external !== true) {
          load(found.path);
        }
      }
    }
  };
  // The entry loads the second at once.
  const starts = ['src/extension.ts', 'src/dailies.ts'];
  for (const [path, { entryPoint = '' }] of Object.entries(outputs)) {
    if (starts.includes(entryPoint)) {
      load(path);
    }
  }
  const startup = [...loaded].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { startup, vsix: statSync(archive).size };
}
