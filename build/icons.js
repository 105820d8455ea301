// The icons of the pages: just those of src/preview/player/iconNames.ts. One is Dailies' own, if there is a drawing of its name
// in src/preview/player/icons, else it is VS Code's.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ICON_NAMES } from '../src/preview/player/iconNames.ts';

const OWN = resolve(import.meta.dirname, '../src/preview/player/icons');

/**
 * Makes `@vscode/codicons/dist/codicon.svg` a module whose default export has what each icon draws, by its name. An icon that
 * nobody has drawn fails the build.
 * @type {import('esbuild').Plugin}
 */
export const icons = {
  name: 'icons',
  setup: build => {
    build.onLoad({ filter: /[\\/]codicon\.svg$/ }, async ({ path }) => {
      const drawings = new Map([...drawingsIn(await readFile(path, 'utf8')), ...(await ownDrawings())]);
      return {
        contents: JSON.stringify(Object.fromEntries(ICON_NAMES.map(name => [name, drawings.get(name)]))),
        loader: 'json',
        watchDirs: [OWN],
        errors: ICON_NAMES.filter(name => !drawings.has(name)).map(name => ({
          text: `There is no drawing of the icon "${name}" of 16 × 16`,
        })),
      };
    });
  },
};

/**
 * What each icon in a sheet of VS Code's draws. Not all of them are in it.
 * @param {string} sheet
 */
function drawingsIn(sheet) {
  const symbols = sheet.matchAll(
    /<symbol [^>]*viewBox="0 0 16 16" id="([^"]+)"[^>]*>((?:(?!<\/symbol>).)*)<\/symbol>/gs,
  );
  return Array.from(symbols, ([, name, drawing]) => /** @type {const} */ ([name, drawing]));
}

async function ownDrawings() {
  const files = (await readdir(OWN)).filter(file => file.endsWith('.svg'));
  return Promise.all(
    files.map(async file => {
      const content = await readFile(join(OWN, file), 'utf8');
      return /** @type {const} */ ([
        basename(file, '.svg'),
        /<svg[^>]*>(.*)<\/svg>/s.exec(content)?.[1] ?? '',
      ]);
    }),
  );
}
