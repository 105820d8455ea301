import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DailiesApi, DailiesExports } from '../../dailies.d.ts';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf } from './rowNames.ts';
import { enterKey, setting, untilList, useStage, VIEW } from './stage.ts';

/** What Dailies offers to another extension, which the one that runs these tests is. */
async function dailies(): Promise<DailiesApi> {
  const extension = vscode.extensions.getExtension<DailiesExports>('dailies.dailies');
  assert.ok(extension);
  return (await extension.activate()).getApi(1);
}

describe('what leads to Dailies from outside', () => {
  const window = workbench();
  const stage = useStage();

  beforeEach(() => enterKey(window));

  /** Opens an address as VS Code does when the system hands it one. */
  const open = async (address: string): Promise<void> => {
    await window.runCommand('Developer: Open URL');
    await window.quickInput();
    await window.typeQuickInput(address);
    await window.acceptQuickInput();
    // VS Code has its own word first.
    await waitUntil('VS Code to ask', async () => {
      const { buttons } = await window.dialog();
      if (!buttons.includes('Open')) {
        return undefined;
      }
      await window.pressDialogButton('Open');
      return true;
    });
  };

  /** The dialog of Dailies, after that of VS Code. */
  const confirmation = async (): Promise<string> =>
    waitUntil('the confirmation', async () => {
      const { message, detail, buttons } = await window.dialog();
      return buttons.includes('Track') ? `${message}\n${detail}` : undefined;
    });

  it('tracks the tasks of an address only once the person has confirmed it', async () => {
    const { gateway } = stage();
    const [a = '', b = ''] = ['', ''].map(() => gateway.addTask({ queuedS: 100_000 }));
    await open(`vscode://dailies.dailies/track?id=${a}&id=${b}`);
    const words = await confirmation();
    assert.match(words, /^A link wants to track 2 tasks\./);
    assert.ok(
      words.includes(a) && words.includes(b) && /checked at 127\.0\.0\.1:\d+ with your key/.test(words),
    );
    assert.ok(!gateway.requests.some(({ path }) => path.includes(a)));
    await window.pressDialogButton('Cancel');
    assert.equal((await window.treeRows(VIEW)).length, 0);
    await open(`vscode://dailies.dailies/track?id=${a}`);
    await confirmation();
    await window.pressDialogButton('Track');
    await untilList(window, `${endOf(a)} Queued · veo_3_1_fast`);
    // What is in the list already is only shown.
    await window.runCommand('View: Show Explorer');
    await open(`vscode://dailies.dailies/track?id=${a}`);
    await waitUntil(
      'its row to be selected',
      async () => (await window.treeRows(VIEW)).some(row => row.isSelected) || undefined,
    );
  });

  it('refuses an address with a gateway, a key, or anything that is no ID, and says why', async () => {
    for (const [address, reason] of [
      ['track?id=vgen_1a2b3c4d&gateway=https%3A%2F%2Fevil.example', 'it contains "gateway"'],
      [`track?id=${DEMO_KEY}7`, 'This is your API key, not a task ID.'],
      ['track?id=..%2Fx1', "isn't a task ID"],
      ['make?id=vgen_1a2b3c4d', 'can only track tasks'],
    ] as const) {
      await open(`vscode://dailies.dailies/${address}`);
      await window.dismissNotification(reason);
    }
    assert.equal((await window.treeRows(VIEW)).length, 0);
  });

  it('makes IDs in terminals links that track a task, and show it where it is in the list', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ queuedS: 100_000 });
    const written = new vscode.EventEmitter<string>();
    await vscode.workspace
      .getConfiguration('terminal.integrated')
      .update('gpuAcceleration', 'off', vscode.ConfigurationTarget.Global);
    const terminal = vscode.window.createTerminal({
      name: 'Script',
      pty: {
        onDidWrite: written.event,
        open: () => {
          written.fire(`{"id":"${id}","status":"queued"}\r\n`);
        },
        close: () => undefined,
      },
    });
    try {
      terminal.show();
      await window.clickTerminalLink(id);
      await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
      await window.openView('Dailies');
      await window.clickTerminalLink(id);
      await waitUntil(
        'its row to be selected',
        async () => (await window.treeRows(VIEW)).some(row => row.isSelected) || undefined,
      );
      assert.equal((await window.treeRows(VIEW)).length, 1);
    } finally {
      terminal.dispose();
      written.dispose();
    }
  });

  it('gives other extensions frozen copies without links and keys, and announces each change', async () => {
    const { gateway } = stage();
    const api = await dailies();
    const changed = new Set<string>();
    const listening = api.onDidChange(({ ids }) => {
      ids.forEach(id => changed.add(id));
    });
    try {
      const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, amount: 0.76 });
      const result = await api.track(['../x', DEMO_KEY, id], { name: 'Harbor' });
      assert.deepEqual(
        { ...result, refused: result.refused.map(({ input }) => input) },
        { tracked: [id], known: [], refused: ['../x', '…'] },
      );
      const task = await waitUntil('a saved file', () => {
        const found = api.get(id);
        return found?.file === 'saved' ? found : undefined;
      });
      assert.deepEqual(
        [task.name, task.model, task.medium, task.state, task.amount, changed.has(id)],
        ['Harbor', 'veo_3_1_fast', 'video', 'completed', 0.76, true],
      );
      assert.ok(task.filePath?.startsWith(stage().clips));
      const text = JSON.stringify(api.list());
      assert.doesNotMatch(text, new RegExp(`X-Amz|${DEMO_KEY}|\\.mp4\\?|/clips/${id}`));
      assert.throws(() => {
        (task as { name: string }).name = 'other';
      }, TypeError);
      assert.ok(Object.isFrozen(api) && Object.isFrozen(api.list()));
      changed.clear();
      await vscode.commands.executeCommand('dailies.tasks.markAllViewed');
      await waitUntil('the change', () => changed.has(id) || undefined);
    } finally {
      listening.dispose();
    }
  });

  it('has videos made for other extensions only after the person has confirmed, whatever the settings say', async () => {
    const { gateway } = stage();
    const api = await dailies();
    const request = { model: 'veo_3_1_fast', prompt: 'A ferry at dawn.' };
    await setting('create.confirm', 'never');
    await setting('create.confirmUnknownPrice', false);
    await setting('prices', { veo_3_1_fast: { call: 0.5 } });
    try {
      assert.deepEqual(api.estimate(request), { amount: 0.5, source: 'table', samples: 0 });
      const declined = api.make(request);
      await waitUntil('the confirmation', async () => {
        const { detail } = await window.dialog();
        return detail.includes('Another extension requests this.') || undefined;
      });
      await window.pressDialogButton('Cancel');
      assert.equal(await declined, undefined);
      assert.equal(gateway.requests.filter(({ method }) => method === 'POST').length, 0);
      const made = api.make(request, { name: 'Ferry' });
      await waitUntil(
        'the confirmation',
        async () => (await window.dialog()).buttons.includes('Generate') || undefined,
      );
      await window.pressDialogButton('Generate');
      assert.deepEqual(
        (await made)?.map(({ model, estimate }) => [model, estimate]),
        [['veo_3_1_fast', 0.5]],
      );
      await waitUntil('the task', () => api.list().find(({ name }) => name === 'Ferry'));
      assert.equal(gateway.requests.filter(({ method }) => method === 'POST').length, 1);
    } finally {
      await setting('create.confirm', undefined);
      await setting('create.confirmUnknownPrice', undefined);
      await setting('prices', undefined);
    }
  });
});
