import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openWindow, workbench, type RemoteWorkbench } from '../vscode/bridgeClient.ts';
import { endOf, nameOfId } from './rowNames.ts';
import { enterKey, setting, track, trackAndSettle, untilList, untilRow, useStage, VIEW } from './stage.ts';

const MODEL = 'veo_3_1_fast';
const READY = { model: MODEL, queuedS: 0, processingS: 0, clip: 'tone' } as const;
const FAILED = { model: MODEL, queuedS: 0, processingS: 0, outcome: 'failed' } as const;

const SETTINGS = ['ready', 'failed', 'atRisk', 'keyRejected'];

describe('notifications', () => {
  const window = workbench();

  // Before the stage is cleared: the person is back, and hears everything.
  afterEach(async () => {
    for (const name of SETTINGS) {
      await setting(`notifications.${name}`, undefined);
    }
    await window.setFocused(true);
  });

  const stage = useStage();

  before(function () {
    if (vscode.env.uiKind === vscode.UIKind.Desktop) {
      // There the system says which window has the focus.
      this.skip();
    }
  });

  beforeEach(() => enterKey(window));

  /** The person turns away from the window that runs the suites, or back to it, and Dailies knows. */
  const setFocused = async (isFocused: boolean): Promise<void> => {
    await window.setFocused(isFocused);
    await eventually(() => {
      assert.equal(vscode.window.state.focused, isFocused);
    });
  };

  const untilReady = (ids: readonly string[]): Promise<void> =>
    untilList(
      window,
      ids
        .map(id => `${endOf(id)} Ready · ${MODEL}`)
        .reverse()
        .join('\n'),
    );

  /** What has been told; VS Code itself tells there that it starts an extension. */
  const messages = async (where: RemoteWorkbench = window): Promise<string[]> =>
    (await where.allNotifications()).filter(each => !each.isInProgress).map(each => each.message);

  it('of several clips that become ready meanwhile is one, waits for the person, and leads to the list', async () => {
    const { gateway } = stage();
    await setting('notifications.ready', 'focused');
    await setFocused(false);
    const ids = [1, 2, 3, 4].map(() => gateway.addTask(READY));
    await track(window, ids.join(' '));
    await untilReady(ids);
    assert.deepEqual(await messages(), []);
    await vscode.commands.executeCommand('workbench.view.explorer');
    await setFocused(true);
    await window.waitForNotification('4 clips are ready.');
    await window.screenshot('notification-4-ready.png');
    assert.deepEqual(await messages(), ['4 clips are ready.']);
    const { buttons } = await window.waitForNotification('4 clips are ready.');
    assert.deepEqual(buttons, ['Preview', 'Open Contact Sheet', 'Show Tasks']);
    await window.pressNotificationButton('4 clips are ready.', 'Show Tasks');
    assert.equal((await window.treeRows(VIEW)).length, 4);
  });

  it('of several kinds are one of each kind, and say what several have in common', async () => {
    const { gateway } = stage();
    for (const name of SETTINGS) {
      await setting(`notifications.${name}`, 'focused');
    }
    await setFocused(false);
    const ids = [
      gateway.addTask({ ...FAILED, error: 'against the policy' }),
      gateway.addTask({ ...FAILED, error: 'against the policy' }),
      gateway.addTask({ ...FAILED, error: 'against the policy' }),
      gateway.addTask({ ...READY, outcome: 'cancelled' }),
      gateway.addTask({ ...READY, outcome: 'cancelled' }),
      gateway.addTask(READY),
    ];
    const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = ids.map(endOf);
    await track(window, ids.join(' '));
    await untilList(
      window,
      [
        `${sixth} Ready · ${MODEL}`,
        `${fifth} Cancelled · ${MODEL}`,
        `${fourth} Cancelled · ${MODEL}`,
        `${third} Failed · ${MODEL}`,
        `${second} Failed · ${MODEL}`,
        `${first} Failed · ${MODEL}`,
      ].join('\n'),
    );
    assert.deepEqual(await messages(), []);
    // A wish that is taken back holds at once, with or without the person.
    for (const name of SETTINGS) {
      await setting(`notifications.${name}`, undefined);
    }
    await eventually(async () => {
      assert.deepEqual(
        (await window.allNotifications())
          .filter(each => !each.isInProgress)
          .map(({ severity, message }) => `${severity}: ${message}`)
          .sort(),
        [
          'error: 3 tasks failed: against the policy',
          `info: "${nameOfId(ids[5] ?? '')}" is ready.`,
          'warning: 2 tasks were cancelled.',
        ],
      );
    });
  });

  it('of clips that need the same help offer it', async () => {
    const { gateway } = stage();
    await setting('notifications.atRisk', 'focused');
    await setting('save.maxSizeMB', 1);
    try {
      await setFocused(false);
      const ids = [1, 2, 3].map(() => gateway.addTask({ ...READY, sizeBytes: 4_000_000 }));
      await track(window, ids.join(' '));
      await untilList(
        window,
        ids
          .map(id => `${endOf(id)} Save failed · ${MODEL}`)
          .reverse()
          .join('\n'),
      );
      await setFocused(true);
      const { message, buttons, severity } = await window.waitForNotification("3 clips aren't saved yet.");
      assert.match(message, /The first link expires in 2\d h\. The clip is larger than 1(\.0)? /);
      assert.deepEqual([severity, buttons], ['warning', ['Open Settings', 'Show Tasks']]);
    } finally {
      await setting('save.maxSizeMB', undefined);
    }
  });

  it('that nobody wishes for do not come, then or later', async () => {
    const { gateway } = stage();
    await setting('notifications.ready', 'never');
    const [unheard, failed, heard] = [
      gateway.addTask(READY),
      gateway.addTask(FAILED),
      gateway.addTask(READY),
    ];
    await track(window, unheard);
    await untilReady([unheard]);
    // What is told of the failure is told after it was decided about the clip.
    await track(window, failed);
    await window.waitForNotification('failed');
    await setting('notifications.ready', undefined);
    await track(window, heard);
    await window.waitForNotification('ready');
    const all = await messages();
    assert.deepEqual(
      [all.length, all[0]?.includes(nameOfId(heard)), all[1]?.includes(nameOfId(failed))],
      [2, true, true],
    );
  });

  it('come in the window that the person is in, and in no other', async () => {
    const { gateway } = stage();
    await setting('notifications.ready', 'focused');
    await setFocused(false);
    const second = await openWindow();
    try {
      const id = gateway.addTask(READY);
      await track(window, id);
      await second.waitForNotification('" is ready.');
      assert.deepEqual(await messages(second), [`"${nameOfId(id)}" is ready.`]);
      assert.deepEqual(await messages(), []);
    } finally {
      await second.close();
    }
  });

  it('leave alone what the person is doing', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ ...READY, queuedS: 10_000 });
    await trackAndSettle(window, id);
    await untilList(window, `${endOf(id)} Queued · ${MODEL}`);
    await window.runCommand('Dailies: Track Task…');
    await window.quickInput('vgen_…, video_…');
    await window.typeQuickInput('vgen_half');
    gateway.advance(10_000_000);
    await window.waitForNotification('is ready.');
    assert.equal((await window.quickInput('vgen_…, video_…')).value, 'vgen_half');
    await window.pressKey('1');
    assert.equal((await window.quickInput('vgen_…, video_…')).value, 'vgen_half1');
    await window.dismissQuickInput();
  });

  it('do not report failed checks: the row and the status bar do', async () => {
    const { gateway } = stage();
    gateway.setFaults({ kind: 'status', status: 503 });
    const id = gateway.addTask({ model: MODEL, queuedS: 100_000 });
    await track(window, id);
    await untilRow(window, /^Check failed/);
    await window.statusBarItem('1 waiting');
    assert.deepEqual(await messages(), []);
  });
});
