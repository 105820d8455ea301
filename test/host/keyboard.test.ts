import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf, enterKey, track, untilList, untilRow, useStage, VIEW } from './stage.ts';

describe('the list by keyboard', () => {
  const window = workbench();
  const stage = useStage();

  it('plays a finished clip on Enter', async () => {
    await enterKey(window);
    const id = stage().gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' });
    await track(window, id);
    await untilList(window, `${endOf(id)} Ready · veo_3_1_fast`);
    await vscode.commands.executeCommand('dailies.tasks.focus');
    await window.pressKey('ArrowDown');
    await window.pressKey('Enter');
    await waitUntil('the clip', async () => (await window.tabs()).some(tab => tab.isActive) || undefined);
  });

  it('asks before Delete takes a task off, and leaves Delete alone where text is typed', async () => {
    await track(window, stage().gateway.addTask({ queuedS: 100_000 }));
    const { label } = await untilRow(window, /No API key/);
    await window.clickRow(VIEW, label);
    await window.pressKey('Delete');
    assert.match((await window.dialog()).message, new RegExp(`Remove ${label} from the list\\?`));
    await window.pressDialogButton('Cancel');

    await window.clickRow(VIEW, label);
    await vscode.commands.executeCommand('list.find');
    await window.pressKey('x');
    await window.pressKey('Delete');
    await window.pressKey('Escape');
    assert.equal((await window.treeRows(VIEW)).length, 1);
    await window.clickRow(VIEW, label);
    await window.pressKey('Delete');
    await window.dialog();
    await window.pressDialogButton('Cancel');
  });
});
