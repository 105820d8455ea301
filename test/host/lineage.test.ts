import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sourceText } from '../../src/tasks/shot.ts';
import type { TaskKey } from '../../src/tasks/task.ts';
import { startPicGo } from '../images/picgo.ts';
import { eventually, waitUntil } from '../vscode/bridgeClient.ts';
import { assertAccessible } from './accessibility.ts';
import { asAnotherWindow, cast, savedClip, type Role } from './cast.ts';
import { useShotEditor } from './shotEditor.ts';
import { enterKey, setting, VIEW } from './stage.ts';

const HARBOR = `---
model: veo_3_1_fast
---
## Ferry

A ferry leaves.

## Cranes

Container cranes.
`;

describe('from clip to clip', () => {
  const { window, stage, write, open } = useShotEditor();

  /** A saved take of a shot of this file. */
  function take(file: vscode.Uri, name: string, shot: string | null, more: Partial<Role> = {}): Role {
    return savedClip(stage(), name, 'counter', {
      shotFile: file.fsPath,
      shot,
      take: 1,
      request: JSON.stringify({ model: 'veo_3_1_fast', prompt: 'A ferry leaves.' }),
      ...more,
    });
  }

  async function castOne(role: Role): Promise<TaskKey> {
    const [key = 0] = cast(stage(), [role]);
    await waitUntil('the row', async () => (await window.treeRows(VIEW)).length === 1 || undefined);
    return key;
  }

  async function untilText(document: vscode.TextDocument, text: string): Promise<void> {
    await waitUntil(
      'the text of the shot file',
      () => document.getText() === text || undefined,
      () => document.getText(),
    );
  }

  it('has the next shot start from the true last frame, which can be undone, and the video knows it', async () => {
    const editor = await open(HARBOR, 'harbor.shot.md');
    const { document } = editor;
    await castOne(take(document.uri, 'ferry', 'Ferry'));
    await window.contextMenu(VIEW, 'ferry', 'Use Last Frame in Next Shot');
    const changed = HARBOR.replace('## Cranes', '## Cranes\n\n```yaml\nfirst_image: ../ferry_last.png\n```');
    await untilText(document, changed);
    await window.waitForNotification('"Cranes" starts from the last frame of "ferry".');
    const frame = join(stage().clips, 'ferry_last.png');
    assert.deepEqual([...readFileSync(frame).subarray(1, 4)], [...Buffer.from('PNG')]);
    assert.equal(readFileSync(document.uri.fsPath, 'utf8'), HARBOR);

    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await untilText(document, HARBOR);
    // The frame is there already.
    await window.contextMenu(VIEW, 'ferry', 'Use Last Frame in Next Shot');
    await untilText(document, changed);
    assert.equal(existsSync(join(stage().clips, 'ferry_last (2).png')), false);

    const picgo = await startPicGo();
    try {
      await setting('images.picgoUrl', picgo.address);
      await setting('images.uploader', 'picgo');
      await enterKey(window);
      void vscode.commands.executeCommand('dailies.shot.generate', document.uri, 'Cranes');
      assert.match((await window.dialog()).message, /^Upload images/);
      await window.pressDialogButton('Upload');
      assert.match((await window.dialog()).message, /^Generate/);
      await window.pressDialogButton('Generate');
      const made = await waitUntil('the new task', () =>
        asAnotherWindow(store => store.list().find(({ shot }) => shot === 'Cranes')),
      );
      assert.equal(
        made.source,
        sourceText({ gateway: stage().gateway.baseUrl, id: 'vgen_ferry1', at: null }),
      );
      assert.match(made.request ?? '', /"first_image":"https:/);
    } finally {
      await setting('images.picgoUrl', undefined);
      await setting('images.uploader', undefined);
      await picgo.close();
    }
  });

  it('knows the clip of a frame that a person saves in the player', async () => {
    await castOne(savedClip(stage(), 'ferry', 'counter'));
    await window.clickRow(VIEW, 'ferry');
    await waitUntil(
      'the clip',
      async () =>
        (await window.evaluateInWebview('document.body.dataset.state', 'ferry')) === 'ready' || undefined,
    );
    await window.clickInWebview('.time', 'ferry');
    await window.pressKey('Shift+S');
    await window.waitForNotification('Frame saved as "ferry_last.png".');
    const path = join(stage().clips, 'ferry_last.png');
    await eventually(() => {
      assert.deepEqual(
        { ...asAnotherWindow(store => store.takes.sourceOfFrame(path)) },
        { gateway: stage().gateway.baseUrl, id: 'vgen_ferry1', at: null },
      );
    });
  });

  it('offers another shot after the last one', async () => {
    const { document } = await open(HARBOR, 'harbor.shot.md');
    await castOne(take(document.uri, 'cranes', 'Cranes'));
    await window.contextMenu(VIEW, 'cranes', 'Use Last Frame in Next Shot');
    await window.pressNotificationButton('"Cranes" is the last shot in its file.', 'Add Shot');
    await untilText(
      document,
      `${HARBOR}\n## New Shot\n\n\`\`\`yaml\nfirst_image: ../cranes_last.png\n\`\`\`\n\n`,
    );
  });

  it('says so where the model of a shot takes no first frame, and offers what it takes', async () => {
    const text = `---
model: grok_video3
---
## Ferry

A ferry leaves.

## Cranes

\`\`\`yaml
first_image: before.png
model: veo_3_1_fast
\`\`\`

Cranes.

## Gulls

\`\`\`yaml
model: veo_3_1_fast
image_urls: [gull.png]
\`\`\`

Gulls.
`;
    const { document } = await open(text.replaceAll('\n', '\r\n'), 'harbor.shot.md');
    await castOne(take(document.uri, 'ferry', 'Gulls'));
    const use = async (shot: string): Promise<void> => {
      await window.contextMenu(VIEW, 'ferry', 'Use as First Frame…');
      await window.quickInput('Use the Last Frame of "ferry" in');
      await window.pickRow(shot);
    };
    await use('Gulls');
    await window.pressNotificationButton(
      `"Gulls" has reference images, which can't be combined with a first frame. Remove them first.`,
      'Show Shot',
    );
    await eventually(() => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.getText(editor.selection), '[gull.png]');
    });
    assert.equal(existsSync(join(stage().clips, 'ferry_last.png')), false, 'nothing was done');
    await use('Ferry');
    await window.pressNotificationButton(
      '"Ferry" uses Grok Video 3, which has no first frame, only reference images.',
      'Use as Reference Image',
    );
    const reference = text.replace('## Ferry', '## Ferry\n\n```yaml\nimage_urls: [../ferry_last.png]\n```');
    await untilText(document, reference.replaceAll('\n', '\r\n'));
    await use('Cranes');
    await window.waitForNotification('"Cranes" starts from the last frame of "ferry" instead of before.png.');
    const replaced = reference.replace('before.png', '../ferry_last.png');
    await untilText(document, replaced.replaceAll('\n', '\r\n'));
    // Its player was not opened for that.
    assert.deepEqual(
      (await window.tabs()).map(({ title }) => title),
      ['harbor.shot.md'],
    );
  });

  it('names a clip whose file is gone, and does nothing to the shot', async () => {
    const { document } = await open(HARBOR, 'harbor.shot.md');
    const role = take(document.uri, 'ferry', 'Ferry');
    await castOne(role);
    rmSync(role.filePath ?? '');
    await window.contextMenu(VIEW, 'ferry', 'Use Last Frame in Next Shot');
    await window.waitForNotification(`The file of "ferry" wasn't found: ${role.filePath ?? ''}`);
    assert.equal(document.getText(), HARBOR);
  });

  it('lets a person choose the shot, in the player too, and opens a new file where there is none', async () => {
    const { document } = await open(HARBOR, 'harbor.shot.md');
    await castOne(savedClip(stage(), 'loose', 'counter', { request: null }));
    await window.contextMenu(VIEW, 'loose', 'Use Last Frame in Next Shot');
    const { items } = await window.quickInput('Use the Last Frame of "loose" in');
    assert.deepEqual(
      items.map(({ label }) => label),
      ['New Shot File…', 'Ferry', 'Cranes'],
    );
    await window.pickRow('Ferry');
    await untilText(
      document,
      HARBOR.replace('## Ferry', '## Ferry\n\n```yaml\nfirst_image: ../loose_last.png\n```'),
    );
    await window.clickRow(VIEW, 'loose');
    await window.contextMenuInWebview('.stage', 'loose', 'Use as First Frame…');
    await window.quickInput('Use the Last Frame of "loose" in');
    await window.pickRow('New Shot File…');
    const text = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
    await waitUntil(
      'a new shot file',
      () =>
        text().includes(`first_image: ${join(stage().clips, 'loose_last.png')}`) &&
        text().includes('model: veo_3_1_fast')
          ? true
          : undefined,
      text,
    );
  });

  it('shows where a task was written, and says that its prompt is another now, or its shot is gone', async () => {
    const uri = write(HARBOR, 'harbor.shot.md');
    const key = await castOne(take(uri, 'ferry', 'Ferry'));
    const selected = async (text: string): Promise<void> => {
      await eventually(() => {
        const editor = vscode.window.activeTextEditor;
        assert.equal(editor?.document.getText(editor.selection), text);
      });
    };
    await window.contextMenu(VIEW, 'ferry', 'Show in Shot File');
    await selected('## Ferry');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(5, 2, 5, 7), 'tug');
    await vscode.workspace.applyEdit(edit);
    await window.contextMenu(VIEW, 'ferry', 'Show in Shot File');
    await window.pressNotificationButton('The prompt has changed since "ferry" was made.', 'Show Details');
    // They take the focus, from menus too.
    await waitUntil(
      'the details',
      async () =>
        (await window.evaluateInWebview(`document.activeElement?.matches('.details')`, 'ferry')) === true ||
        undefined,
    );
    asAnotherWindow(store => {
      store.update(key, { shot: 'Gulls' });
    });
    await window.contextMenu(VIEW, 'ferry', 'Show in Shot File');
    await window.waitForNotification('The shot "Gulls" is no longer in this file.');
    const gone = join(stage().clips, 'gone.shot.md');
    asAnotherWindow(store => {
      store.update(key, { shotFile: gone });
    });
    await window.contextMenu(VIEW, 'ferry', 'Show in Shot File');
    await window.waitForNotification(`The shot file ${gone} wasn't found.`);
  });

  it('shows the chain of a clip both ways, each a link, and names what is gone', async () => {
    const { gateway } = stage();
    const from = (name: string): string =>
      sourceText({ gateway: gateway.baseUrl, id: `vgen_${name}1`, at: null });
    const [, , ferry = 0] = cast(stage(), [
      savedClip(stage(), 'gulls', 'counter', { source: from('cranes') }),
      savedClip(stage(), 'cranes', 'counter', { source: from('ferry') }),
      savedClip(stage(), 'ferry', 'counter', { source: from('harbor') }),
      savedClip(stage(), 'harbor', 'counter'),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 4 || undefined);
    const chain = `[...document.querySelectorAll('.details .chain :is(h2, li, p)')].map(one => one.innerText)`;
    const untilChain = async (title: string, ...expected: string[]): Promise<void> => {
      await eventually(async () => {
        assert.deepEqual(await window.evaluateInWebview(chain, title), expected);
      });
    };
    await window.clickRow(VIEW, 'gulls');
    const note = 'Each clip in the chain starts from a compressed frame, so details may soften.';
    await untilChain('gulls', 'Starts from', 'harbor', 'ferry', 'cranes', note);
    await assertAccessible(window);
    await window.clickInWebview('.chain button >> text="ferry"', 'gulls');
    await untilChain('ferry', 'Starts from', 'harbor', 'Continued in', 'cranes');
    await window.clickInWebview('.chain button >> text="cranes"', 'ferry');
    await untilChain('cranes', 'Starts from', 'harbor', 'ferry', 'Continued in', 'gulls');
    asAnotherWindow(store => {
      store.remove([ferry]);
    });
    await untilChain('cranes', 'Starts from', '…n_ferry1 (no longer in the list)', 'Continued in', 'gulls');
  });

  it('keeps takes with their shot file when its folder is renamed or moved', async () => {
    const uri = write(HARBOR, 'film/harbor.shot.md');
    await castOne(take(uri, 'ferry', 'Ferry'));
    const folder = vscode.Uri.joinPath(uri, '..');
    const renamed = vscode.Uri.joinPath(folder, '..', 'feature');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(folder, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const file = vscode.Uri.joinPath(renamed, 'harbor.shot.md');
    await untilFile(file.fsPath);
    mkdirSync(join(stage().clips, 'archive'));
    const moved = vscode.Uri.file(join(stage().clips, 'archive', 'port.shot.md'));
    const again = new vscode.WorkspaceEdit();
    again.renameFile(file, moved);
    assert.ok(await vscode.workspace.applyEdit(again));
    await untilFile(moved.fsPath);
    await window.contextMenu(VIEW, 'ferry', 'Show in Shot File');
    await eventually(() => {
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, moved.fsPath);
    });
  });

  it('keeps takes with a file of the workspace that is renamed, by its place in there', async () => {
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root, 'a folder is open');
    const before = vscode.Uri.joinPath(root.uri, 'shots-before', 'harbor.shot.md');
    const after = vscode.Uri.joinPath(root.uri, 'shots-after');
    try {
      await vscode.workspace.fs.writeFile(before, Buffer.from(HARBOR));
      await castOne({
        ...take(before, 'ferry', 'Ferry'),
        shotFile: `${root.name}/shots-before/harbor.shot.md`,
      });
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(vscode.Uri.joinPath(before, '..'), after);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await untilFile(`${root.name}/shots-after/harbor.shot.md`);
    } finally {
      await vscode.workspace.fs.delete(after, { recursive: true });
    }
  });

  async function untilFile(path: string): Promise<void> {
    const shotFile = (): string | null => asAnotherWindow(store => store.list()[0]?.shotFile ?? null);
    await waitUntil(
      `the shot file ${path}`,
      () => shotFile() === path || undefined,
      () => String(shotFile()),
    );
  }
});
