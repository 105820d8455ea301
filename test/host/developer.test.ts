import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { eventually, workbench } from '../vscode/bridgeClient.ts';
import { endOf, nameOfId } from './rowNames.ts';
import { enterKey, track, trackAndSettle, untilList, untilRow, useStage, VIEW } from './stage.ts';

const MODEL = 'veo_3_1_fast';

describe('what developers want of tasks', () => {
  const window = workbench();
  const stage = useStage();

  it('is the raw response: read-only, named after its task, and always the newest', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: MODEL, queuedS: 10_000, processingS: 0, clip: 'tone' });
    await trackAndSettle(window, id);
    const { label } = await untilRow(window, /Waiting for status/);
    await window.contextMenu(VIEW, label, 'Show Raw Response');
    await untilShown('plaintext', /^No response for this task yet\.\nNo API key is set for/);
    assert.deepEqual(await window.tabs(), [{ title: `${label}.json`, isActive: true }]);

    await enterKey(window);
    await untilShown('json', new RegExp(`^{\\n {2}"id": "${id}",\\n[^]*\\n {2}"status": "queued"`));
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('type', { text: 'x' });

    gateway.advance(10_000_000);
    const { text } = await untilShown('json', /"status": "completed"[^]*"video_url": "[^"]*Signature=/);
    assert.equal(text, JSON.stringify(JSON.parse(text), null, 2));
    await window.clearNotifications();
    await window.screenshot('raw-answer.png');

    await vscode.commands.executeCommand('dailies.tasks.focus');
    await window.contextMenu(VIEW, nameOfId(id), 'Remove from List');
    await window.pressDialogButton('Remove');
    await untilShown('plaintext', /^This task is no longer in the list\.$/);
  });

  it('is warned of a response with several videos, of which one is taken', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: MODEL, queuedS: 0, processingS: 0, clip: 'tone' });
    gateway.setFaults({ kind: 'shape', shape: 'twoClips' }, id);
    await enterKey(window);
    await trackAndSettle(window, id);
    const { label } = await untilRow(window, /Ready/);
    await window.contextMenu(VIEW, label, 'Show Raw Response');
    await untilShown(
      'jsonc',
      /^\/\/ This response has 2 different video links\. Dailies uses the first one\.\n\{\n/,
    );
  });

  it('is a task to paste elsewhere, or several, without key and signature', async () => {
    const { gateway } = stage();
    await enterKey(window);
    const ids = [
      gateway.addTask({ model: MODEL, queuedS: 100_000 }),
      gateway.addTask({ model: MODEL, queuedS: 0, processingS: 0, clip: 'tone' }),
    ] as const;
    await trackAndSettle(window, ids.join(' '));
    await untilList(window, `${endOf(ids[1])} Ready · ${MODEL}\n${endOf(ids[0])} Queued · ${MODEL}`);
    await window.clearNotifications();
    const [{ label } = { label: '' }] = await window.treeRows(VIEW);

    await window.contextMenu(VIEW, label, 'Copy', 'Copy as cURL');
    await untilClipboard(
      `curl -H "Authorization: Bearer $DAILIES_KEY" '${gateway.baseUrl}/v1/result/${ids[1]}'`,
    );
    await window.contextMenu(VIEW, label, 'Copy', 'Copy as JSON');
    await eventually(async () => {
      const { id, file, link } = JSON.parse(await vscode.env.clipboard.readText()) as Record<string, string>;
      assert.deepEqual([id, file, link?.includes('?')], [ids[1], 'saved', false]);
    });

    await vscode.commands.executeCommand('dailies.tasks.focus');
    await vscode.commands.executeCommand('list.selectAll');
    await window.contextMenu(VIEW, label, 'Copy', 'Copy as JSON');
    await eventually(async () => {
      const tasks = JSON.parse(await vscode.env.clipboard.readText()) as { id: string }[];
      assert.deepEqual(
        tasks.map(task => task.id),
        [ids[1], ids[0]],
      );
    });
    assert.ok(!(await vscode.env.clipboard.readText()).includes(DEMO_KEY));
    await window.runCommand('Dailies: Copy as cURL');
    await eventually(async () => {
      const lines = (await vscode.env.clipboard.readText()).split('\n');
      assert.deepEqual(
        lines.map(line => line.slice(-9)),
        [ids[1], ids[0]].map(id => `${endOf(id)}'`),
      );
    });
  });

  it('leaves the clipboard alone when no task is chosen', async () => {
    await track(window, stage().gateway.addTask({ queuedS: 100_000 }));
    await untilRow(window, /Waiting for status/);
    // Tracking ends with the selection of the task.
    const untilSelected = async (isSelected: boolean): Promise<void> => {
      const rows = await window.treeRows(VIEW);
      assert.deepEqual(
        rows.map(row => row.isSelected),
        [isSelected],
      );
    };
    await eventually(() => untilSelected(true));
    await eventually(async () => {
      await vscode.commands.executeCommand('dailies.tasks.focus');
      await vscode.commands.executeCommand('list.clear');
      await untilSelected(false);
    });
    await vscode.env.clipboard.writeText('mine');
    const copied = vscode.commands.executeCommand('dailies.task.copyJson');
    await window.quickInput('Copy as JSON');
    await window.dismissQuickInput();
    await copied;
    assert.equal(await vscode.env.clipboard.readText(), 'mine');
    await vscode.commands.executeCommand('list.selectAll');
    await vscode.commands.executeCommand('dailies.task.copyLink');
    await window.dismissNotification('No task supports this action');
    assert.equal(await vscode.env.clipboard.readText(), 'mine');
  });
});

async function untilShown(language: string, pattern: RegExp): Promise<{ text: string }> {
  return eventually(() => {
    const document = vscode.window.activeTextEditor?.document;
    assert.match(document?.getText() ?? '', pattern);
    assert.equal(document?.languageId, language);
    return { text: document.getText() };
  });
}

async function untilClipboard(text: string): Promise<void> {
  await eventually(async () => {
    assert.equal(await vscode.env.clipboard.readText(), text);
  });
}
