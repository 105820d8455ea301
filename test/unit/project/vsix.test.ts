import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { notices } from '../../notices.ts';
import { packageExtension } from '../../package.ts';
import { useFolder } from '../builders.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The files of an archive, by their paths. */
async function filesIn(archive: string): Promise<Map<string, Buffer>> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(archive, {
    lazyEntries: true,
  });
  const files = new Map<string, Buffer>();
  const open = promisify<yauzl.Entry, Readable>(zip.openReadStream.bind(zip));
  const ended = once(zip, 'end');
  zip.on('entry', (entry: yauzl.Entry) => {
    void open(entry)
      .then(buffer)
      .then(content => {
        files.set(entry.fileName, content);
        zip.readEntry();
      });
  });
  zip.readEntry();
  await ended;
  return files;
}

describe('the third-party notices', () => {
  it('are those of just the packages in the bundles', () => {
    assert.equal(readFileSync(join(root, 'THIRD_PARTY_NOTICES'), 'utf8'), notices());
  });
});

/** When each file of `dist` was last written. */
function timesWritten(): Record<string, number> {
  const files = globSync('dist/**/*.*', { cwd: root }).sort();
  return Object.fromEntries(files.map(file => [file, statSync(join(root, file)).mtimeMs]));
}

describe('the build', () => {
  it('does not touch what is there already, as something may be running from it', () => {
    const build = (): Buffer =>
      execFileSync(process.execPath, ['esbuild.js', '--production'], { cwd: root, stdio: 'pipe' });
    build();
    const stale = join(root, 'dist/chunks/stale-AAAAAAAA.js');
    const before = timesWritten();
    writeFileSync(stale, '');
    build();
    assert.deepEqual(timesWritten(), before);
  });
});

describe('the VSIX', () => {
  const folder = useFolder();

  it('is made without a warning and holds just the files that an installed Dailies needs', async () => {
    const archive = join(folder(), 'dailies.vsix');
    const output = packageExtension(archive);
    assert.doesNotMatch(output, /warning/i);
    const files = await filesIn(archive);
    const readme = files.get('extension/readme.md')?.toString() ?? '';
    assert.match(readme, /^# Dailies\n\nWrite a prompt/, 'it begins with what only the repository has');
    const names = [...files.keys()]
      .sort()
      .map(name =>
        name.replace(/(?<=\/chunks\/).*-[A-Z0-9]{8}\.js$/, '*.js').replace(/-[A-Z0-9]{8}\.js$/, '-*.js'),
      );
    assert.deepEqual([...new Set(names)], EXPECTED);
    assert.deepEqual(lostIn(files.get('extension/readme.md')?.toString() ?? '', files), []);
    assert.ok(statSync(archive).size <= 800_000, `it has ${statSync(archive).size} bytes`);
  });
});

/** The pictures and links of a page that lead neither into the archive nor to an address. */
function lostIn(page: string, files: ReadonlyMap<string, unknown>): string[] {
  assert.match(page, /^# Dailies/);
  return [...page.matchAll(/\]\(([^)\s]+)|(?:src|href)="([^"]+)"/g)]
    .map(([, link, attribute]) => link ?? attribute ?? '')
    .filter(target => !/^(https:|#)/.test(target) && !files.has(`extension/${target}`));
}

/** esbuild names chunks after their contents; how many there are is its own affair. */
const EXPECTED = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/THIRD_PARTY_NOTICES',
  'extension/changelog.md',
  'extension/dailies.d.ts',
  'extension/dist/checkWorker.cjs',
  'extension/dist/chunks/*.js',
  'extension/dist/extension.js',
  'extension/dist/mcp.mjs',
  'extension/dist/pages/chunk-*.js',
  'extension/dist/pages/clipWorker.js.br',
  'extension/dist/pages/compare.css',
  'extension/dist/pages/compare.js',
  'extension/dist/pages/cut.css',
  'extension/dist/pages/cut.js',
  'extension/dist/pages/film.css',
  'extension/dist/pages/film.js',
  'extension/dist/pages/frame.js',
  'extension/dist/pages/player.css',
  'extension/dist/pages/player.js',
  'extension/dist/pages/sheet.css',
  'extension/dist/pages/sheet.js',
  'extension/dist/pages/spending.css',
  'extension/dist/pages/spending.js',
  'extension/l10n/bundle.l10n.zh-cn.json',
  'extension/media/icon-dark.svg',
  'extension/media/icon-light.svg',
  'extension/media/icon.png',
  'extension/media/icon.svg',
  'extension/media/shot/grammar.json',
  'extension/media/shot/language.json',
  'extension/media/walkthrough/key.svg',
  'extension/media/walkthrough/make.svg',
  'extension/media/walkthrough/preview.svg',
  'extension/media/walkthrough/watch.svg',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/package.nls.zh-cn.json',
  'extension/readme.md',
];
