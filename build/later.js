// What start-up does not need: all modules that Dailies imports on first use become one file. By themselves they would be some hundred,
// as esbuild makes one of whatever any of them share, and an archive holds a hundred small files badly.
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';

/** Imports on first use, but not of types only. */
const IMPORT = /(?<!typeof )\bimport\('(\.[^']+\.ts)'\)/g;

const LATER = 'dailies:later';

/** What the entry imports is start-up itself. */
const ENTRY = resolve('src/extension.ts');

/** Where the modules stand whose code runs in VS Code: the code of pages has its own files. */
const SOURCES = ['src/**/*.ts'];
const OTHERS = ['src/preview/*/**', 'src/mcp/**'];

/**
 * @param {string} path
 * @returns {string} what the module is called in the file of all
 */
function nameOf(path) {
  return relative('src', path).replace(/\W/g, '_');
}

/** @type {import('esbuild').Plugin} */
export const later = {
  name: 'later',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (path === ENTRY || !text.includes(`import('`)) return undefined;
      const contents = text.replace(
        IMPORT,
        (_, target) => `import('${LATER}').then(all => all.${nameOf(resolve(dirname(path), target))})`,
      );
      return { contents, loader: 'ts' };
    });
    build.onResolve({ filter: new RegExp(`^${LATER}$`) }, () => ({ path: LATER, namespace: 'later' }));
    build.onLoad({ filter: /./, namespace: 'later' }, async () => {
      const found = new Set();
      for (const file of globSync(SOURCES, { exclude: OTHERS })) {
        if (resolve(file) === ENTRY) continue;
        for (const [, target] of (await readFile(file, 'utf8')).matchAll(IMPORT)) {
          found.add(resolve(dirname(file), target));
        }
      }
      const contents = [...found]
        .sort()
        .map(path => `export * as ${nameOf(path)} from ${JSON.stringify(path)};`);
      return { contents: contents.join('\n'), resolveDir: resolve('.'), loader: 'ts' };
    });
  },
};
