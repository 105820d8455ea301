import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ClipName } from '../fixtures/clips/clips.ts';
import { eventually, openWindow, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { assertAccessible, inThemes, useThemes } from './accessibility.ts';
import { cast, savedClip, type Role } from './cast.ts';
import { useStage, VIEW } from './stage.ts';

const TITLE = 'Compare (2)';

const PLAY = `(() => {
  const videos = [...document.querySelectorAll('.clip[data-state=ready] video')];
  return videos.length > 1 && videos.every(video => !video.paused && video.currentTime > 0);
})()`;

const TABLE = `[...document.querySelectorAll('tr')].slice(0, 4).map(row => [...row.children].map(cell => cell.textContent))`;

describe('comparing clips in a window', () => {
  const window = workbench();
  const stage = useStage();

  useThemes();

  function clipRole(name: string, clip: ClipName, request: object): Role {
    const all = { model: 'veo_3_1_fast', aspect_ratio: '16:9', ...request };
    return savedClip(stage(), name, clip, { request: JSON.stringify(all) });
  }

  async function castTwo(): Promise<void> {
    cast(stage(), [
      clipRole('dunes', 'landscape', { prompt: 'Dunes at noon, heat haze, no people', seed: 7 }),
      clipRole('moon', 'portrait', { prompt: 'The moon over a quiet sea', resolution: '1080p' }),
      { id: 'vgen_queued', label: 'under way', generation: 'queued' },
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 3 || undefined);
  }

  /** By keys, which play nothing. */
  async function selectBoth(): Promise<void> {
    await vscode.commands.executeCommand('dailies.tasks.focus');
    await eventually(async () => {
      await window.pressKey('Home');
      assert.match(await window.focusedRow(VIEW), /dunes/);
    });
    await vscode.commands.executeCommand('list.toggleSelection');
    await window.pressKey('Shift+ArrowDown');
    await eventually(async () => {
      const rows = await window.treeRows(VIEW);
      assert.deepEqual(
        rows.map(row => row.isSelected),
        [true, true, false],
      );
    });
  }

  async function untilPlaying(): Promise<void> {
    await waitUntil(
      'both clips to play',
      async () => ((await window.evaluateInWebview(PLAY, TITLE)) === true ? true : undefined),
      async () => String(await window.evaluateInWebview('document.body.innerText', TITLE)),
    );
  }

  it('compares one clip with others, those of its prompt first', async () => {
    const prompt = 'Dunes at noon, heat haze, no people';
    cast(stage(), [
      clipRole('dunes', 'landscape', { prompt }),
      { ...clipRole('moon', 'portrait', { prompt: 'The moon over a quiet sea' }), hoursAgo: 3 },
      { ...clipRole('dunes again', 'landscape', { prompt }), fileDuration: 8, hoursAgo: 72 },
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 3 || undefined);
    await window.contextMenu(VIEW, 'dunes', 'Compare with…');
    const { items } = await window.quickInput('Compare "dunes" with…');
    assert.deepEqual(
      items.map(item => item.label),
      ['dunes again', 'moon'],
    );
    await window.quickInput('Same Prompt');
    await window.pickRow('dunes again');
    await window.acceptQuickInput();
    await eventually(async () => {
      const names = `[...document.querySelectorAll('.clip h2')].map(name => name.textContent)`;
      assert.deepEqual(await window.evaluateInWebview(names, TITLE), ['dunes', 'dunes again']);
    });
  });

  it('plays the selected rows side by side and shows what differs', async () => {
    await castTwo();
    await selectBoth();
    await window.contextMenu(VIEW, 'moon', 'Compare Clips');
    await untilPlaying();
    await eventually(async () => {
      assert.deepEqual(await window.evaluateInWebview(TABLE, TITLE), [
        ['Property', '1 dunes', '2 moon'],
        ['Prompt', 'Dunes at noon, heat haze, no people', 'The moon over a quiet sea'],
        ['Seed', '7', '–'],
        ['Resolution', '1280 × 720', '720 × 1280 (requested: 1080p)'],
      ]);
    });
  });

  it('shows a quick pick for two to four clips where none are selected, and says which one is gone', async () => {
    await castTwo();
    rmSync(join(stage().clips, 'moon.mp4'));
    await window.runCommand('Dailies: Compare Clips');
    await window.quickInput('Select 2 to 4 clips');
    const { items } = await window.quickInput('moon');
    assert.deepEqual(
      items.map(item => item.label),
      ['dunes', 'moon'],
    );
    await window.pickRow('dunes');
    await window.acceptQuickInput();
    await window.quickInput('Select 2 to 4 clips (1 selected)');
    await window.pickRow('moon');
    await window.acceptQuickInput();
    await waitUntil('the gap to be told', async () => {
      const text = String(await window.evaluateInWebview('document.body.innerText', TITLE));
      return text.includes('File not found') || undefined;
    });
    await eventually(async () => {
      const row = (await window.treeRows(VIEW)).find(({ label }) => label === 'moon');
      assert.match(row?.description ?? '', /^File not found/);
    });
  });

  it('does with a clip what its menu offers', async () => {
    cast(
      stage(),
      ['dunes', 'moon', 'sea'].map(name => clipRole(name, name === 'moon' ? 'portrait' : 'landscape', {})),
    );
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 3 || undefined);
    await window.runCommand('Dailies: Compare Clips');
    await window.quickInput('Select 2 to 4 clips');
    for (const name of ['dunes', 'moon', 'sea']) {
      await window.pickRow(name);
    }
    await window.acceptQuickInput();
    const title = 'Compare (3)';
    const names = `[...document.querySelectorAll('.clip[data-state=ready] h2')].map(name => name.textContent)`;
    const untilNames = async (expected: readonly string[], of: string): Promise<void> => {
      await eventually(async () => {
        assert.deepEqual(await window.evaluateInWebview(names, of), expected);
      });
    };
    await untilNames(['dunes', 'moon', 'sea'], title);
    const moon = '.clip:has(h2:text-is("moon")) .stage';
    await window.contextMenuInWebview(moon, title, 'Copy Frame');
    await eventually(async () => {
      assert.equal(
        await window.evaluateInWebview(`document.querySelector('.toast').textContent`, title),
        'Copied',
      );
    });
    await window.contextMenuInWebview(moon, title, 'Swap with Next Clip');
    await untilNames(['dunes', 'sea', 'moon'], title);
    await window.contextMenuInWebview(moon, title, 'Remove from Comparison');
    await untilNames(['dunes', 'sea'], TITLE);
    await window.contextMenuInWebview('.clip:has(h2:text-is("sea")) .stage', TITLE, 'Preview');
    await waitUntil(
      'the clip',
      async () => (await window.tabs()).some(tab => tab.title === 'sea') || undefined,
    );
  });

  it('comes back after a reload of the window, in the order of the person, where it stood, and is quiet', async () => {
    await castTwo();
    const other = await openWindow();
    await other.openView('Dailies');
    await waitUntil('the rows', async () => (await other.treeRows(VIEW)).length === 3 || undefined);
    await other.runCommand('Dailies: Compare Clips');
    await other.quickInput('Select 2 to 4 clips');
    await other.pickRow('dunes');
    await other.pickRow('moon');
    await other.acceptQuickInput();
    // A window begins with the editors that were open before.
    await waitUntil(
      'both clips',
      async () => (await other.evaluateInWebview(PLAY, TITLE)) === true || undefined,
    );
    await other.clickInWebview('.clip.active h2', TITLE);
    await other.pressKey('x');
    await other.pressKey('End');
    const where = `[
      [...document.querySelectorAll('.clip h2')].map(name => name.textContent),
      [...document.querySelectorAll('video')].map(video => video.paused),
      document.querySelector('.time').innerText,
    ]`;
    const end = [['moon', 'dunes'], [true, true], '00:00:07:23 / 00:00:08:00'];
    await eventually(async () => {
      assert.deepEqual(await other.evaluateInWebview(where, TITLE), end);
    });
    await other.reload();
    await eventually(async () => {
      assert.deepEqual(await other.evaluateInWebview(where, TITLE), end);
    });
    await other.close();
  });

  it('is accessible in light and dark', async () => {
    await castTwo();
    await selectBoth();
    await window.contextMenu(VIEW, 'moon', 'Compare Clips');
    await untilPlaying();
    await inThemes(window, ['dark', 'light'], async kind => {
      await window.screenshot(`compare-${kind}.png`);
      await assertAccessible(window);
    });
  });
});
