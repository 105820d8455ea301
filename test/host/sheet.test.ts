import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ClipName } from '../fixtures/clips/clips.ts';
import {
  eventually,
  openWindow,
  waitUntil,
  workbench,
  type RemoteWorkbench,
} from '../vscode/bridgeClient.ts';
import { assertAccessible, inThemes, useThemes } from './accessibility.ts';
import { asAnotherWindow, cast, savedClip } from './cast.ts';
import { choosePath, useStage, VIEW } from './stage.ts';

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

  useThemes();

  async function untilSheet(text: string, where: RemoteWorkbench = window): Promise<void> {
    await waitUntil(
      `the sheet to read\n${text}\n`,
      async () => (await where.evaluateInWebview(SHEET, TITLE)) === text || undefined,
      async () => String(await where.evaluateInWebview(SHEET, TITLE)),
    );
  }

  it('shows the saved clips in the order of the list, follows it, and opens the player', async () => {
    const [, , , gone] = cast(stage(), [
      savedClip(stage(), 'first', 'tone'),
      { id: 'vgen_queued', label: 'under way', generation: 'queued' },
      savedClip(stage(), 'second', 'portrait', { model: 'grok_video3' }),
      savedClip(stage(), 'third', 'silent'),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 4 || undefined);
    await window.pressViewAction(VIEW, 'Open Contact Sheet');
    await untilSheet(
      'first · Veo 3.1 Fast · frame\nsecond · Grok Video 3 · frame\nthird · Veo 3.1 Fast · frame',
    );

    // The page finds a file gone before the list knows.
    rmSync(clipPath('third'));
    asAnotherWindow(store => {
      store.update(gone ?? 0, { label: 'gone' });
    });
    cast(stage(), [savedClip(stage(), 'fourth', 'counter', { hoursAgo: 9 })]);
    await untilSheet(
      'first · Veo 3.1 Fast · frame\nsecond · Grok Video 3 · frame\ngone · Veo 3.1 Fast · frame\nfourth · Veo 3.1 Fast · frame',
    );

    await window.runCommand('Dailies: Open Contact Sheet');
    assert.equal((await window.tabs()).length, 1);
    // The panel may take the focus a moment later, from the field to itself.
    await eventually(async () => {
      await window.clickInWebview('[type=search]', TITLE);
      await window.pressKey('Control+A');
      await window.typeText('GROK');
      assert.equal(
        await window.evaluateInWebview(`document.querySelector('[type=search]').value`, TITLE),
        'GROK',
      );
    });
    await untilSheet('second · Grok Video 3 · frame');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await window.runCommand('Dailies: Open Contact Sheet');
    await untilSheet('second · Grok Video 3 · frame');
    await window.clickInWebview('[type=search]', TITLE);
    await window.pressKey('Escape');
    await untilSheet(
      'first · Veo 3.1 Fast · frame\nsecond · Grok Video 3 · frame\ngone · File not found · sign\nfourth · Veo 3.1 Fast · frame',
    );

    await window.clickInWebview('.size input', TITLE);
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

  it('is sorted as the person chooses, also when it is opened again, and says what the rows say', async () => {
    cast(stage(), [
      savedClip(stage(), 'take 10', 'tone', { fileDuration: 4 }),
      savedClip(stage(), 'take 9', 'silent', {
        fileDuration: 8,
        fileCheck: 'notChecked',
        fileCheckText: 'unreadable',
      }),
      savedClip(stage(), 'dunes', 'counter', { fileDuration: 6, hoursAgo: 30 }),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 3 || undefined);
    await window.runCommand('Dailies: Open Contact Sheet');
    const tiles = {
      'take 10': 'take 10 · Veo 3.1 Fast · frame',
      'take 9': 'take 9 · Saved, not checked · frame',
      dunes: 'dunes · Veo 3.1 Fast · frame',
    };
    const untilOrder = async (...names: (keyof typeof tiles)[]): Promise<void> =>
      untilSheet(names.map(name => tiles[name]).join('\n'));
    await untilOrder('take 10', 'take 9', 'dunes');
    assert.deepEqual(
      await window.evaluateInWebview(
        `[...document.querySelectorAll('.age')].map(one => one.innerText)`,
        TITLE,
      ),
      ['2 h ago', '2 h ago', '1 d ago'],
    );
    for (const { label, description } of await window.treeRows(VIEW)) {
      assert.ok(description.includes(label === 'dunes' ? '1 d ago' : '2 h ago'), description);
      assert.equal(description.includes('Saved, not checked'), label === 'take 9', description);
    }
    await window.clickInWebview('role=combobox[name="Sort by"]', TITLE);
    await window.clickInWebview('role=option[name="Duration"]', TITLE);
    await untilOrder('take 10', 'dunes', 'take 9');
    await window.clickInWebview('role=combobox[name="Sort by"]', TITLE);
    await window.screenshot('sheet-sort.png');
    await window.clickInWebview('role=option[name="Name"]', TITLE);
    await untilOrder('dunes', 'take 9', 'take 10');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await window.runCommand('Dailies: Open Contact Sheet');
    await untilOrder('dunes', 'take 9', 'take 10');
    await window.clickInWebview('role=combobox[name="Sort by"]', TITLE);
    await window.clickInWebview('role=option[name="As in the list"]', TITLE);
    await untilOrder('take 10', 'take 9', 'dunes');
  });

  it('does with several clips at once what its menu and its bar offer', async () => {
    cast(stage(), [
      savedClip(stage(), 'one', 'tone'),
      savedClip(stage(), 'two', 'silent'),
      savedClip(stage(), 'three', 'counter'),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 3 || undefined);
    await window.runCommand('Dailies: Open Contact Sheet');
    const tiles = ['one', 'two', 'three'];
    await untilSheet(tiles.map(name => `${name} · Veo 3.1 Fast · frame`).join('\n'));
    await window.clickInWebview('.size input', TITLE);
    await window.pressKey('Tab');
    await window.pressKey('Tab');
    for (const key of ['Home', 'Space', 'ArrowRight', 'Control+Space']) {
      await window.pressKey(key);
    }
    await window.screenshot('sheet-selection.png');
    const takes = join(stage().clips, 'takes');
    mkdirSync(takes);
    await window.clickInWebview('role=button[name="Save As…"]', TITLE);
    await choosePath(window, 'Choose a folder for 2 clips', takes);
    await waitUntil(
      'the copies',
      () => readdirSync(takes).filter(name => name.endsWith('.mp4')).length === 2 || undefined,
    );
    assert.match(readdirSync(takes).sort().join(' '), /one.*\.mp4 .*two.*\.mp4/);
    await window.contextMenuInWebview('.tile >> text="two"', TITLE, 'Compare Clips');
    await waitUntil(
      'the comparison',
      async () => (await window.tabs()).some(({ title }) => title.startsWith('Compare')) || undefined,
    );
  });

  it('leaves a first frame for the hover of each row', async () => {
    cast(stage(), [savedClip(stage(), 'pictured', 'landscape')]);
    await waitUntil('the row', async () => (await window.treeRows(VIEW)).length === 1 || undefined);
    await window.runCommand('Dailies: Open Contact Sheet');
    await untilSheet('pictured · Veo 3.1 Fast · frame');
    await eventually(async () => {
      const text = await window.hoverRow(VIEW, 'pictured');
      assert.deepEqual(await window.hoverPictures(), [['First frame', 240, 135]], text);
    });
    await window.screenshot('hover.png');
    await window.pressHoverLink('Preview');
    await waitUntil(
      'the player',
      async () => (await window.tabs()).some(({ title }) => title === 'pictured') || undefined,
    );
  });

  it('comes back after a reload of the window', async () => {
    cast(stage(), [savedClip(stage(), 'kept', 'silent')]);
    const other = await openWindow();
    await other.openView('Dailies');
    await waitUntil('the row', async () => (await other.treeRows(VIEW)).length === 1 || undefined);
    await other.runCommand('Dailies: Open Contact Sheet');
    await untilSheet('kept · Veo 3.1 Fast · frame', other);
    await other.reload();
    await untilSheet('kept · Veo 3.1 Fast · frame', other);
    await other.close();
  });

  it('is accessible in light, dark and high contrast', async () => {
    const names: readonly ClipName[] = ['tone', 'portrait', 'landscape', 'silent', 'slowstart', 'counter'];
    cast(stage(), [
      savedClip(stage(), 'lost', 'tone', { file: 'missing', filePath: '/no/clip.mp4' }),
      ...Array.from({ length: 17 }, (_one, index) =>
        savedClip(stage(), `dunes at noon, take ${index + 1}`, names[index % 6] ?? 'tone', {
          model: index % 3 === 0 ? 'grok_video3' : 'veo_3_1_fast',
        }),
      ),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 18 || undefined);
    await window.runCommand('Dailies: Open Contact Sheet');
    await inThemes(window, ['dark', 'light', 'highContrast'], async kind => {
      await eventually(async () => {
        assert.equal(await window.evaluateInWebview(`document.querySelectorAll('.tile canvas').length`), 17);
      });
      await window.clickInWebview('.size input', TITLE);
      await window.pressKey('Tab');
      await window.pressKey('Tab');
      await window.pressKey('ArrowRight');
      await window.screenshot(`sheet-${kind}.png`);
      await assertAccessible(window);
    });
  });

  function clipPath(name: string): string {
    return `${stage().clips}/${name}.mp4`;
  }
});
