// Builds dist/: `node esbuild.js [--production] [--watch]`. The extension is an ES module in chunks, so that what
// start-up does not need is loaded on first use, and so are the pages of webviews with what their worker loads.
import * as esbuild from 'esbuild';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { icons } from './build/icons.js';
import { later } from './build/later.js';
import { leftOut } from './build/leftOut.js';
import { packagedReadme } from './build/readme.js';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  logLevel: 'info',
  metafile: true,
};

/** @type {import('esbuild').BuildOptions} */
const browser = {
  ...shared,
  platform: 'browser',
  // The Chromium of VS Code 1.105 (Electron 37).
  target: 'chrome138',
};

/** The files of all pages, which share what more than one of them needs. */
const PAGES = 'dist/pages';

const builds = [
  {
    ...shared,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    splitting: true,
    platform: 'node',
    // The Node of VS Code 1.105 (Electron 37).
    target: 'node22',
    external: ['vscode'],
    plugins: [later, leftOut],
    // CommonJS packages inside the bundle ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as dailiesCreateRequire } from 'node:module'; const require = dailiesCreateRequire(import.meta.url);",
    },
  },
  {
    // Foreign files are looked into in a thread of its own, which takes one file and loads nothing else.
    ...shared,
    entryPoints: { checkWorker: 'src/saving/checkWorker.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    target: 'node22',
  },
  {
    // What other programs start to reach Dailies: a process of its own, which knows nothing of VS Code.
    ...shared,
    entryPoints: { mcp: 'src/mcp/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    target: 'node22',
    plugins: [leftOut],
  },
  {
    ...browser,
    entryPoints: [
      ...['compare', 'sheet', 'film', 'frame', 'cut', 'spending'].map(page => ({
        in: `src/preview/${page}/main.ts`,
        out: page,
      })),
      ...['player', 'compare', 'sheet', 'film', 'cut', 'spending'].map(page => ({
        in: `src/preview/${page}/style/main.css`,
        out: page,
      })),
    ],
    outdir: PAGES,
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    tsconfig: 'src/preview/tsconfig.json',
    plugins: [icons],
  },
  {
    // The player's script stands in its page, so it is one file: a request of a webview takes some 20 ms.
    ...browser,
    entryPoints: { player: 'src/preview/player/main.ts' },
    outdir: PAGES,
    format: 'esm',
    tsconfig: 'src/preview/tsconfig.json',
    plugins: [icons],
  },
  {
    // Of all pages: what reads clips.
    ...browser,
    entryPoints: { clipWorker: 'src/preview/player/media/worker.ts' },
    outdir: PAGES,
    format: 'iife',
    plugins: [leftOut],
    tsconfig: 'src/preview/tsconfig.json',
    // The decoders stand in strings of any character, which would be half as long again in ASCII.
    charset: 'utf8',
  },
];

/**
 * Puts the made files into `dist`. What is there already and the same stays untouched, as something may be running from it.
 * @param {{ path: string, contents: Uint8Array }[]} files
 */
async function publish(files) {
  for (const { path, contents } of files) {
    const before = await readFile(path).catch(() => undefined);
    if (before?.equals(contents)) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
  }
  const made = new Set(files.map(({ path }) => path));
  const found = await readdir('dist', { recursive: true, withFileTypes: true });
  for (const entry of found) {
    const path = resolve(entry.parentPath, entry.name);
    if (entry.isFile() && !made.has(path)) await rm(path, { force: true });
  }
}

/**
 * The script of the pages' workers as it is packaged: unpacked, it would take a third of the package.
 * @param {readonly { path: string, contents: Uint8Array }[]} files
 */
function packedWorker(files) {
  const script = files.find(({ path }) => path.endsWith('clipWorker.js'));
  const { BROTLI_PARAM_LGWIN: window, BROTLI_PARAM_SIZE_HINT: size } = constants;
  const contents = script?.contents ?? new Uint8Array();
  const packed = brotliCompressSync(contents, { params: { [window]: 24, [size]: contents.length } });
  return { path: resolve(PAGES, 'clipWorker.js.br'), contents: packed };
}

if (watch) {
  await rm('dist', { recursive: true, force: true });
  for (const options of builds) {
    await (await esbuild.context(options)).watch();
  }
  console.log('Watching.');
} else {
  const results = await Promise.all(builds.map(options => esbuild.build({ ...options, write: false })));
  // What went into which file, for the tests and for looking at sizes.
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
  await publish([
    ...results.flatMap(({ outputFiles }) => outputFiles),
    ...(production ? [packedWorker(results.flatMap(({ outputFiles }) => outputFiles))] : []),
    { path: resolve('dist/README.md'), contents: Buffer.from(await packagedReadme()) },
    { path: resolve('dist/meta.json'), contents: Buffer.from(JSON.stringify({ outputs })) },
  ]);
}
