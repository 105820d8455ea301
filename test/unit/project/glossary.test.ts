import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const source = resolve(import.meta.dirname, '../../../src');

/** Words that the glossary replaces: polls and requests, responses, listeners, audio, frames and thumbnails, expired links, next to. */
const REPLACED: ReadonlySet<string> = new Set(
  (
    'ask asks asked asking question questions answer answers answered hear hears heard sound sounds picture pictures ' +
    'tell tells stranger strangers dies dead beside'
  ).split(' '),
);

/** Names that are not ours: columns of the database as they were released, and words of VS Code, browsers and file formats. */
const GIVEN: ReadonlySet<string> = new Set(['failedAsks', 'askedAt', 'answeredAt', 'rawAnswer', 'Beside']);
const isGiven = (name: string): boolean => GIVEN.has(name) || /picture-?in-?picture/i.test(name);

function wordsOf(name: string): string[] {
  return name.split(/_|(?<=[a-z\d])(?=[A-Z])/).map(word => word.toLowerCase());
}

function replacedNamesIn(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isGiven(node.text)) {
      const { text } = node;
      if (wordsOf(text).some(word => REPLACED.has(word))) {
        found.push(`${relative(source, path)}: ${text}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the names in the code', () => {
  it('have none of the words that the glossary replaces', () => {
    const files = globSync(join(source, '**/*.ts'));
    assert.ok(files.length > 300);
    assert.deepEqual(files.flatMap(replacedNamesIn), []);
  });
});
