import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');
const consumer = join(root, 'test/fixtures/api/consumer.ts');

/** What the compiler says of another extension's file, which has nothing of Dailies but `dailies.d.ts`. */
function complaints(text: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    lib: ['lib.es2022.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === consumer ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true) : read(name, ...rest);
  const program = ts.createProgram([consumer], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => !file?.fileName.includes('node_modules'))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('dailies.d.ts', () => {
  const text = readFileSync(consumer, 'utf8');

  it('is all that another extension needs to compile', () => {
    assert.deepEqual(complaints(text), []);
  });

  it('refuses what Dailies does not offer', () => {
    const wrong = complaints(
      text
        .replace('getApi(1)', 'getApi(2)')
        .replace("task.file === 'saved'", 'task.videoUrl !== null')
        .replace("prompt: 'A ferry at dawn.', ", ''),
    );
    assert.match(wrong.join('\n'), /'2' is not assignable to parameter of type '1'/);
    assert.match(wrong.join('\n'), /'videoUrl' does not exist/);
    assert.match(wrong.join('\n'), /'prompt' is missing/);
  });

  for (const name of ['README.md', 'README.zh-cn.md']) {
    it(`is used in ${name} in a way that compiles`, () => {
      const sample = /```ts\n(.*?)```/s.exec(readFileSync(join(root, name), 'utf8'))?.[1] ?? '';
      assert.match(sample, /getApi\(1\)/);
      const extension = '{ activate(): Promise<T> } | undefined';
      const before = [
        `import type { DailiesExports } from '../../../dailies.d.ts';`,
        `declare const vscode: { extensions: { getExtension<T>(id: string): ${extension} } };`,
      ].join('\n');
      assert.deepEqual(complaints(`${before}\n${sample}`), []);
      assert.notDeepEqual(complaints(`${before}\n${sample.replace('task.file', 'task.link')}`), []);
    });
  }

  it('has no link, no key and nothing of VS Code in it', () => {
    const declared = readFileSync(join(root, 'dailies.d.ts'), 'utf8');
    assert.doesNotMatch(declared, /^import|\breadonly \w*(url|link|key)\w*:/im);
  });
});
