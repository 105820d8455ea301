import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');
const source = join(root, 'src');

/**
 * Words that the glossary replaces: polls, checks and requests; responses; listeners; audio; images, frames and thumbnails; says, shows and
 * distinguishes; foreign; links that expire and windows that close; next to.
 */
const REPLACED: readonly string[] = (
  'ask asks asked asking question questions answer answers answered answering hear hears heard sound sounds picture pictures ' +
  'tell tells told stranger strangers dies died dead beside'
).split(' ');

const IN_NAMES: ReadonlySet<string> = new Set(REPLACED.filter(word => !['told', 'died'].includes(word)));
const IN_TEXT = new RegExp(String.raw`\b(${REPLACED.join('|')})\b`, 'i');

/** Names that are not ours: columns of the database as they were released, and words of VS Code, browsers and file formats. */
const GIVEN: ReadonlySet<string> = new Set(['failedAsks', 'askedAt', 'answeredAt', 'rawAnswer', 'Beside']);
const isGiven = (name: string): boolean => GIVEN.has(name) || /picture-?in-?picture/i.test(name);

function wordsOf(name: string): string[] {
  return name.split(/_|(?<=[a-z\d])(?=[A-Z])/).map(word => word.toLowerCase());
}

/** What `read` finds in each node of a file. */
function findIn(path: string, read: (node: ts.Node) => string | undefined): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = read(node);
    if (text !== undefined) {
      found.push(`${relative(root, path)}: ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function replacedName(node: ts.Node): string | undefined {
  return ts.isIdentifier(node) && !isGiven(node.text) && wordsOf(node.text).some(word => IN_NAMES.has(word))
    ? node.text
    : undefined;
}

/** Block comments, and line comments on lines of their own. */
function commentsIn(path: string): string[] {
  const comments = readFileSync(path, 'utf8').match(/^ *\/\*\*?[\s\S]*?\*\/|^ *\/\/.*$/gm) ?? [];
  return comments
    .map(comment => comment.replace(/`[^`]*`|picture-in-picture/g, '').replace(/\s*\n\s*\*?/g, ' '))
    .filter(comment => IN_TEXT.test(comment))
    .map(comment => `${relative(root, path)}: ${comment.trim()}`);
}

/** The title of a test or of a group of tests, if it has one of the words. What is put into a template is not looked at. */
function replacedTitle(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !/^(it|describe)\b/.test(node.expression.getText())) {
    return undefined;
  }
  const title = node.arguments[0]?.getText() ?? '';
  return /^['"`]/.test(title) && IN_TEXT.test(title.replace(/\$\{[^}]*\}/g, '')) ? title : undefined;
}

describe('the words of the code', () => {
  const files = globSync(join(source, '**/*.ts'));

  it('are those of the glossary, in names', () => {
    assert.ok(files.length > 300);
    assert.deepEqual(
      files.flatMap(path => findIn(path, replacedName)),
      [],
    );
  });

  it('are those of the glossary, in comments', () => {
    assert.deepEqual(files.flatMap(commentsIn), []);
  });

  it('are those of the glossary, in the titles of tests', () => {
    const tests = globSync(join(root, 'test/**/*.test.ts'));
    assert.ok(tests.length > 150);
    assert.deepEqual(
      tests.flatMap(path => findIn(path, replacedTitle)),
      [],
    );
  });
});
