import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundledFiles, packageOf } from '../../notices.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What a work under version 2 of the GPL may contain. */
const ALLOWED = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MPL-2.0', 'GPL-2.0']);

/** Icons of the pages: the Free Software Foundation holds CC BY 4.0 compatible with every version of the GPL. */
const OTHERS: Readonly<Record<string, string>> = {
  'node_modules/@vscode/codicons/dist/codicon.svg': 'CC-BY-4.0',
};

/** How files say that they are under a licence that their package does not name. */
const FOREIGN = /Apache[ -]Licen[cs]e|Apache-2\.0|\b[AL]GPL\b|Affero|Lesser General|GPL-3|CC-BY-SA|CC BY-SA/i;

function licenceOf(file: string): string {
  const name = packageOf(file) ?? '';
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
    license?: string;
  };
  return manifest.license ?? 'none';
}

describe('the licences of what is bundled', () => {
  const files = bundledFiles().filter(file => packageOf(file) !== undefined);

  it('are each one that the GPL allows inside', () => {
    assert.ok(files.length > 50, `only ${files.length} files were found`);
    const isAllowed = (licence: string): boolean => licence.split(' OR ').some(one => ALLOWED.has(one));
    const refused = files
      .map(file => ({ file, licence: licenceOf(file) }))
      .filter(({ file, licence }) => !isAllowed(licence) && OTHERS[file] !== licence);
    assert.deepEqual(refused, []);
  });

  it('are those of the packages, whatever a single file says', () => {
    const foreign = files
      .map(file => ({ file, says: FOREIGN.exec(readFileSync(join(root, file), 'utf8'))?.[0] }))
      .filter(({ says }) => says !== undefined);
    assert.deepEqual(foreign, []);
  });

  it('let Dailies be under version 2 of the GPL, or a later one', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { license: string };
    assert.equal(manifest.license, 'GPL-2.0-or-later');
    assert.match(
      readFileSync(join(root, 'LICENSE'), 'utf8'),
      /GNU GENERAL PUBLIC LICENSE\s+Version 2, June 1991/,
    );
  });
});
