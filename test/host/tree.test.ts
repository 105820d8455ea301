import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TaskPatch } from '../../src/tasks/task.ts';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { eventually, openWindow, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow, cast, saved } from './cast.ts';
import { everyone } from './everyone.ts';
import { nameOfId } from './rowNames.ts';
import { enterKey, setting, track, treeText, untilPage, untilTree, useStage, VIEW } from './stage.ts';

const BUSY = `▾ Needs Attention (5)
  warning at risk · Save failed · expires in 4 h · Veo 3.1 Fast
  warning no file · Completed without a video · 2 h ago · Veo 3.1 Fast
  warning missing · File not found · expires in 20 h · Veo 3.1 Fast
  warning silent · Stalled · 1 d ago · Grok Video 3
  warning expired · Link expired · 1 d ago · Veo 3.1 Fast
▾ In Progress (6)
  watch the sea at dawn · 2 h ago · Veo 3.1 Pro
  loading A cat walks through the rain, slowly… · 2 h ago · Grok Video 3
  question strange · colour_grading · 2 h ago · Grok Video 3
  debug-disconnect offline · Offline · 2 h ago · Veo 3.1 Fast
  watch no key · Waiting for status · 2 h ago
  cloud-download loading · 10% · <1 min left · Veo 3.1 Fast
▾ Ready (2)
  pass cat in the rain · 2 h ago · Veo 3.1 Fast
  pass neon sign · 2 h ago · Grok Video 3
▾ Failed (2)
  error refused · against the policy · 2 h ago · Veo 3.1 Pro
  circle-slash cancelled · Cancelled · 2 h ago · Grok Video 3`;

const BY_MODEL = `▾ Grok Video 3 (5)
  loading A cat walks through the rain, slowly…
  question strange
  pass neon sign
  circle-slash cancelled
  warning silent
▾ Veo 3.1 Fast (7)
  debug-disconnect offline
  pass cat in the rain
  warning at risk
  warning no file
  warning missing
  cloud-download loading
  warning expired
▾ Veo 3.1 Pro (2)
  watch the sea at dawn
  error refused
▾ Unknown Model (1)
  watch no key`;

const BY_MODEL_AND_NAME = `▾ Grok Video 3 (5)
  loading A cat walks through the rain, slowly…
  circle-slash cancelled
  pass neon sign
  warning silent
  question strange
▾ Veo 3.1 Fast (7)
  warning at risk
  pass cat in the rain
  warning expired
  cloud-download loading
  warning missing
  warning no file
  debug-disconnect offline
▾ Veo 3.1 Pro (2)
  error refused
  watch the sea at dawn
▾ Unknown Model (1)
  watch no key`;

const BY_NAME = `loading A cat walks through the rain, slowly…
warning at risk
circle-slash cancelled
pass cat in the rain
warning expired
cloud-download loading
warning missing
pass neon sign
warning no file
watch no key
debug-disconnect offline
error refused
warning silent
question strange
watch the sea at dawn`;

describe('the list', () => {
  const window = workbench();
  const stage = useStage();

  beforeEach(async () => {
    await setting('tasks.groupBy', 'state');
  });
  afterEach(async () => {
    await setting('tasks.groupBy', undefined);
    await setting('tasks.sortBy', undefined);
    await vscode.commands.executeCommand('dailies.tasks.clearFilter');
  });

  const labels = async (): Promise<string[]> => (await window.treeRows(VIEW)).map(row => row.label);

  /** Waits until the rows' names read so. */
  const untilNames = async (text: string): Promise<void> => {
    const read = async (): Promise<string> => (await treeText(window)).replaceAll(/ · .*/g, '');
    await waitUntil('the names', async () => (await read()) === text || undefined, read);
  };

  it('has what needs attention on top, then what goes on, what is ready and what failed', async () => {
    cast(stage(), everyone(stage()));
    await untilTree(window, BUSY);
    await eventually(async () => {
      assert.deepEqual(await window.badge('Dailies'), { value: '1', tooltip: 'New clips: 1' });
    });
    assert.deepEqual(
      (await window.treeRows(VIEW)).map(row => row.ariaLabel),
      [
        'Needs Attention, 5 tasks',
        'Save failed, at risk, Veo 3.1 Fast, expires in 4 h',
        'Completed without a video, no file, Veo 3.1 Fast, 2 h ago',
        'File not found, missing, Veo 3.1 Fast, expires in 20 h',
        'Stalled, silent, Grok Video 3, 1 d ago',
        'Link expired, expired, Veo 3.1 Fast, 1 d ago',
        'In Progress, 6 tasks',
        'Queued, the sea at dawn, Veo 3.1 Pro, 2 h ago',
        'Rendering, A cat walks through the rain, slowly…, Grok Video 3, 2 h ago',
        'colour_grading, strange, Grok Video 3, 2 h ago',
        'Offline, offline, Veo 3.1 Fast, 2 h ago',
        'Waiting for status, no key, 2 h ago',
        'Saving…, loading, Veo 3.1 Fast, 10% · <1 min left',
        'Ready, 2 tasks',
        'Ready, new, cat in the rain, Veo 3.1 Fast, saved, 2 h ago',
        'Ready, neon sign, Grok Video 3, saved, 2 h ago',
        'Failed, 2 tasks',
        'Failed, refused, Veo 3.1 Pro, 2 h ago',
        'Cancelled, cancelled, Grok Video 3, 2 h ago',
      ],
    );
  });

  it('looks right in every theme', async () => {
    cast(stage(), everyone(stage()));
    await untilTree(window, BUSY);
    const theme = vscode.workspace.getConfiguration('workbench');
    const before = theme.get('colorTheme');
    try {
      for (const [name, kind, file] of [
        ['Default Dark Modern', vscode.ColorThemeKind.Dark, 'list-dark.png'],
        ['Default Light Modern', vscode.ColorThemeKind.Light, 'list-light.png'],
        ['Default High Contrast', vscode.ColorThemeKind.HighContrast, 'list-contrast.png'],
      ] as const) {
        await theme.update('colorTheme', name, vscode.ConfigurationTarget.Global);
        await waitUntil(name, () => vscode.window.activeColorTheme.kind === kind || undefined);
        await window.hoverRow(VIEW, 'A cat walks through the rain, slowly…');
        await window.screenshot(file);
      }
    } finally {
      await theme.update('colorTheme', before, vscode.ConfigurationTarget.Global);
    }
  });

  it('is grouped and ordered as a person wants it', async () => {
    cast(stage(), everyone(stage()));
    for (const [command, choice, text] of [
      ['Group By…', 'Model', BY_MODEL],
      ['Sort By…', 'Name', BY_MODEL_AND_NAME],
      ['Group By…', 'None', BY_NAME],
    ] as const) {
      await window.runCommand(`Dailies: ${command}`);
      await window.pickRow(choice);
      await untilNames(text);
    }
  });

  it('takes a person with a keyboard alone from nothing to a removed task', async () => {
    const { gateway } = stage();
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) {
        await window.pressKey(key);
      }
    };
    const run = async (title: string): Promise<void> => {
      // What takes the focus late, a row that was tracked or a preview, closes the palette or gets what is typed.
      await eventually(async () => {
        await press('F1');
        await window.quickInput('Type the name of a command', 5_000);
        await window.typeText(title);
        await eventually(async () => {
          const { items } = await window.quickInput('', 5_000);
          assert.equal(items[0]?.label, title);
        }, 5_000);
      });
      await press('Enter');
    };
    /** Presses a key until the row has the keyboard: the list may not have it yet. */
    const goTo = async (key: string | undefined, row: string): Promise<void> => {
      await waitUntil(
        `"${row}" to have the keyboard`,
        async () => {
          if ((await window.focusedRow(VIEW)) === row) {
            return true;
          }
          await press(...(key === undefined ? [] : [key]));
          return undefined;
        },
        () => window.focusedRow(VIEW),
      );
    };
    await run('Dailies: Set API Key…');
    await window.quickInput('Paste your API key');
    await window.typeText(DEMO_KEY);
    await press('Enter');
    await window.waitForNotification('API key accepted');
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' });
    await run('Dailies: Track Task…');
    await window.quickInput('vgen_…, video_…');
    await window.typeText(id);
    await press('Enter');
    await waitUntil('the clip', async () => (await treeText(window)).includes('Ready (1)') || undefined);
    await run('Dailies: Focus on Dailies View');
    await goTo('Home', 'Ready');
    await goTo('ArrowDown', nameOfId(id));
    await press('F2');
    await window.quickInput(`Rename "${nameOfId(id)}"`);
    await window.typeText('夜景');
    await press('Enter');
    await waitUntil('the new name', async () => (await labels()).includes('夜景') || undefined);
    await run('Dailies: Focus on Dailies View');
    await goTo(undefined, '夜景');
    await press('Enter');
    await waitUntil(
      'the clip to play',
      async () =>
        Number(await window.evaluateInWebview(`document.querySelector('video').currentTime`)) > 0 ||
        undefined,
    );
    await eventually(async () => {
      assert.equal(await window.badge('Dailies'), null);
    });
    await run('Dailies: Focus on Dailies View');
    await goTo(undefined, '夜景');
    await press('Delete');
    const { message, detail } = await window.dialog();
    assert.deepEqual([message, detail], ['Remove "夜景" from the list?', 'Saved files are not deleted.']);
    await press('Enter');
    await waitUntil('an empty list', async () => (await treeText(window)) === '' || undefined);
    assert.equal(readdirSync(stage().clips).length, 1);
  });

  it('selects what was tracked, also where its first response moves it to another group at once', async () => {
    await enterKey(window);
    for (let ready = 1; ready <= 4; ready++) {
      const id = stage().gateway.addTask({ queuedS: 0, processingS: 0, clip: 'tone' });
      await track(window, id);
      await waitUntil(
        'the clip',
        async () => (await treeText(window)).includes(`Ready (${ready})`) || undefined,
      );
      await eventually(async () => {
        const selected = (await window.treeRows(VIEW)).filter(row => row.isSelected);
        assert.deepEqual(
          selected.map(row => row.label),
          [nameOfId(id)],
        );
      });
    }
  });

  it('acts with keys on the row with the focus, and on all that are selected when it is one of them', async () => {
    cast(stage(), [
      { id: 'vgen_1', label: 'one', generation: 'queued' },
      { id: 'vgen_2', label: 'two', generation: 'queued' },
      { id: 'vgen_3', label: 'three', ...saved(stage(), 'three') },
      { id: 'vgen_4', label: 'four', ...saved(stage(), 'four') },
    ]);
    await waitUntil('the rows', async () => (await labels()).length === 6 || undefined);
    await window.clickRow(VIEW, 'one');
    await window.pressKey('ArrowDown');
    await window.pressKey('F2');
    await window.quickInput('Rename "two"');
    await window.dismissQuickInput();
    await window.pressKey('Delete');
    assert.equal((await window.dialog()).message, 'Remove "two" from the list?');
    await window.pressDialogButton('Cancel');
    // A group is nothing that can be removed or renamed.
    await window.pressKey('ArrowDown');
    await vscode.commands.executeCommand('dailies.task.rename', 'selection');
    await vscode.commands.executeCommand('dailies.task.remove', 'selection');
    await window.pressKey('ArrowDown');
    await window.pressKey('F2');
    await window.quickInput('Rename "three"');
    await window.dismissQuickInput();
    // In the find box the key deletes what is typed.
    await vscode.commands.executeCommand('list.find');
    await window.typeText('x');
    await window.pressKey('Delete');
    await window.pressKey('Escape');
    assert.deepEqual(await labels(), ['In Progress', 'one', 'two', 'Ready', 'three', 'four']);
    await window.clickRow(VIEW, 'one');
    for (let times = 0; times < 3; times++) {
      await window.pressKey('Shift+ArrowDown');
    }
    await window.pressKey('Delete');
    assert.deepEqual(await window.dialog(), {
      message: 'Remove 3 tasks from the list?',
      detail: '2 tasks are still in progress. Saved files are not deleted.',
      buttons: ['Cancel', 'Remove'],
    });
    await window.pressDialogButton('Remove');
    await untilTree(window, '▾ Ready (1)\n  pass four · 2 h ago');
  });

  it('keeps all that is selected when rows say something else, and when others move', async () => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    const keys = cast(stage(), [
      ...names.map(label => ({ id: `vgen_${label}`, label, generation: 'queued' as const })),
      { id: 'vgen_6', label: 'six', generation: 'failed' },
    ]);
    await waitUntil('the rows', async () => (await labels()).length === 8 || undefined);
    const selected = async (): Promise<string[]> =>
      (await window.treeRows(VIEW)).filter(row => row.isSelected).map(row => row.label);
    const change = async (which: readonly number[], facts: TaskPatch, sign: string): Promise<void> => {
      asAnotherWindow(store => {
        store.commit(() => {
          for (const index of which) {
            store.update(keys[index] ?? 0, facts);
          }
        });
      });
      await waitUntil(
        `"${sign}" in the rows`,
        async () => (await treeText(window)).split(sign).length === which.length + 1 || undefined,
      );
    };
    await window.clickRow(VIEW, 'one');
    for (let times = 0; times < 4; times++) {
      await window.pressKey('Shift+ArrowDown');
    }
    // Rows are drawn one after the other: what was selected is so again when all are.
    const keepsAll = async (): Promise<void> => {
      await eventually(async () => {
        assert.deepEqual(await selected(), names);
      });
    };
    await keepsAll();
    for (const which of [[1], [1, 2, 4], [0, 2, 4], [5]]) {
      await change(which, { model: `veo_${which.join('')}` }, `Veo ${which.join('')}`);
      await keepsAll();
    }
    await change([2], { generation: 'failed' }, 'three · Failed');
    await eventually(async () => {
      assert.deepEqual(await selected(), ['one', 'two', 'four', 'five', 'three']);
    });
    await window.contextMenu(VIEW, 'two', 'Copy', 'Copy Task ID');
    await eventually(async () => {
      assert.equal((await vscode.env.clipboard.readText()).split('\n').length, 5);
    });
  });

  it('lets all that failed be removed, and all clips be marked as viewed', async () => {
    cast(stage(), [
      { id: 'vgen_1', label: 'one', generation: 'queued' },
      { id: 'vgen_2', label: 'two', ...saved(stage(), 'two') },
      { id: 'vgen_3', label: 'three', generation: 'failed' },
      { id: 'vgen_4', label: 'four', generation: 'cancelled' },
    ]);
    await eventually(async () => {
      assert.equal((await window.badge('Dailies'))?.value, '1');
    });
    const marks = async (): Promise<string[]> =>
      (await window.treeRows(VIEW)).filter(row => row.mark !== '').map(row => `${row.label} ${row.mark}`);
    await eventually(async () => {
      assert.deepEqual(await marks(), ['two ●']);
    });
    await window.contextMenu(VIEW, 'Ready', 'Mark All as Viewed');
    await eventually(async () => {
      assert.deepEqual([await window.badge('Dailies'), await marks()], [null, []]);
    });
    await window.contextMenu(VIEW, 'Failed', 'Remove All Failed');
    await eventually(async () => {
      assert.deepEqual(await labels(), ['In Progress', 'one', 'Ready', 'two']);
    });
  });

  it('has its commands on tasks in the palette as soon as there is a task', async () => {
    const offered = (): Promise<string[]> => window.paletteTitles('Dailies: Show Details');
    assert.doesNotMatch((await offered()).join(), /Dailies: Show Details/);
    cast(stage(), [{ id: 'vgen_1', label: 'one', generation: 'queued' }]);
    await waitUntil('the row', async () => (await labels()).includes('one') || undefined);
    await eventually(async () => {
      assert.match((await offered()).join(), /Dailies: Show Details/);
    });
  });

  it('does for several at once what makes sense for several', async () => {
    cast(stage(), [
      { id: 'vgen_1', label: 'one', generation: 'queued' },
      { id: 'vgen_2', label: 'two', generation: 'queued' },
    ]);
    await waitUntil('the rows', async () => (await labels()).length === 3 || undefined);
    await window.clickRow(VIEW, 'one');
    // Its page selects its row when it is there, unless it is selected.
    await untilPage(window, /^one\n/);
    await window.pressKey('Shift+ArrowDown');
    assert.deepEqual(await window.rowMenu(VIEW, 'two'), [
      'Assign to Shot…',
      'Refresh',
      'Copy',
      'Remove from List',
    ]);
    await eventually(async () => {
      // While VS Code draws both rows anew, it knows of one of them alone.
      await window.contextMenu(VIEW, 'two', 'Copy', 'Copy Task ID');
      assert.equal(await vscode.env.clipboard.readText(), 'vgen_1\nvgen_2');
    });
  });

  it('takes a click during which the task was checked: its row is left alone where nothing new was found', async () => {
    const task = { generation: 'processing', model: 'veo_3_1_fast' } as const;
    const [slow = 0, other = 0] = cast(stage(), [
      { id: 'vgen_slow01', label: 'slow', ...task },
      { id: 'vgen_other2', label: 'other', ...task },
    ]);
    const reading = (icon: string): string =>
      `▾ In Progress (2)\n  loading slow · 2 h ago · Veo 3.1 Fast\n  ${icon} other · 2 h ago · Veo 3.1 Fast`;
    await untilTree(window, reading('loading'));
    await window.pressOnRow(VIEW, 'slow');
    asAnotherWindow(store => {
      store.commit(() => {
        store.update(slow, { rawAnswer: '{"status":"processing"}' });
        store.update(other, { generation: 'queued' });
      });
    });
    try {
      await untilTree(window, reading('watch'));
    } finally {
      await window.releaseMouse();
    }
    await untilPage(window, /Rendering/);
  });

  it('shows of each task what it can do', async () => {
    cast(stage(), everyone(stage()));
    await untilTree(window, BUSY);
    const rows = await window.treeRows(VIEW);
    assert.deepEqual(
      rows.filter(row => row.level === 2).map(row => `${row.label}: ${row.actions.join(', ')}`),
      [
        'at risk: Retry Save',
        'no file: Refresh',
        'missing: Locate File…',
        'silent: Refresh',
        'expired: Request New Link',
        'the sea at dawn: Refresh',
        'A cat walks through the rain, slowly…: Refresh',
        'strange: Refresh',
        'offline: Refresh',
        'no key: Refresh',
        'loading: Stop Saving',
        'cat in the rain: Preview',
        'neon sign: Preview',
        'refused: Show Details',
        'cancelled: Show Details',
      ],
    );
  });

  it('shows in a tooltip all there is to know, and no text from outside is a link or a command in it', async () => {
    const prompt = 'rain **bold** [press](command:workbench.action.quit) <b>x</b> $(zap)';
    cast(stage(), [
      {
        id: 'vgen_1',
        ...saved(stage(), 'one'),
        model: 'veo_3_1_fast',
        error: null,
        request: JSON.stringify({
          prompt,
          aspect_ratio: '16:9',
          duration: 8,
          images: ['a', 'b'],
          url: 'https://x.example',
        }),
      },
    ]);
    await waitUntil('the row', async () => (await labels()).length === 2 || undefined);
    const [, name = ''] = await labels();
    await eventually(async () => {
      assert.deepEqual((await window.hoverRow(VIEW, name)).split(/\n+/).slice(0, 8), [
        'rain **bold** [press…',
        'Ready · 2 h ago · Veo 3.1 Fast',
        'Preview · Open Containing Folder · Show Details',
        `Prompt: ${prompt}`,
        'Duration: 2 s',
        'Aspect ratio: 16:9',
        'Reference images: a b',
        'Url: 1',
      ]);
    });
  });

  it('is filtered by names, prompts, models and states', async () => {
    cast(stage(), everyone(stage()));
    await untilTree(window, BUSY);
    await window.pressViewAction(VIEW, 'Filter Tasks…');
    for (const [filter, names] of [
      [
        'neon',
        '▾ In Progress (1)\n  loading A cat walks through the rain, slowly…\n▾ Ready (1)\n  pass neon sign',
      ],
      ['veo READY', '▾ Ready (1)\n  pass cat in the rain'],
      ['nothing like it', ''],
    ] as const) {
      await window.typeQuickInput(filter);
      await untilNames(names);
    }
    await eventually(async () => {
      assert.match(await window.welcomeText(VIEW), /No tasks match the filter/);
    });
    await window.typeQuickInput('neon');
    await window.acceptQuickInput();
    await eventually(async () => {
      assert.equal(await window.viewMessage(VIEW), 'Filter: neon (2 of 15)');
    });
    await window.pressViewAction(VIEW, 'Clear Filter');
    await untilTree(window, BUSY);
    await eventually(async () => {
      assert.equal(await window.viewMessage(VIEW), '');
    });
  });

  it('opens a page for a task without a clip, which shows how it is doing and then plays the clip', async () => {
    const [key = 0] = cast(stage(), [
      { id: 'vgen_1', label: 'one', generation: 'processing', model: 'veo_3_1_fast' },
    ]);
    await waitUntil('the row', async () => (await labels()).length === 2 || undefined);
    await window.clickRow(VIEW, 'one');
    await untilPage(window, /^one\n+Rendering\n/);
    asAnotherWindow(store => {
      store.update(key, { generation: 'failed', error: 'against the policy' });
    });
    await untilPage(window, /^one\n+Failed\n+against the policy\n+Copy Task ID\nRemove from List\n/);
    await window.clickInWebview('role=button[name="Copy Task ID"]');
    await eventually(async () => {
      assert.equal(await vscode.env.clipboard.readText(), 'vgen_1');
    });
    assert.deepEqual(await window.editorActions(), []);
    asAnotherWindow(store => {
      store.update(key, { error: null, ...saved(stage(), 'one') });
    });
    await waitUntil(
      'the clip to play',
      async () =>
        Number(await window.evaluateInWebview(`document.querySelector('video')?.currentTime ?? 0`)) > 0 ||
        undefined,
    );
    // Only now there is something to pick and to compare, and a folder to open.
    await eventually(async () => {
      assert.deepEqual(
        (await window.editorActions()).map(action => action.replace(/ \(.*\)$/, '')),
        ['Pick', 'Compare with…', 'Open Containing Folder'],
      );
    });
  });

  it('keeps what is selected and what is closed through changes and a reload of the window', async () => {
    const [, second = 0] = cast(stage(), [
      { id: 'vgen_1', label: 'one', generation: 'queued' },
      { id: 'vgen_2', label: 'two', generation: 'queued' },
      { id: 'vgen_3', label: 'three', ...saved(stage(), 'three') },
      { id: 'vgen_4', label: 'four', generation: 'failed' },
    ]);
    const other = await openWindow();
    try {
      await other.openView('Dailies');
      await waitUntil('the rows', async () => (await other.treeRows(VIEW)).length === 7 || undefined);
      await other.clickRow(VIEW, 'Ready');
      await other.clickRow(VIEW, 'two');
      const selected = async (): Promise<string[]> =>
        (await other.treeRows(VIEW)).filter(row => row.isSelected).map(row => row.label);
      asAnotherWindow(store => {
        store.update(second, { generation: 'processing' });
      });
      await untilTree(
        other,
        '▾ In Progress (2)\n  watch one · 2 h ago\n  loading two · 2 h ago\n▸ Ready (1)\n▾ Failed (1)\n  error four · Failed · 2 h ago',
      );
      assert.deepEqual(await selected(), ['two']);
      asAnotherWindow(store => {
        store.update(second, { generation: 'cancelled' });
      });
      const after =
        '▾ In Progress (1)\n  watch one · 2 h ago\n▸ Ready (1)\n▾ Failed (2)\n  circle-slash two · Cancelled · 2 h ago\n  error four · Failed · 2 h ago';
      await untilTree(other, after);
      await eventually(async () => {
        assert.deepEqual(await selected(), ['two']);
      });
      await other.reload();
      await other.openView('Dailies');
      await untilTree(other, after);
      await eventually(async () => {
        assert.deepEqual(await selected(), ['two']);
      });
    } finally {
      await other.close();
    }
  });

  it('puts a video into a Markdown file and a path elsewhere when a row is dropped there', async () => {
    await window.clearNotifications();
    // It is this extension that knows what to do with a video.
    await vscode.extensions.getExtension('vscode.markdown-language-features')?.activate();
    cast(stage(), [{ id: 'vgen_1', label: 'one', ...saved(stage(), 'one') }]);
    await waitUntil('the row', async () => (await labels()).length === 2 || undefined);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const drop = async (name: string): Promise<string> => {
      const file = vscode.Uri.joinPath(folder?.uri ?? vscode.Uri.file('/'), name);
      await vscode.workspace.fs.writeFile(file, Buffer.from('\n'));
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document, { preview: false });
      await eventually(async () => {
        // What moves under the pointer is missed: once more.
        await window.dragRowIntoEditor(VIEW, 'one', true);
        await waitUntil('a drop', () => document.getText().trim() !== '' || undefined, undefined, 10_000);
      });
      const text = document.getText().trim();
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.workspace.fs.delete(file);
      return text;
    };
    assert.match(await drop('notes.md'), /^<video controls src=".*one\.mp4" title="Title"><\/video>$/);
    assert.equal(await drop('notes.txt'), join(stage().clips, 'one.mp4'));
  });

  it('stays quick with ten thousand tasks', async () => {
    const one = saved(stage(), 'one');
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      id: `vgen_${String(index).padStart(6, '0')}`,
      label: `take ${index}`,
      hoursAgo: 2.5,
      model: 'veo_3_1_fast',
      ...(index < 20 ? { generation: 'processing' as const } : one),
    }));
    const keys = cast(stage(), many);
    const other = await openWindow();
    try {
      await other.openView('Dailies');
      const open = [
        '▾ In Progress (20)',
        ...Array.from({ length: 20 }, (_, index) => `  loading take ${index} · 2 h ago · Veo 3.1 Fast`),
      ];
      await untilTree(other, [...open, '▸ Ready (9980)'].join('\n'));
      // A window that has just opened still draws, its icons last.
      await eventually(async () => {
        await other.watchRows(VIEW);
        await pause(1_000);
        assert.deepEqual(await other.redrawnRows(VIEW), []);
      });
      asAnotherWindow(store => {
        store.update(keys[3] ?? 0, { generation: 'queued' });
      });
      open[4] = '  watch take 3 · 2 h ago · Veo 3.1 Fast';
      await untilTree(other, [...open, '▸ Ready (9980)'].join('\n'));
      assert.deepEqual(await other.redrawnRows(VIEW), ['take 3']);
      await other.clickRow(VIEW, 'Ready');
      await waitUntil(
        'the group to open',
        async () => (await other.rowIsThere(VIEW, 'take 20')) || undefined,
      );
      await other.pressKey('End');
      await waitUntil('the last row', async () => (await other.rowIsThere(VIEW, 'take 9999')) || undefined);
    } finally {
      await other.close();
    }
  });
});
