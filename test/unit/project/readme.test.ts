import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: { readonly commandPalette: readonly { command: string; when: string }[] };
    readonly configuration:
      { readonly properties: object } | readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}

function read(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

const manifest = JSON.parse(read('package.json')) as Manifest;

function isInPalette({ command }: { readonly command: string }): boolean {
  const { commandPalette } = manifest.contributes.menus;
  return !commandPalette.some(item => item.command === command && item.when === 'false');
}

/** The rows of a README's tables: the first cell, of which a comma of either language divides what it names. */
function namedIn(readme: string): string[] {
  return [...readme.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) => cell.split(/, |、/));
}

const READMES = [
  { name: 'README.md', words: 'package.nls.json', other: 'README.zh-cn.md' },
  { name: 'README.zh-cn.md', words: 'package.nls.zh-cn.json', other: 'README.md' },
] as const;

for (const { name, words, other } of READMES) {
  describe(name, () => {
    const readme = read(name);

    it('names every command that the palette shows, and every setting', () => {
      const titles = JSON.parse(read(words)) as Record<string, string>;
      const named = namedIn(readme);
      assert.deepEqual(
        [
          ...manifest.contributes.commands
            .filter(isInPalette)
            .map(({ title }) => titles[title.slice(1, -1)] ?? title),
          ...[manifest.contributes.configuration]
            .flat()
            .flatMap(({ properties }) => Object.keys(properties))
            .map(setting => `\`${setting}\``),
        ].filter(one => !named.includes(one)),
        [],
      );
    });

    it('links to its translation at the top, and all its screenshots exist', () => {
      assert.ok(readme.split('\n').slice(0, 4).join('\n').includes(`](${other})`));
      assert.deepEqual(
        picturesOf(readme).filter(picture => !existsSync(join(root, picture))),
        [],
      );
    });
  });
}

describe('the READMEs', () => {
  it('are in step: the same sections, items, rows, defaults and screenshots', () => {
    const [english, chinese] = READMES.map(({ name }) => outlineOf(read(name)));
    assert.deepEqual(chinese, english);
  });
});

function picturesOf(readme: string): string[] {
  return [...readme.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, path = '']) => path);
}

/** What a translation keeps, in its order: marks of headings, items and pictures, and the code in the cells before a row's words. */
function outlineOf(readme: string): string[] {
  return readme.split('\n').flatMap(line => {
    const [mark = ''] = /^(#+|- \*\*|-|\d\.|!(?=\[)|\|)/.exec(line) ?? [];
    if (mark === '|') {
      const [, first = '', second = ''] = line.split(/(?<!\\)\|/).map(cell => cell.trim());
      return [first.startsWith('`') ? `${first} ${second}` : mark];
    }
    return mark === '!' ? picturesOf(line) : mark === '' ? [] : [mark];
  });
}
