import assert from 'node:assert/strict';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Uri } from 'vscode';
import { useFolder } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { unpackInto, workerFolder } = await import('../../../src/preview/workerFolder.ts');

describe('the script of the workers of pages', () => {
  const folder = useFolder();
  const uri = (path: string): Uri => pathToFileURL(path).href as unknown as Uri;
  const pathOf = (found: Uri): string => new URL(`${String(found)}/clipWorker.js`).pathname;

  /** The pages of a version, as they are packaged. */
  const packaged = (version: string): Uri => {
    const pages = join(folder(), version, 'pages');
    mkdirSync(pages, { recursive: true });
    writeFileSync(join(pages, 'clipWorker.js.br'), brotliCompressSync(`// ${version}`));
    return uri(pages);
  };

  it('lies where it was built', () => {
    const pages = packaged('built');
    writeFileSync(join(folder(), 'built', 'pages', 'clipWorker.js'), '// built');
    assert.equal(readFileSync(pathOf(workerFolder(pages)), 'utf8'), '// built');
  });

  it('is where its page says, and never looked for next to the page', () => {
    const sources = globSync(join(import.meta.dirname, '../../../src/preview/**/*.ts'));
    assert.ok(sources.length > 50);
    assert.deepEqual(
      sources.filter(path => readFileSync(path, 'utf8').includes('import.meta.url')),
      [],
    );
  });

  it('is unpacked once for each version, and again where it has gone', () => {
    unpackInto(uri(join(folder(), 'storage')));
    const first = pathOf(workerFolder(packaged('1.0.0')));
    assert.equal(readFileSync(first, 'utf8'), '// 1.0.0');
    const { mtimeMs } = statSync(first);
    assert.equal(pathOf(workerFolder(packaged('1.0.0'))), first);
    assert.equal(statSync(first).mtimeMs, mtimeMs);
    const second = pathOf(workerFolder(packaged('2.0.0')));
    assert.equal(readFileSync(second, 'utf8'), '// 2.0.0');
    assert.equal(existsSync(first), false);
    assert.equal(readFileSync(pathOf(workerFolder(packaged('1.0.0'))), 'utf8'), '// 1.0.0');
  });
});
