import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const source = resolve(import.meta.dirname, '../../../src');

/** The rooms whose names follow the glossary throughout. */
const ROOMS = ['base', 'tasks', 'store', 'gateway', 'polling', 'saving', 'news', 'host'];

/** Words that the glossary replaces: polls and requests, responses, listeners, expired links, next to. */
const REPLACED: ReadonlySet<string> = new Set(
  'ask asks asking question questions answer answers answered hear hears heard dies dead beside'.split(' '),
);

/** Columns of the database, and so facts of a task, are named as when they were released. */
const COLUMNS: ReadonlySet<string> = new Set(['failedAsks', 'answeredAt', 'rawAnswer']);

function wordsOf(name: string): string[] {
  return name.split(/_|(?<=[a-z\d])(?=[A-Z])/).map(word => word.toLowerCase());
}

function replacedNamesIn(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !COLUMNS.has(node.text)) {
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
    const files = ROOMS.flatMap(room => globSync(join(source, room, '**/*.ts')));
    assert.ok(files.length > 100);
    assert.deepEqual(files.flatMap(replacedNamesIn), []);
  });
});
