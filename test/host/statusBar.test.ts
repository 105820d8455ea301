import assert from 'node:assert/strict';
import { DEMO_KEY } from '../gateway/gateway.ts';
import type { ListRow } from '../vscode/workbench.ts';
import { eventually, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow } from './cast.ts';
import { endOf, tasksByName, whoIs } from './rowNames.ts';
import { enterKey, setting, track, trackAndSettle, untilPage, untilRow, useStage } from './stage.ts';

const ITEM = 'dailies.tasks';
const TITLE = 'Go to Task';

/** Stays as it is for as long as a test lasts. */
const QUEUED = { model: 'veo_3_1_pro', queuedS: 100_000 } as const;
const RENDERING = { model: 'grok_video3', queuedS: 0, processingS: 100_000 } as const;
const FINISHED = { model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' } as const;
const FAILED = {
  model: 'veo_3_1_fast',
  queuedS: 0,
  processingS: 0,
  outcome: 'failed',
  error: 'against $(zap) the policy',
} as const;

const window = workbench();

/** Waits until the status bar reads like this, icon and severity and all; '' for nothing. */
async function untilBar(expected: string): Promise<void> {
  await eventually(async () => {
    const item = (await window.statusBar()).find(({ id }) => id.endsWith(`.${ITEM}`));
    const severity = item?.severity === 'warning' ? ', warning' : '';
    assert.equal(item ? `${item.icons.join(' ')}: ${item.text}${severity}` : '', expected);
  });
}

function linesOf(text: string): string[] {
  return text.split('\n').map(line => line.trim());
}

describe('the status bar', () => {
  const stage = useStage();

  it('is hidden without tasks, counts what there is, and turns only while something goes on', async () => {
    const { gateway } = stage();
    await enterKey(window);
    await untilBar('');
    const ids = [RENDERING, RENDERING, QUEUED, FINISHED, FAILED].map(plan => gateway.addTask(plan));
    await track(window, ids.join(' '));
    await untilBar('loading~spin: 2 rendering · 1 queued · 1 ready');
    const { ariaLabel } = await window.statusBarItem(ITEM);
    assert.match(ariaLabel, /^Dailies: 2 rendering, 1 queued, 1 ready/);
    await window.runCommand('Dailies: Pause Polling');
    await untilBar('debug-pause: Paused · 2 rendering · 1 queued · 1 ready');
    await window.runCommand('Dailies: Resume Polling');
    await untilBar('loading~spin: 2 rendering · 1 queued · 1 ready');
    // Nobody has to be told of a clip that was looked at.
    await window.pressNotificationButton('is ready', 'Preview');
    await untilBar('loading~spin: 2 rendering · 1 queued');
  });

  it('warns while tasks wait for a key, and shows which gateway needs one', async () => {
    const { gateway } = stage();
    await track(window, gateway.addTask(QUEUED));
    await untilBar('key: No API key, warning');
    await enterKey(window, 'outdated-key-not-real');
    await untilBar('key: API key rejected, warning');
    const tooltip = await window.hoverStatusBarItem(ITEM);
    const [, , pause = '', ...lines] = linesOf(tooltip).filter(line => !line.startsWith('Next check'));
    assert.ok(pause.startsWith(`API key rejected · ${gateway.baseUrl} · next check at `), pause);
    assert.deepEqual(lines, [
      '1 waiting',
      '',
      'Set API Key…',
      'Go to Task…',
      'Show Spending',
      'Refresh All',
      'Pause Polling',
    ]);
    await enterKey(window, DEMO_KEY);
    await untilBar('loading~spin: 1 queued');
  });

  it('says that it is offline, and stands still', async () => {
    const { gateway } = stage();
    await enterKey(window);
    gateway.setFaults({ kind: 'reset' });
    await track(window, gateway.addTask(QUEUED));
    await untilBar('debug-disconnect: Offline · 1 waiting');
    gateway.clearFaults();
    await untilBar('loading~spin: 1 queued');
  });

  it('has the icon of its first words, also while a clip is saved', async () => {
    const { gateway } = stage();
    await enterKey(window);
    gateway.setFaults({ kind: 'slow', bytesPerSecond: 20_000 }, 'media');
    await track(window, gateway.addTask({ ...FINISHED, sizeBytes: 4_000_000 }));
    await untilBar('loading~spin: 1 saving');
    await window.runCommand('Dailies: Pause Polling');
    await untilBar('debug-pause: Paused · 1 saving');
    await window.runCommand('Dailies: Resume Polling');
    await untilBar('loading~spin: 1 saving');
  });

  it('warns of a clip at risk, and shows how long there is', async () => {
    const { gateway } = stage();
    await enterKey(window);
    gateway.setFaults({ kind: 'html' }, 'media');
    const id = gateway.addTask({ ...FINISHED, linkLifeS: 4.1 * 3600 });
    await track(window, `${id} ${gateway.addTask(RENDERING)}`);
    await untilBar('loading~spin: 1 not saved · 1 rendering');
    // As if it had been tried for most of the link's life.
    asAnotherWindow(store => {
      const task = store.find(gateway.baseUrl, id);
      store.update(task?.key ?? 0, { completedSeenAt: Date.now() - 20 * 3_600_000 });
    });
    await untilBar('warning: 1 not saved · expires in 4 h, warning');
    // Now and then it is tried again, and then it is being saved for a moment.
    await eventually(async () => {
      assert.match(await window.hoverStatusBarItem(ITEM), /1 not saved · expires in 4 h/);
    });
    await window.clickStatusBarItem(ITEM);
    await eventually(async () => {
      const { items } = await window.quickInput(TITLE);
      assert.deepEqual(
        items
          .slice(0, 1)
          .map(({ separator, detail, actions }) => ({ separator, detail: detail.slice(0, 27), actions })),
        [
          {
            separator: 'Needs Attention',
            detail: 'The media server returned a',
            actions: ['Retry Save', 'Show Details'],
          },
        ],
      );
    });
    gateway.clearFaults('media');
    await window.acceptQuickInput();
    await untilBar('loading~spin: 1 rendering · 1 ready');
  });

  it('has a summary on it that follows the tasks while it is read, and leads on', async () => {
    const { gateway } = stage();
    await enterKey(window);
    const slow = gateway.addTask({ ...QUEUED, queuedS: 10_000, processingS: 100_000 });
    await track(window, [slow, ...[FINISHED, FAILED].map(plan => gateway.addTask(plan))].join(' '));
    await untilBar('loading~spin: 1 queued · 1 ready');
    await window.clearNotifications();
    const words = async (): Promise<string[]> => (await window.hover()).split('\n').map(line => line.trim());
    await window.hoverStatusBarItem(ITEM);
    await window.screenshot('status-tooltip.png');
    // While a question is under way there is no next one.
    await eventually(async () => {
      const [, , ...lines] = await words();
      assert.deepEqual(lines.slice(0, 3), ['1 queued', '1 ready', '1 failed']);
      assert.match(lines[3] ?? '', /^Next check at \d/);
      assert.match(lines[4] ?? '', /^Today: 3 videos/);
      assert.match(
        lines.slice(6).join(' | '),
        /^Preview "Veo 3\.1 Fast · \d+:\d\d [AP]M" \| Go to Task… \| Show Spending \| Refresh All \| Pause Polling$/,
      );
    });
    gateway.advance(10_000_000);
    await eventually(async () => {
      assert.equal((await words())[2], '1 rendering');
    });
    await window.pressHoverLink('Pause Polling');
    await untilBar('debug-pause: Paused · 1 rendering · 1 ready');
    await window.runCommand('Dailies: Resume Polling');
  });
});

describe('the quick pick of tasks', () => {
  const stage = useStage();

  const open = async (): Promise<void> => {
    // What takes the focus late, a preview say, closes it.
    await eventually(async () => {
      await window.runCommand('Dailies: Go to Task…');
      await window.quickInput(TITLE, 5_000);
    });
  };
  /** The rows as text: heading, icon, ID, state, and a mark at the active one. */
  const rows = async (): Promise<string[]> =>
    (await window.quickInput(TITLE)).items.map(({ separator, icon, label, description, isActive }) => {
      const task = `${whoIs(label)} ${description.split(' · ')[0] ?? ''}`;
      return `${separator === '' ? '' : `${separator}: `}${icon ?? ''} ${task}${isActive ? ' <' : ''}`;
    });
  const untilRows = async (...expected: string[]): Promise<void> => {
    await eventually(async () => {
      assert.deepEqual(await rows(), expected);
    });
  };

  it('begins with what there is to begin with', async () => {
    await window.runCommand('Dailies: Go to Task…');
    await untilRows('add New Video…  <', 'link Track Task… ', 'key Set API Key… ');
    await window.pressKey('ArrowDown');
    await window.pressKey('ArrowDown');
    await window.acceptQuickInput();
    await window.quickInput('Paste your API key');
    await window.dismissQuickInput();
  });

  it('groups the tasks, and follows them while a person types and moves in it', async () => {
    const { gateway } = stage();
    await enterKey(window);
    const slow = gateway.addTask({ ...QUEUED, queuedS: 10_000, processingS: 100_000 });
    const ids = [slow, ...[RENDERING, FINISHED, FAILED].map(plan => gateway.addTask(plan))];
    const [queued = '', rendering = '', ready = '', failed = ''] = ids.map(endOf);
    await trackAndSettle(window, ids.join(' '));
    await untilBar('loading~spin: 1 rendering · 1 queued · 1 ready');
    await open();
    await untilRows(
      `In Progress: sync ${rendering} Rendering <`,
      `watch ${queued} Queued`,
      `Ready: pass ${ready} Ready`,
      `Failed: error ${failed} Failed`,
    );
    assert.equal((await window.quickInput(TITLE)).items[3]?.detail, 'against $ (zap) the policy');
    await window.screenshot('quick-pick.png');
    await window.typeQuickInput('veo');
    await untilRows(`watch ${queued} Queued <`, `pass ${ready} Ready`, `error ${failed} Failed`);
    await window.pressKey('ArrowDown');
    await window.pressKey('ArrowDown');
    await untilRows(`watch ${queued} Queued`, `pass ${ready} Ready`, `error ${failed} Failed <`);
    gateway.advance(10_000_000);
    await untilRows(`sync ${queued} Rendering`, `pass ${ready} Ready`, `error ${failed} Failed <`);
    assert.equal((await window.quickInput(TITLE)).value, 'veo');
    await window.dismissQuickInput();
  });

  it('does with Enter what is wanted next', async () => {
    const { gateway } = stage();
    await enterKey(window);
    await trackAndSettle(window, [FINISHED, FAILED].map(plan => gateway.addTask(plan)).join(' '));
    await untilBar('device-camera-video: 1 ready');
    await open();
    await window.acceptQuickInput();
    await waitUntil(
      'the preview',
      async () => (await window.evaluateInWebview('document.hasFocus()')) === true || undefined,
    );
    await untilBar('');
    await open();
    await window.pressKey('ArrowDown');
    await window.pressKey('Enter');
    await untilPage(window, /against/);
  });

  it('leads to every action of a row by keys alone, and stays open for what shows in the row', async () => {
    const { gateway } = stage();
    // Nobody asks by themselves for as long as the test lasts.
    await setting('poll.interval', 300);
    await enterKey(window);
    const id = gateway.addTask(QUEUED);
    await trackAndSettle(window, id);
    await untilBar('loading~spin: 1 queued');
    await open();
    await untilRows(`In Progress: watch ${endOf(id)} Queued <`);
    const asked = gateway.requests.length;
    // From the input to the list, and from there to the buttons of the row.
    await window.pressKey('Tab');
    await window.pressKey('Tab');
    await window.pressKey('Enter');
    await waitUntil('the answer', () => gateway.requests[asked]?.isOver === true || undefined);
    await untilRows(`In Progress: watch ${endOf(id)} Queued <`);
    await window.dismissQuickInput();
    await open();
    await untilRows(`In Progress: watch ${endOf(id)} Queued <`);
    await window.pressKey('Tab');
    await window.pressKey('Tab');
    await window.pressKey('ArrowRight');
    await window.pressKey('Enter');
    await untilPage(window, new RegExp(id));
    await window.runCommand('Dailies: Pause Polling');
    await untilBar('debug-pause: Paused · 1 queued');
    await open();
    // What is in the way stands before all tasks.
    await untilRows('debug-continue Resume Polling Paused <', `In Progress: watch ${endOf(id)} Queued`);
    await window.acceptQuickInput();
    await untilBar('loading~spin: 1 queued');
  });

  it('shows the first hundred of a group at once, and each of the others when a person looks for it', async () => {
    const ids = Array.from({ length: 105 }, (_, number) => `vgen_${String(number).padStart(32, '0')}`);
    await window.runCommand('Dailies: Pause Polling');
    await trackAndSettle(window, ids.join(' '));
    await untilBar('debug-pause: Paused · 105 waiting');
    await open();
    const labels = async (): Promise<string[]> => {
      const tasks = tasksByName();
      return (await window.quickInput(TITLE)).items.map(({ label }) => whoIs(label, tasks));
    };
    await eventually(async () => {
      const [help, ...tasks] = await labels();
      assert.deepEqual([help, tasks.length, tasks.at(-1)], ['Resume Polling', 101, '5 more… Type to search']);
    });
    const [oldest = ''] = ids;
    assert.ok(!(await labels()).includes(endOf(oldest)));
    // Its row does not show the ID otherwise.
    await window.typeQuickInput(oldest.slice(4));
    await eventually(async () => {
      assert.deepEqual(await labels(), [endOf(oldest)]);
    });
    assert.match((await window.quickInput(TITLE)).items[0]?.description ?? '', new RegExp(` · ${oldest}$`));
    await window.dismissQuickInput();
  });

  it('shows how far a download is, and does not stop it by Enter', async () => {
    const { gateway } = stage();
    await enterKey(window);
    gateway.setFaults({ kind: 'slow', bytesPerSecond: 2_000_000 }, 'media');
    await trackAndSettle(window, gateway.addTask({ ...FINISHED, sizeBytes: 200_000_000 }));
    await untilRow(window, /^\d+%/);
    await untilBar('loading~spin: 1 saving');
    await open();
    const row = async (): Promise<ListRow | undefined> => (await window.quickInput(TITLE)).items[0];
    const far = async (): Promise<string> => (await row())?.description ?? '';
    const before = await far();
    assert.match(before, /^\d+%/);
    assert.deepEqual((await row())?.actions, ['Stop Saving', 'Show Details']);
    await waitUntil('the download to get on', async () => (await far()) !== before || undefined);
    await window.acceptQuickInput();
    await untilPage(window, /Saving…/);
    await untilBar('loading~spin: 1 saving');
  });
});
