import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import type axe from 'axe-core';
import { clips, type ClipName } from '../fixtures/clips/clips.ts';
import {
  eventually,
  openWindow,
  projectPath,
  waitUntil,
  workbench,
  type RemoteWorkbench,
} from '../vscode/bridgeClient.ts';
import { asAnotherWindow, cast, saved, type Role } from './cast.ts';
import { useStage, VIEW } from './stage.ts';

const TITLE = 'Contact Sheet';

/** The sheet as text: a line for each tile, with what is in its picture. */
const SHEET = `[...document.querySelectorAll('.tile')].map(tile => [
  tile.querySelector('.name').innerText,
  tile.querySelector('.note').innerText,
  tile.querySelector('canvas') ? 'frame' : tile.querySelector('.codicon') ? 'sign' : 'nothing',
].join(' · ')).join('\\n')`;

describe('the contact sheet in a window', () => {
  const window = workbench();
  const stage = useStage();

  afterEach(async () => {
    await vscode.workspace
      .getConfiguration('workbench')
      .update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
  });

  /** A task whose clip is saved under its own name. */
  function clipRole(name: string, clip: ClipName, more: Partial<Role> = {}): Role {
    const facts = saved(stage(), name);
    copyFileSync(clips[clip].path, facts.filePath ?? '');
    return {
      id: `vgen_${name.replaceAll(' ', '_')}1`,
      label: name,
      model: 'veo_3_1_fast',
      ...facts,
      ...more,
    };
  }

  async function untilSheet(text: string, where: RemoteWorkbench = window): Promise<void> {
    await waitUntil(
      `the sheet to read\n${text}\n`,
      async () => (await where.evaluateInWebview(SHEET, TITLE)) === text || undefined,
      async () => String(await where.evaluateInWebview(SHEET, TITLE)),
    );
  }

  it('shows the saved clips in the order of the list, follows it, and opens the player', async () => {
    const [, , , gone] = cast(stage(), [
      clipRole('first', 'tone'),
      { id: 'vgen_queued', label: 'under way', generation: 'queued' },
      clipRole('second', 'portrait', { model: 'grok_video3' }),
      clipRole('third', 'silent'),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 4 || undefined);
    await window.pressViewAction(VIEW, TITLE);
    await untilSheet(
      'first · veo_3_1_fast · frame\nsecond · grok_video3 · frame\nthird · veo_3_1_fast · frame',
    );

    // The page finds a file gone before the list knows.
    rmSync(clipPath('third'));
    asAnotherWindow(store => {
      store.update(gone ?? 0, { label: 'gone' });
    });
    cast(stage(), [clipRole('fourth', 'counter', { hoursAgo: 9 })]);
    await untilSheet(
      'first · veo_3_1_fast · frame\nsecond · grok_video3 · frame\ngone · veo_3_1_fast · frame\nfourth · veo_3_1_fast · frame',
    );

    await window.runCommand('Dailies: Contact Sheet');
    assert.equal((await window.tabs()).length, 1);
    await window.clickInWebview('[type=search]', TITLE);
    await window.typeText('GROK');
    await untilSheet('second · grok_video3 · frame');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await window.runCommand('Dailies: Contact Sheet');
    await untilSheet('second · grok_video3 · frame');
    await window.clickInWebview('[type=search]', TITLE);
    await window.pressKey('Escape');
    await untilSheet(
      'first · veo_3_1_fast · frame\nsecond · grok_video3 · frame\ngone · File not found · sign\nfourth · veo_3_1_fast · frame',
    );

    await window.clickInWebview('.count', TITLE);
    await window.pressKey('Tab');
    await window.pressKey('Tab');
    await window.pressKey('Home');
    await window.pressKey('ArrowRight');
    await window.pressKey('Enter');
    await waitUntil(
      'the second clip to play',
      async () =>
        (await window.evaluateInWebview(
          `(video => video && !video.paused && video.videoHeight === 1280)(document.querySelector('.stage video'))`,
          'second',
        )) === true || undefined,
    );
  });

  it('comes back after a reload of the window', async () => {
    cast(stage(), [clipRole('kept', 'silent')]);
    const other = await openWindow();
    await other.openView('Dailies');
    await waitUntil('the row', async () => (await other.treeRows(VIEW)).length === 1 || undefined);
    await other.runCommand('Dailies: Contact Sheet');
    await untilSheet('kept · veo_3_1_fast · frame', other);
    await other.reload();
    await untilSheet('kept · veo_3_1_fast · frame', other);
    await other.close();
  });

  it('is accessible in light and dark', async () => {
    const names: readonly ClipName[] = ['tone', 'portrait', 'landscape', 'silent', 'slowstart', 'counter'];
    cast(stage(), [
      clipRole('lost', 'tone', { file: 'missing', filePath: '/no/clip.mp4' }),
      ...Array.from({ length: 17 }, (_one, index) =>
        clipRole(`dunes at noon, take ${index + 1}`, names[index % 6] ?? 'tone', {
          model: index % 3 === 0 ? 'grok_video3' : 'veo_3_1_fast',
        }),
      ),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 18 || undefined);
    await window.runCommand('Dailies: Contact Sheet');
    const source = readFileSync(projectPath('node_modules', 'axe-core', 'axe.min.js'), 'utf8');
    for (const [theme, kind] of [
      ['Dark 2026', 'vscode-dark'],
      ['Light 2026', 'vscode-light'],
    ] as const) {
      await vscode.workspace
        .getConfiguration('workbench')
        .update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      await waitUntil(
        theme,
        async () =>
          (await window.evaluateInWebview(`document.body.classList.contains('${kind}')`)) === true ||
          undefined,
      );
      await eventually(async () => {
        assert.equal(await window.evaluateInWebview(`document.querySelectorAll('.tile canvas').length`), 17);
      });
      await window.clickInWebview('.count', TITLE);
      await window.pressKey('Tab');
      await window.pressKey('Tab');
      await window.pressKey('ArrowRight');
      await window.screenshot(`sheet-${kind}.png`);
      await window.evaluateInWebview(`${source}; 0`);
      const found = (await window.evaluateInWebview('axe.run()')) as axe.AxeResults;
      assert.ok(found.passes.length > 10);
      assert.deepEqual(
        found.violations
          .filter(one => one.impact === 'serious' || one.impact === 'critical')
          .map(one => [one.id, one.nodes.map(node => node.html)]),
        [],
      );
    }
  });

  function clipPath(name: string): string {
    return `${stage().clips}/${name}.mp4`;
  }
});
