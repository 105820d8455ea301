import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { enterKey, useStage, VIEW } from './stage.ts';

const FERRY = `---
model: veo_3_1_fast
resolution: 1080p
takes: 2
---
A ferry leaves the harbor at dawn.
`;

describe('a shot file', () => {
  const window = workbench();
  const stage = useStage();

  async function open(text: string, name = 'ferry.shot.md'): Promise<vscode.TextEditor> {
    const file = join(stage().clips, 'shots', name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.file(file)));
  }

  async function lenses(uri: vscode.Uri): Promise<string[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      100,
    );
    return found.map(({ range, command }) => `${range.start.line + 1} ${command?.title ?? ''}`);
  }

  async function untilLenses(uri: vscode.Uri, expected: string[]): Promise<void> {
    await waitUntil(
      `the lenses ${expected.join(' | ')}`,
      async () => (await lenses(uri)).join('\n') === expected.join('\n') || undefined,
      async () => (await lenses(uri)).join('\n'),
    );
  }

  it('is one in the editor: its language, lenses, and what is wrong in it', async () => {
    const { document } = await open(FERRY.replace('1080p', '8K'));
    assert.equal(document.languageId, 'dailies-shot');
    await untilLenses(document.uri, ['1 $(error) 1 problem']);
    const problems = await waitUntil('a problem', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      problems.map(({ message, source, code, range }) => [message, source, code, document.getText(range)]),
      [["resolution can't be 8K. Allowed: 720p, 1080p, 4K.", 'Dailies', 'notAllowed', '8K']],
    );
  });

  it('is generated from its lens, and follows its takes', async () => {
    await enterKey(window);
    const { document } = await open(FERRY);
    await untilLenses(document.uri, ['1 $(play) Generate · 2 takes · price unknown']);
    void vscode.commands.executeCommand('dailies.shot.generate', document.uri, '');
    const { message, detail } = await window.dialog();
    assert.equal(message, 'Generate 2 videos with Veo 3.1 Fast?');
    assert.match(detail, /^ferry · “A ferry leaves the harbor at dawn\.” · 1080p · 16:9 · 2 takes/);
    await window.pressDialogButton('Generate 2 Videos');
    await waitUntil('two rows', async () => (await window.treeRows(VIEW)).length === 2 || undefined);
    await untilLenses(document.uri, [
      '1 $(play) Generate · 2 takes · price unknown',
      '1 2 takes · 2 rendering',
    ]);
    assert.equal(document.getText(), FERRY);
  });
});
