import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');

function readJson(name: string): Record<string, string> {
  return JSON.parse(readFileSync(join(root, name), 'utf8')) as Record<string, string>;
}

function linesOf(...names: string[]): string[] {
  return names.flatMap(name => readFileSync(join(root, name), 'utf8').split('\n'));
}

/** Every text that the code hands to `l10n.t`; `undefined` for one that is not a plain literal. */
function wordsInCode(): (string | undefined)[] {
  const words: (string | undefined)[] = [];
  for (const path of globSync(join(root, 'src/**/*.ts'))) {
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t') {
        const [first] = node.arguments;
        words.push(first && ts.isStringLiteralLike(first) ? first.text : undefined);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return words;
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\d\}|\(command:[\w.]+\)/g))].sort().join(' ');
}

function withOtherPlaceholders(pairs: Iterable<[string, string]>): [string, string][] {
  return [...pairs].filter(([english, chinese]) => placeholders(english) !== placeholders(chinese));
}

/** What Dailies said once, and what it says today. */
const OUTWORN: readonly (readonly [outworn: RegExp, today: string])[] = [
  [/\bask(s|ed|ing)? (about|for|the gateway)\b|\basked\b/i, 'check, request, poll'],
  [/\bquestions?\b/i, 'check, request'],
  [/\banswer(s|ed|ing)?\b/i, 'response'],
  [/\b(die|dies|died|dying|dead)\b/i, 'expires, expired'],
  [/\bsounds?\b/i, 'audio'],
  [/\bexchang(e|es|ed|ing)\b/i, 'swap'],
  [/\b(hear|hears|heard)\b/i, 'listen'],
  [/\btime code\b/i, 'timecode'],
  [/\bby (itself|themselves)\b/i, 'automatically'],
  [/\bbeside\b/i, 'next to'],
  [/\btells?\b|\btold\b/i, 'shows, notifies'],
  [/\bany ?more\b/i, 'no longer'],
  [/\bplaces?\b/i, 'location'],
  [/\bin a row\b/i, 'consecutive'],
  [/\bcancel(ed|ing)\b/i, 'cancelled, cancelling, as VS Code writes'],
  [/\bpoll health\b/i, 'polling status'],
  [/\bmedia hosts?\b/i, 'media server'],
  [/\bnobody\b/i, 'you haven’t'],
  [/ %/, '% right after its number'],
  [/\.\.\./, '…'],
];

/** The same of the Chinese. */
const OUTWORN_CHINESE: typeof OUTWORN = [
  [/比较/, '对比'],
  [/写出/, '创建、导出'],
  [/状况/, '状态'],
  [/每小时检查|每 10 分钟(重新)?检查/, '查询'],
  [/\/秒|Mb\/|帧\/秒/, 'Mbps、fps、/s'],
];

/** The pieces of a text that hold an outworn word, each with the words of today. */
function outwornIn(texts: readonly string[], list = OUTWORN): string[] {
  return texts.flatMap(text =>
    list.filter(([outworn]) => outworn.test(text)).map(([, today]) => `${today}: ${text}`),
  );
}

describe('the words that people see', () => {
  const bundle = readJson('l10n/bundle.l10n.zh-cn.json');

  it('are all in Chinese too, and no Chinese is left over', () => {
    assert.deepEqual([...new Set(wordsInCode())].sort(), Object.keys(bundle).sort());
  });

  it('stand in the bundle in the order of their characters, so that two changes seldom meet', () => {
    assert.deepEqual(Object.keys(bundle), Object.keys(bundle).sort());
  });

  it('of the manifest are in both languages', () => {
    const keys = [...readFileSync(join(root, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(
      one => one[1],
    );
    assert.deepEqual(
      [
        Object.keys(readJson('package.nls.json')).sort(),
        Object.keys(readJson('package.nls.zh-cn.json')).sort(),
      ],
      [[...new Set(keys)].sort(), [...new Set(keys)].sort()],
    );
  });

  it('keep their placeholders and links in translation', () => {
    const english = readJson('package.nls.json');
    const chinese = readJson('package.nls.zh-cn.json');
    assert.deepEqual(
      [
        ...withOtherPlaceholders(Object.entries(bundle)),
        ...withOtherPlaceholders(Object.entries(english).map(([key, text]) => [text, chinese[key] ?? ''])),
      ],
      [],
    );
  });

  it('are those of the glossary, and none that it has replaced', () => {
    const lines = linesOf('README.md', 'CHANGELOG.md');
    const chinese = Object.values(readJson('package.nls.zh-cn.json'));
    assert.deepEqual(
      [
        ...outwornIn([...Object.keys(bundle), ...Object.values(readJson('package.nls.json')), ...lines]),
        ...outwornIn([...Object.values(bundle), ...chinese, ...linesOf('README.zh-cn.md')], OUTWORN_CHINESE),
      ],
      [],
    );
  });

  it('of two sentences are joined in Chinese without a space', () => {
    const chinese = [...Object.values(bundle), ...Object.values(readJson('package.nls.zh-cn.json'))];
    assert.deepEqual(
      chinese.filter(text => /[。：，；？] /.test(text)),
      [],
    );
  });
});
