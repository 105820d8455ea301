import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { assertAccessible } from './accessibility.ts';
import { asAnotherWindow, cast, savedClip, type Role } from './cast.ts';
import { setting, useStage, VIEW } from './stage.ts';

const SHOT_FILE = 'film/harbor.shot.md';

describe('takes in a window', () => {
  const window = workbench();
  const stage = useStage();

  /** Clips by these names, the first the newest, each a take of the shot `Ferry`, numbered from the last. */
  async function castTakes(...names: string[]): Promise<number[]> {
    const keys = cast(
      stage(),
      names.map((name, index) =>
        take(name, 'Ferry', names.length - index, { request: JSON.stringify({ prompt: `${name} leaves` }) }),
      ),
    );
    await waitUntil(
      'the rows',
      async () => (await window.treeRows(VIEW)).length === names.length || undefined,
    );
    return keys;
  }

  function take(name: string, shot: string | null, number: number | null, more: Partial<Role> = {}): Role {
    return savedClip(stage(), name, 'tone', {
      ...(shot === null ? {} : { shotFile: SHOT_FILE, shot }),
      take: number,
      ...more,
    });
  }

  async function untilRows(...expected: string[]): Promise<void> {
    const text = async (): Promise<string> =>
      (await window.treeRows(VIEW))
        .map(({ level, label, mark, isExpanded, description }) =>
          isExpanded === undefined
            ? `${'  '.repeat(level - 1)}${label} ${mark}`.trimEnd()
            : `${label} (${description})`,
        )
        .join('\n');
    const wanted = expected.join('\n');
    await waitUntil(`the rows\n${wanted}\n`, async () => (await text()) === wanted || undefined, text);
  }

  async function colourOf(name: string): Promise<string> {
    const row = (await window.treeRows(VIEW)).find(({ label }) => label === name);
    return row?.colour ?? '';
  }

  it('are picked and rejected from the menu of a row, and it shows: a star, dimmed and last', async () => {
    await castTakes('third', 'second', 'first');
    await untilRows('third ●', 'second ●', 'first ●');
    await window.contextMenu(VIEW, 'second', 'Pick');
    await untilRows('third ●', 'second ★', 'first ●');
    const usual = await colourOf('first');
    await window.contextMenu(VIEW, 'third', 'Reject');
    await untilRows('second ★', 'first ●', 'third');
    await eventually(async () => {
      assert.notEqual(await colourOf('third'), usual);
    });
    assert.match((await window.treeRows(VIEW))[2]?.ariaLabel ?? '', /^Ready, new, rejected, third, Take 3/);
    const offered = await window.rowMenu(VIEW, 'third');
    assert.ok(
      offered.includes('Pick') && offered.includes('Remove Rejection') && !offered.includes('Reject'),
    );
    await window.contextMenu(VIEW, 'third', 'Remove Rejection');
    await window.contextMenu(VIEW, 'second', 'Remove Pick');
    await untilRows('third ●', 'second ●', 'first ●');
  });

  it('have notes, which the list shows and its filter finds', async () => {
    await castTakes('second', 'first');
    await window.contextMenu(VIEW, 'first', 'Edit Note…');
    await window.quickInput('Note for "first"');
    await window.typeQuickInput('the gulls come in  too early');
    await window.acceptQuickInput();
    await eventually(async () => {
      const row = (await window.treeRows(VIEW)).find(({ label }) => label === 'first');
      assert.match(row?.description ?? '', / · the gulls come in too early( · |$)/);
      assert.match(row?.ariaLabel ?? '', /, the gulls come in too early$/);
    });
    await window.pressViewAction(VIEW, 'Filter Tasks…');
    await window.quickInput('Filter by name, prompt, model, state, note, or ID');
    await window.typeQuickInput('gulls');
    await untilRows('first ●');
    await window.acceptQuickInput();
    await window.pressViewAction(VIEW, 'Clear Filter');
    await untilRows('second ●', 'first ●');
  });

  it('stand by shot in their order, rejected ones last, and a task is assigned to a shot by a command', async () => {
    cast(stage(), [
      take('loose', null, null),
      take('crane 1', 'Cranes', 1, { verdict: 'picked' }),
      take('ferry 10', 'Ferry', 10),
      take('ferry 2', 'Ferry', 2),
      take('ferry 1', 'Ferry', 1, { verdict: 'rejected' }),
    ]);
    await setting('tasks.groupBy', 'shot');
    await untilRows(
      'Cranes (1)',
      '  crane 1 ★',
      'Ferry (3)',
      '  ferry 2 ●',
      '  ferry 10 ●',
      '  ferry 1',
      'No Shot (1)',
      '  loose ●',
    );
    await window.contextMenu(VIEW, 'loose', 'Assign to Shot…');
    await window.quickInput('Select a shot');
    await window.pickRow('Ferry');
    await untilRows(
      'Cranes (1)',
      '  crane 1 ★',
      'Ferry (4)',
      '  ferry 2 ●',
      '  ferry 10 ●',
      '  loose ●',
      '  ferry 1',
    );
    const row = (await window.treeRows(VIEW)).find(({ label }) => label === 'loose');
    assert.match(row?.description ?? '', /^Take 11 · /);
    await window.contextMenu(VIEW, 'loose', 'Assign to Shot…');
    await window.quickInput('Select a shot');
    await window.pickRow('New Shot…');
    await window.quickInput('Shot Name');
    await window.typeQuickInput('Gulls');
    await window.acceptQuickInput();
    await eventually(async () => {
      assert.ok((await window.treeRows(VIEW)).some(({ label }) => label === 'Gulls'));
    });
    await setting('tasks.groupBy', 'none');
  });

  it('stand by shot in the order of their file, as it is written now, and are assigned to any shot of it', async () => {
    const folder = join(stage().clips, 'shots');
    mkdirSync(folder);
    const file = vscode.Uri.file(join(folder, 'harbor.shot.md'));
    const shots = (...headings: string[]): string =>
      headings.map(one => `## ${one}\n\nA prompt.\n`).join('\n');
    writeFileSync(file.fsPath, shots('Ferry', 'Cranes', 'Bollard'));
    const ofFile = { shotFile: file.fsPath };
    cast(stage(), [
      take('loose', null, null),
      take('gone', 'Anchor', 1, ofFile),
      take('cranes', 'Cranes', 1, ofFile),
      take('ferry', 'Ferry', 1, ofFile),
    ]);
    await setting('tasks.groupBy', 'shot');
    await untilRows(
      ...['Ferry (1)', '  ferry ●', 'Cranes (1)', '  cranes ●', 'Anchor (1)', '  gone ●'],
      ...['No Shot (1)', '  loose ●'],
    );
    const editor = await vscode.window.showTextDocument(file);
    const document = editor.document;
    await editor.edit(change => {
      change.replace(new vscode.Range(0, 0, document.lineCount, 0), shots('Cranes', 'Bollard', 'Ferry'));
    });
    await untilRows(
      ...['Cranes (1)', '  cranes ●', 'Ferry (1)', '  ferry ●', 'Anchor (1)', '  gone ●'],
      ...['No Shot (1)', '  loose ●'],
    );
    await window.contextMenu(VIEW, 'loose', 'Assign to Shot…');
    await eventually(async () => {
      const { items } = await window.quickInput('Select a shot');
      assert.deepEqual(
        items.map(({ label }) => label),
        ['New Shot…', 'Cranes', 'Bollard', 'Ferry', 'Anchor'],
      );
    });
    await window.pickRow('Bollard');
    await untilRows(
      ...['Cranes (1)', '  cranes ●', 'Bollard (1)', '  loose ●', 'Ferry (1)', '  ferry ●'],
      ...['Anchor (1)', '  gone ●'],
    );
    await setting('tasks.groupBy', 'none');
  });

  it('are assigned to a shot, and taken out of it, by dragging rows where the list is by shot', async () => {
    cast(stage(), [take('loose', null, null), take('ferry 1', 'Ferry', 1)]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 2 || undefined);
    await window.dragRowOnto(VIEW, 'loose', 'ferry 1');
    await window.pressNotificationButton(
      'To assign tasks to a shot by dragging them, group the list by shot.',
      'Group by Shot',
    );
    await untilRows('Ferry (1)', '  ferry 1 ●', 'No Shot (1)', '  loose ●');
    await window.dragRowOnto(VIEW, 'loose', 'Ferry');
    await untilRows('Ferry (2)', '  ferry 1 ●', '  loose ●');
    cast(stage(), [take('other', null, null)]);
    await untilRows('Ferry (2)', '  ferry 1 ●', '  loose ●', 'No Shot (1)', '  other ●');
    await window.dragRowOnto(VIEW, 'ferry 1', 'No Shot');
    await untilRows('Ferry (1)', '  loose ●', 'No Shot (2)', '  other ●', '  ferry 1 ●');
    await window.pressNotificationButton('"ferry 1" is no longer a take of a shot.', 'Undo');
    await untilRows('Ferry (2)', '  ferry 1 ●', '  loose ●', 'No Shot (1)', '  other ●');
    await window.dragRowOnto(VIEW, 'ferry 1', 'No Shot');
    await untilRows('Ferry (1)', '  loose ●', 'No Shot (2)', '  other ●', '  ferry 1 ●');
    await window.dragRowOnto(VIEW, 'other', 'loose');
    await untilRows('Ferry (2)', '  loose ●', '  other ●', 'No Shot (1)', '  ferry 1 ●');
    await setting('tasks.groupBy', 'none');
  });

  it('are compared at once without the rejected ones, and picked there by a key', async () => {
    const [, second = 0] = await castTakes('third', 'second', 'first');
    asAnotherWindow(store => {
      store.update(second, { verdict: 'rejected' });
    });
    await untilRows('third ●', 'first ●', 'second');
    await window.contextMenu(VIEW, 'third', 'Compare Takes');
    const title = 'Compare (2)';
    const clips = `[...document.querySelectorAll('.clip[data-state=ready]')].map(clip => clip.ariaLabel)`;
    await eventually(async () => {
      assert.deepEqual(await window.evaluateInWebview(clips, title), ['1: first', '2: third']);
    });
    await window.clickInWebview('.clip:has(h2:text-is("third")) h2', title);
    await window.pressKey('p');
    await eventually(async () => {
      assert.deepEqual(await window.evaluateInWebview(clips, title), ['1: first', '2: third, Picked']);
    });
    await assertAccessible(window);
    await untilMarks({ first: '', second: '', third: '★' });
    await window.pressKey('n');
    await window.quickInput('Note for "third"');
    await window.dismissQuickInput();
    await window.contextMenuInWebview('.clip:has(h2:text-is("first")) .stage', title, 'Reject');
    await eventually(async () => {
      assert.deepEqual(await window.evaluateInWebview(clips, title), [
        '1: first, Rejected',
        '2: third, Picked',
      ]);
    });
  });

  it('are picked in the player by its key and its star, and by the star in the title of the editor', async () => {
    await castTakes('second', 'first');
    await window.clickRow(VIEW, 'first');
    const star = `document.querySelector('.pick').ariaPressed`;
    await waitUntil(
      'the clip',
      async () =>
        (await window.evaluateInWebview(`document.body.dataset.state`, 'first')) === 'ready' || undefined,
    );
    await window.clickInWebview('.time', 'first');
    await window.pressKey('p');
    await untilMarks({ first: '★' });
    await eventually(async () => {
      assert.ok((await window.editorActions()).some(action => action.startsWith('Remove Pick')));
    });
    await eventually(async () => {
      assert.equal(await window.evaluateInWebview(star, 'first'), 'true');
    });
    await window.clickInWebview('.pick', 'first');
    await untilMarks({ first: '' });
    await window.clickInWebview('.time', 'first');
    await window.pressKey('r');
    await eventually(async () => {
      assert.match(
        String(await window.evaluateInWebview('document.body.innerText', 'first')),
        /Decision\s+rejected/,
      );
    });
  });

  it('stand by shot in the contact sheet, below headings that say what there is of them', async () => {
    cast(stage(), [
      take('loose', null, null),
      take('crane', 'Cranes', 1, { verdict: 'picked' }),
      take('ferry 2', 'Ferry', 2),
      take('ferry 1', 'Ferry', 1, { verdict: 'rejected' }),
      {
        id: 'vgen_ferry3',
        label: 'ferry 3',
        generation: 'processing',
        shotFile: SHOT_FILE,
        shot: 'Ferry',
        take: 3,
      },
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 5 || undefined);
    await window.runCommand('Dailies: Open Contact Sheet');
    const title = 'Contact Sheet';
    await window.clickInWebview('role=combobox[name="Sort by"]', title);
    await window.clickInWebview('role=option[name="Shot"]', title);
    const cells = `[...document.querySelectorAll('.row > *')].map(cell => [...cell.querySelectorAll('.shot, .takes, .name, .note')]
      .map(one => one.innerText.trim()).filter(text => text !== '').join(' | '))`;
    await eventually(async () => {
      assert.deepEqual(await window.evaluateInWebview(cells, title), [
        'Cranes | 1 take · 1 picked · 1 ready',
        'crane | Take 1 · Veo 3.1 Fast',
        'Ferry | 3 takes · 1 rendering · 2 ready',
        'ferry 2 | Take 2 · Veo 3.1 Fast',
        'ferry 1 | Take 1 · Veo 3.1 Fast',
        'No Shot',
        'loose | Veo 3.1 Fast',
      ]);
    });
    await assertAccessible(window);
    await window.clickInWebview('role=combobox[name="Sort by"]', title);
    await window.clickInWebview('role=option[name="As in the list"]', title);
    await eventually(async () => {
      assert.equal(await window.evaluateInWebview(`document.querySelectorAll('.heading').length`, title), 0);
    });
  });

  it('are picked in the contact sheet, the selected tiles together', async () => {
    await castTakes('third', 'second', 'first');
    await window.runCommand('Dailies: Open Contact Sheet');
    const title = 'Contact Sheet';
    await eventually(async () => {
      assert.equal(
        await window.evaluateInWebview(`document.querySelectorAll('.tile canvas').length`, title),
        3,
      );
    });
    await window.clickInWebview('.size input', title);
    for (const key of ['Tab', 'Tab', 'Home', 'Space', 'ArrowRight', 'Control+Space', 'p']) {
      await window.pressKey(key);
    }
    await untilMarks({ third: '★', second: '★', first: '●' });
    const marked = `[...document.querySelectorAll('.tile')].map(tile =>
      tile.querySelector('.name').innerText + [...tile.querySelectorAll('.name [role=img]')].map(one => ' ' + one.ariaLabel).join(''))`;
    await eventually(async () => {
      assert.deepEqual(await window.evaluateInWebview(marked, title), [
        'third New Picked',
        'second New Picked',
        'first New',
      ]);
    });
    await window.pressKey('r');
    await eventually(async () => {
      assert.deepEqual(await window.evaluateInWebview(marked, title), [
        'first New',
        'third New Rejected',
        'second New Rejected',
      ]);
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  async function untilMarks(expected: Readonly<Record<string, string>>): Promise<void> {
    await eventually(async () => {
      const rows = await window.treeRows(VIEW);
      const marks = Object.fromEntries(
        Object.keys(expected).map(name => [name, rows.find(({ label }) => label === name)?.mark]),
      );
      assert.deepEqual(marks, expected);
    });
  }
});
