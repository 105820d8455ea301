import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { HOUR, MINUTE, systemClock } from '../../src/base/clock.ts';
import type { Settlement } from '../../src/store/intents.ts';
import { TaskStore } from '../../src/store/store.ts';
import type { Intent } from '../../src/tasks/intent.ts';
import { eventually, storageFolder, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { aNewIntent } from '../unit/builders.ts';
import { enterKey, setting, treeText, untilTree, useStage, VIEW } from './stage.ts';

describe('videos that are still to be made, or may have been', () => {
  const window = workbench();
  let store: TaskStore;

  // Before the stage is cleared, which waits for what is being sent.
  afterEach(async () => {
    for (const { id } of store.intents.open().filter(({ state }) => state === 'sending')) {
      store.intents.settle(id, { ...NOTHING, state: 'refused' }, Date.now());
    }
    store.dispose();
    await setting('tasks.groupBy', undefined);
  });
  const stage = useStage();
  beforeEach(async () => {
    await setting('tasks.groupBy', 'state');
    store = new TaskStore(join(storageFolder(), 'dailies.db'), { clock: systemClock });
    // Of a key that a test before had taken away.
    store.pauses.end('noKey');
  });

  const NOTHING = { problem: null, problemText: null, response: null, taskId: null } as const;

  /** Writes a video down as another window does that sends it at once; `end`: what came of it. Without, it is being sent. */
  const send = (label: string, minutesAgo: number, end?: Partial<Settlement>): Intent => {
    const intent = write(label, minutesAgo);
    const claimed = store.intents.claim(Date.now(), 3 * MINUTE);
    assert.equal(claimed?.id, intent.id);
    if (end) {
      store.intents.settle(intent.id, { ...NOTHING, state: 'unknown', ...end }, Date.now());
    }
    return intent;
  };

  const write = (label: string, minutesAgo: number): Intent => {
    const body = JSON.stringify({
      model: 'veo_3_1_fast',
      prompt: `A ferry **leaves** for ${label}`,
      seconds: 8,
    });
    const [intent] = store.intents.add(
      [
        aNewIntent({
          batch: label,
          gateway: stage().gateway.baseUrl,
          body,
          hash: label,
          label,
          estimate: 0.72,
          estimateSource: 'table',
        }),
      ],
      // So long ago that it says the same through a test.
      Date.now() - 2.5 * HOUR - minutesAgo * MINUTE,
    );
    assert.ok(intent);
    return intent;
  };

  const sendAll = (): void => {
    store.commit(() => {
      send('Oslo', 5, { state: 'unknown', problem: 'timeout' });
      send('Kiel', 8, { state: 'refused', problem: 'refused', problemText: 'against the policy' });
      send('Turku', 10, { state: 'notSent', problem: 'network', problemText: 'ECONNREFUSED' });
      send('Riga', 15);
      write('Gdynia', 20);
    });
  };

  it('are rows with what can be done with them, in their groups, and are counted', async () => {
    sendAll();
    await untilTree(
      window,
      `▾ Needs Attention (3)
  question Oslo · May have been made · The gateway timed out. · Veo 3.1 Fast
  error Kiel · Refused · The gateway returned an error: against… · Veo 3.1 Fast
  warning Turku · Not sent · Can't reach the gateway: ECONNREFUSED · Veo 3.1 Fast
▾ In Progress (2)
  loading Riga · Sending · 2 h ago · Veo 3.1 Fast
  watch Gdynia · Waiting to send · 2 h ago · Veo 3.1 Fast`,
    );
    assert.deepEqual(
      (await window.treeRows(VIEW))
        .filter(row => row.level === 2)
        .map(({ label, actions }) => `${label}: ${actions.join(', ')}`),
      [
        'Oslo: Enter Task ID…',
        'Kiel: Send Video…, Cancel Video',
        'Turku: Send Video…, Cancel Video',
        'Riga: ',
        'Gdynia: Cancel Video',
      ],
    );
    await eventually(async () => {
      assert.equal(
        (await window.statusBarItem('dailies.tasks')).text,
        '1 may have been made · 2 not made · 2 to send',
      );
    });
    const hover = (await window.hoverRow(VIEW, 'Oslo')).split(/\n+/);
    assert.deepEqual(hover.slice(0, 4), [
      'Oslo',
      'May have been made · 2 h ago · Veo 3.1 Fast',
      'The gateway timed out. It may have been made and charged. Check on the gateway first.',
      'Enter Task ID… · Mark as Not Made… · Send Again… · Show Request',
    ]);
    await window.screenshot('intents.png');
    assert.ok(hover.includes('Prompt: A ferry **leaves** for Oslo'), hover.join('\n'));
    assert.ok(hover.includes('Estimate: 0.72 (your price table)'), hover.join('\n'));
  });

  it('are grouped, ordered and filtered as tasks are', async () => {
    sendAll();
    await setting('tasks.groupBy', 'model');
    await setting('tasks.sortBy', 'name');
    try {
      const names = async (): Promise<string[]> =>
        (await treeText(window)).replaceAll(/ · .*/g, '').split('\n');
      await eventually(async () => {
        assert.deepEqual(await names(), [
          '▾ Veo 3.1 Fast (5)',
          '  watch Gdynia',
          '  error Kiel',
          '  question Oslo',
          '  loading Riga',
          '  warning Turku',
        ]);
      });
      await window.pressViewAction(VIEW, 'Filter Tasks…');
      await window.typeQuickInput('turku');
      await window.acceptQuickInput();
      await eventually(async () => {
        assert.deepEqual(await names(), ['▾ Veo 3.1 Fast (1)', '  warning Turku']);
        assert.equal(await window.viewMessage(VIEW), 'Filter: turku (1 of 5)');
      });
      await window.pressViewAction(VIEW, 'Clear Filter');
    } finally {
      await setting('tasks.sortBy', undefined);
    }
  });

  it('stay until a person decides, and go when one has', async () => {
    sendAll();
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 7 || undefined);
    await window.contextMenu(VIEW, 'Oslo', 'Mark as Not Made…');
    await window.pressDialogButton('Mark as Not Made');
    await window.pressRowAction(VIEW, 'Gdynia', 'Cancel Video');
    await eventually(async () => {
      assert.deepEqual(
        (await window.treeRows(VIEW)).filter(row => row.level === 2).map(row => row.label),
        ['Kiel', 'Turku', 'Riga'],
      );
    });
  });

  it('hand their selection on to the task that they become', async () => {
    const intent = send('Riga', 1);
    await waitUntil('the row', async () => (await window.treeRows(VIEW)).length === 2 || undefined);
    await window.clickRow(VIEW, 'Riga');
    await eventually(async () => {
      assert.deepEqual(
        (await window.tabs()).filter(tab => tab.isActive).map(tab => tab.title),
        ['Riga.md'],
      );
    });
    store.commit(() => {
      store.intents.settle(intent.id, { ...NOTHING, state: 'accepted', taskId: 'vgen_riga1' }, Date.now());
      store.add(intent.gateway, 'vgen_riga1', Date.now(), Date.now() + HOUR, { label: 'Riga' });
    });
    await untilTree(window, '▾ In Progress (1)\n  watch Riga · Waiting for status · just now');
    await eventually(async () => {
      assert.deepEqual(
        (await window.treeRows(VIEW)).filter(row => row.isSelected).map(row => row.label),
        ['Riga'],
      );
    });
  });

  it('are cancelled with Delete, with all that are selected; what may have been made is decided about first', async () => {
    sendAll();
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 7 || undefined);
    const names = async (): Promise<string[]> =>
      (await window.treeRows(VIEW)).filter(row => row.level === 2).map(row => row.label);
    await window.clickRow(VIEW, 'Oslo');
    await window.pressKey('Delete');
    const told = await window.waitForNotification('"Oslo" may have been made and charged');
    assert.deepEqual(told.buttons, ['Enter Task ID…', 'Mark as Not Made…']);
    await window.pressNotificationButton('"Oslo" may have been made and charged', 'Mark as Not Made…');
    assert.equal((await window.dialog()).message, 'Mark "Oslo" as not made?');
    await window.pressDialogButton('Cancel');
    await window.clickRow(VIEW, 'Riga');
    await window.pressKey('Delete');
    await window.waitForNotification('Too late: the request is being sent right now.');
    assert.deepEqual(await names(), ['Oslo', 'Kiel', 'Turku', 'Riga', 'Gdynia']);
    await window.clickRow(VIEW, 'Kiel');
    await window.pressKey('Shift+ArrowDown');
    await window.pressKey('Delete');
    await eventually(async () => {
      assert.deepEqual(await names(), ['Oslo', 'Riga', 'Gdynia']);
    });
  });

  it('are renamed with F2 or from the menu, also while they are being sent, and the task has that name', async () => {
    sendAll();
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 7 || undefined);
    const untilName = async (name: string): Promise<void> => {
      await waitUntil(
        'the name',
        async () => (await window.treeRows(VIEW)).some(({ label }) => label === name) || undefined,
      );
    };
    // The menu is that of one row.
    await window.clickRow(VIEW, 'Kiel');
    await window.contextMenu(VIEW, 'Kiel', 'Rename…');
    await window.quickInput('Rename "Kiel"');
    await window.typeQuickInput('Kiel at dawn');
    await window.acceptQuickInput();
    await untilName('Kiel at dawn');
    await window.clickRow(VIEW, 'Riga');
    await window.pressKey('F2');
    assert.equal((await window.quickInput('Rename "Riga"')).value, 'Riga');
    await window.typeQuickInput('Riga at dusk');
    await window.acceptQuickInput();
    await untilName('Riga at dusk');
    const [sending] = store.intents.open().filter(({ state }) => state === 'sending');
    assert.deepEqual([sending?.label, store.intents.open().length], ['Riga at dusk', 5]);
  });

  it('are opened as a shot file to be edited, and stay as they are', async () => {
    sendAll();
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 7 || undefined);
    for (const name of ['Oslo', 'Kiel', 'Turku']) {
      await window.contextMenu(VIEW, name, 'Edit Request');
      const text = await waitUntil('the shot file', () => {
        const document = vscode.window.activeTextEditor?.document;
        return document?.isUntitled === true && document.getText().includes(`for ${name}`)
          ? document.getText()
          : undefined;
      });
      assert.match(
        text,
        new RegExp(`^---\nmodel: veo_3_1_fast\n[^]*---\n## ${name}\n\nA ferry \\*\\*leaves`),
      );
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    assert.equal(store.intents.open().length, 5);
    assert.doesNotMatch((await window.rowMenu(VIEW, 'Riga')).join(), /Edit Request/);
    await window.pressKey('Escape');
  });

  it('are copied as commands that make them, with a word about what that costs', async () => {
    sendAll();
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 7 || undefined);
    await window.contextMenu(VIEW, 'Turku', 'Copy Request as cURL');
    await window.waitForNotification(
      'Each time you run the command, it generates a video, which is charged.',
    );
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^curl /);
    assert.match(copied, /\/v1\/veo\/videos/);
    assert.match(copied, /leaves\*\* for Turku/);
    assert.doesNotMatch(copied, new RegExp(DEMO_KEY));
  });

  it('become the task whose ID is given on the row, or are sent again from there, once a person has confirmed it', async () => {
    sendAll();
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 7 || undefined);
    await window.pressRowAction(VIEW, 'Oslo', 'Enter Task ID…');
    await window.quickInput('Enter the task ID, a JSON response, or a task link');
    await window.typeQuickInput('vgen_4ea4c7f40001');
    await window.acceptQuickInput();
    await waitUntil(
      'the task',
      () => store.list().some(({ id, label }) => id === 'vgen_4ea4c7f40001' && label === 'Oslo') || undefined,
    );
    store.commit(() => {
      for (const { id } of store.intents.open().filter(({ state }) => state === 'sending')) {
        store.intents.settle(id, { ...NOTHING, state: 'unknown', problem: 'lost' }, Date.now());
      }
    });
    await enterKey(window);
    await window.contextMenu(VIEW, 'Riga', 'Send Again…');
    const { message, detail } = await window.dialog();
    assert.equal(message, 'Send "Riga" again? You may be charged twice.');
    assert.match(detail, /Estimate: 0\.72 \(your price table\)/);
    await window.pressDialogButton('Cancel');
    const sentAs = (): string =>
      store.intents
        .since(0)
        .filter(({ label, gateway }) => label === 'Riga' && gateway === stage().gateway.baseUrl)
        .map(({ resolution }) => resolution ?? 'open')
        .join();
    assert.equal(sentAs(), 'open');
    await window.contextMenu(VIEW, 'Riga', 'Send Again…');
    await window.dialog();
    await window.pressDialogButton('Send Again');
    await waitUntil('the second one', () => sentAs() === 'sentAgain,open' || undefined, sentAs);
  });
});
