import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../src/base/clock.ts';
import { TaskStore } from '../../src/store/store.ts';
import { openWindow, storageFolder, waitUntil } from '../vscode/bridgeClient.ts';
import { MemoryFiles } from './memoryFiles.ts';
import { useShotEditor } from './shotEditor.ts';
import { enterKey, setting } from './stage.ts';

const FERRY = `---
model: veo_3_1_fast
vars: { time: [dawn, dusk] }
first_image:
---
A ferry leaves at {{time}}.
`;

/** One pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('writing a shot file', () => {
  const { window, stage, write, open, untilLenses, untilLens, untilProblems, select, replace } =
    useShotEditor();

  async function untilText(document: vscode.TextDocument, words: string): Promise<void> {
    await waitUntil(
      `"${words}" in the text`,
      () => document.getText().includes(words) || undefined,
      () => document.getText(),
    );
  }

  /** After words in a text. */
  function after(document: vscode.TextDocument, words: string): vscode.Position {
    return document.positionAt(document.getText().indexOf(words) + words.length);
  }

  async function suggestionsAfter(document: vscode.TextDocument, words: string): Promise<string[]> {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      after(document, words),
    );
    return list.items
      .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
      .map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  async function hoverAt(document: vscode.TextDocument, words: string): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      after(document, words).translate(0, -1),
    );
    return hovers
      .flatMap(({ contents }) => contents as vscode.MarkdownString[])
      .map(({ value }) => value)
      .join('\n');
  }

  it('suggests image files and variables', async () => {
    write(PICTURE, 'frames/dock.png');
    write(PICTURE, 'a b.png');
    write('', 'notes.txt');
    const { document } = await open(FERRY);
    assert.deepEqual(await suggestionsAfter(document, 'first_image:'), ['a b.png']);
    assert.deepEqual(await suggestionsAfter(document, '{{'), ['time']);
  });

  it('takes an image that is pasted or dropped, into the field where it falls or the one that is free', async () => {
    const [first, second, third] = ['frames/dock.png', 'frames/a b.png', 'pier.webp'].map(name =>
      write(PICTURE, name).toString(),
    );
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const { document } = await open(FERRY);
    const field = after(document, 'first_image:');
    await select({ document }, new vscode.Range(field, field));
    await window.pasteFiles([first]);
    await untilText(document, 'first_image: frames/dock.png\n');
    await window.dropFiles([second], 'ferry leaves');
    await untilText(document, 'last_image: frames/a b.png\n---');
    await replace(
      document,
      'first_image: frames/dock.png\nlast_image: frames/a b.png',
      'image_urls: [pier.webp]',
    );
    const list = after(document, 'image_urls: [pier.webp');
    await select({ document }, new vscode.Range(list, list));
    await window.pasteFiles([first, second]);
    await untilText(document, 'frames/dock.png, frames/a b.png');
    await untilProblems({ document }, '');
  });

  it('explains a model with what it has cost and how long it takes, a field, a variable and an image', async () => {
    const store = new TaskStore(join(storageFolder(), 'dailies.db'), { clock: systemClock });
    const { gateway } = stage();
    for (const index of [1, 2, 3]) {
      store.charges.note(
        {
          gateway: gateway.baseUrl,
          taskId: `vgen_charge${index}`,
          kind: 'veo_3_1_fast|text|720p',
          seconds: 8,
          amount: 0.72,
        },
        Date.now(),
      );
    }
    store.dispose();
    write(PICTURE, 'dock.png');
    const { document } = await open(FERRY.replace('first_image:', 'resolution: 720p'));
    await untilLens('Generate · 2 videos · est. 1.44');
    const model = await hoverAt(document, 'veo_3_1_fast');
    assert.match(model, /^\*\*Veo 3\\\.1 Fast\*\*/);
    assert.match(model, /0\\\.72 \\\(3 past tasks\\\)/);
    assert.match(model, /Usually takes \d+–\d+ min/);
    assert.match(await hoverAt(document, 'resolution'), /720p.*1080p.*4K/);
    assert.equal(await hoverAt(document, '{{time'), '`dawn` · `dusk`');
    await replace(document, 'resolution: 720p', 'first_image: dock.png');
    assert.match(await hoverAt(document, 'dock.png'), /^!\[\]\(file:.*dock\.png\|width=240\)$/);
  });

  it('sends nothing of a file with an error in one of its shots, and shows the first', async () => {
    await enterKey(window);
    const editor = await open(
      '---\nmodel: veo_3_1_fast\n---\n## Ferry\n\nA ferry.\n\n## Cranes\n\n```yaml\nresolution: 8K\n```\n\nCranes at {{tiem}}.\n',
    );
    await untilLenses('2 problems', 'Generate · price unknown', '2 problems');
    await window.pressLens('2 problems');
    await window.dismissNotification("Can't generate: resolution can't be 8K.");
    await waitUntil('the value to be selected', () =>
      editor.document.getText(editor.selection) === '8K' ? true : undefined,
    );
    assert.deepEqual(
      stage().gateway.requests.filter(({ method }) => method === 'POST'),
      [],
    );
  });

  it('is held up by mistakes in the defaults of its folder, and goes on once they are put right', async () => {
    const defaults = write('model: veo_3_1_fast\ntakes: 1\ntakes: 2\n', 'shots.yaml');
    const editor = await open('A ferry.\n');
    await untilProblems(editor, '[A ferry.] takes is set twice. (from shots.yaml)');
    await untilLenses('1 problem');
    await vscode.workspace.fs.writeFile(defaults, Buffer.from('model: veo_3_1_fast\ntakes: 2\n'));
    await untilProblems(editor, '');
    await untilLenses('Generate · 2 videos · price unknown');
    await vscode.workspace.fs.delete(defaults);
    await untilLenses('1 problem');
  });

  it('keeps its videos where it is renamed while they are being confirmed', async () => {
    await enterKey(window);
    const { document } = await open('---\nmodel: veo_3_1_fast\n---\nA ferry.\n');
    await untilLenses('Generate · price unknown');
    await window.pressLens('Generate');
    await window.dialog();
    const edit = new vscode.WorkspaceEdit();
    const moved = vscode.Uri.joinPath(document.uri, '../pier.shot.md');
    edit.renameFile(document.uri, moved);
    await vscode.workspace.applyEdit(edit);
    await window.pressDialogButton('Generate');
    await vscode.window.showTextDocument(moved);
    await untilLens('1 take');
  });

  it('works in a file system that is nowhere on this computer', async () => {
    const files = new MemoryFiles();
    const provided = vscode.workspace.registerFileSystemProvider('memory', files);
    try {
      await enterKey(window);
      const uri = vscode.Uri.from({ scheme: 'memory', path: '/ferry.shot.md' });
      files.writeFile(uri, Buffer.from('\ufeff---\r\nmodel: veo_3_1_fast\r\n---\r\nA ferry.\r\n'));
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      await untilLenses('Generate · price unknown');
      await window.pressLens('Generate');
      await window.dialog();
      await window.pressDialogButton('Generate');
      await untilLens('1 take');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    } finally {
      provided.dispose();
    }
  });

  it('warns of a mistake in your own models and prices, and names the row', async () => {
    try {
      await setting('models', { veo_4: { family: 'vo' } });
      await window.dismissNotification(
        'The row "veo_4" of the models setting isn\'t used: family must be veo, grok.',
      );
      await setting('prices', { veo_3_1_fast: { call: '1' } });
      await window.dismissNotification(
        'The price of "veo_3_1_fast" isn\'t used: "call" must be a number, 0 or more.',
      );
      const another = await openWindow();
      const { buttons } = await another.waitForNotification('The row "veo_4" of the models setting');
      assert.ok(buttons.includes('Open Settings'), buttons.join());
      await another.waitForNotification('The price of "veo_3_1_fast" isn\'t used');
      await another.close();
    } finally {
      await setting('models', undefined);
      await setting('prices', undefined);
    }
  });
});
