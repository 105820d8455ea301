import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { clips } from '../fixtures/clips/clips.ts';
import { eventually, openWindow, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { assertAccessible, inThemes, useThemes } from './accessibility.ts';
import { cast, savedClip } from './cast.ts';
import { setting, untilPage, useStage, VIEW } from './stage.ts';

const PLAYS = `(() => {
  const video = document.querySelector('video');
  return video !== null && video.readyState > 2 && !video.paused && video.currentTime > 0;
})()`;

/** What stands on the page, and how its clip is doing. */
const STATE = `(() => {
  const { readyState, networkState, paused, currentTime, error } = document.querySelector('video') ?? {};
  return document.body.innerText + JSON.stringify({ readyState, networkState, paused, currentTime, error });
})()`;

describe('the player in a window', () => {
  const window = workbench();
  const stage = useStage();

  useThemes();

  async function untilPlaying(title: string): Promise<void> {
    await waitUntil(
      `${title} to play`,
      async () => ((await window.evaluateInWebview(PLAYS, title)) === true ? true : undefined),
      async () => String(await window.evaluateInWebview(STATE, title)),
    );
  }

  async function untilNeighbours(previous: boolean, next: boolean): Promise<void> {
    await eventually(async () => {
      const isDisabled = `['Previous', 'Next'].map(one => document.querySelector(\`[aria-label="\${one} Clip"]\`).ariaDisabled === 'true')`;
      assert.deepEqual(await window.evaluateInWebview(isDisabled), [!previous, !next]);
    });
  }

  async function untilTitles(titles: readonly string[]): Promise<void> {
    await eventually(async () => {
      assert.deepEqual((await window.tabs()).map(tab => tab.title).sort(), [...titles].sort());
    });
  }

  /** The number that the clip `counter` shows in a saved picture, by the page that can read pictures. */
  async function numberIn(png: string, title: string): Promise<unknown> {
    return window.evaluateInWebview(
      `(async () => {
        const bytes = Uint8Array.from(atob('${readFileSync(png, 'base64')}'), one => one.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes]));
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        const context = canvas.getContext('2d');
        context.drawImage(picture, 0, 0);
        return [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, digit) => {
          const [red] = context.getImageData((digit + 0.5) * canvas.width / 8, 90, 1, 1).data;
          return sum + (red > 128 ? 2 ** digit : 0);
        }, 0);
      })()`,
      title,
    );
  }

  const untilSelected = async (...names: string[]): Promise<void> => {
    await eventually(async () => {
      const rows = await window.treeRows(VIEW);
      assert.deepEqual(
        rows.filter(row => row.isSelected).map(row => row.label),
        names,
      );
    });
  };

  it('goes through the clips of the list in one panel, in the list’s order, and keeps what is set', async () => {
    cast(stage(), [
      savedClip(stage(), 'first', 'tone'),
      { id: 'vgen_queued', label: 'under way', generation: 'queued' },
      savedClip(stage(), 'second', 'portrait'),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 3 || undefined);
    await window.clickRow(VIEW, 'first');
    await untilPlaying('first');
    await untilNeighbours(false, true);
    await setting('tasks.sortBy', 'oldest');
    await untilNeighbours(true, false);
    await setting('tasks.sortBy', undefined);
    await untilNeighbours(false, true);
    await window.clickInWebview('.stage', 'first');
    await window.pressKey('m');
    await window.pressKey('PageDown');
    await untilPlaying('second');
    assert.equal(await window.evaluateInWebview(`document.querySelector('video').videoHeight`), 1280);
    // The list goes along, and leaves the keyboard to the page.
    await untilSelected('second');
    await window.pressKey('PageUp');
    await untilPlaying('first');
    await untilSelected('first');
    await untilTitles(['first']);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await window.clickRow(VIEW, 'second');
    await untilPlaying('second');
    const isMuted = `document.querySelector('video').muted`;
    assert.equal(await window.evaluateInWebview(isMuted), true);
    await window.clickInWebview('.stage', 'second');
    await window.pressKey('m');
    await eventually(async () => {
      assert.equal(await window.evaluateInWebview(isMuted), false);
    });
  });

  it('opens another panel to the side, and uses again the one that was used last', async () => {
    cast(stage(), [
      savedClip(stage(), 'first', 'tone'),
      savedClip(stage(), 'second', 'silent'),
      savedClip(stage(), 'third', 'counter'),
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 3 || undefined);
    await window.clickRow(VIEW, 'first');
    await untilPlaying('first');
    await window.contextMenu(VIEW, 'second', 'Preview to the Side');
    await untilPlaying('second');
    await untilTitles(['first', 'second']);
    await window.clickRow(VIEW, 'third');
    await untilPlaying('third');
    await untilTitles(['first', 'third']);
  });

  it('does with a clip what the menu of its page offers, and with any file what its frame allows', async () => {
    cast(stage(), [savedClip(stage(), 'menu', 'silent')]);
    await waitUntil('the row', async () => (await window.treeRows(VIEW)).length === 1 || undefined);
    await window.clickRow(VIEW, 'menu');
    await untilPlaying('menu');
    await window.contextMenuInWebview('.stage', 'menu', 'Copy File Path');
    await eventually(async () => {
      assert.equal(await vscode.env.clipboard.readText(), join(stage().clips, 'menu.mp4'));
    });
    // What is said goes away after three seconds: the page notes it.
    const copyFrame = async (title: string): Promise<void> => {
      await window.evaluateInWebview(
        `globalThis.noted = [], new MutationObserver(() => noted.push(document.querySelector('.toast').textContent))
           .observe(document.querySelector('.toast'), { childList: true }), 0`,
        title,
      );
      await window.contextMenuInWebview('.stage', title, 'Copy Frame');
      await eventually(async () => {
        assert.deepEqual(((await window.evaluateInWebview('noted', title)) as string[]).slice(0, 1), [
          'Copied',
        ]);
      });
    };
    await copyFrame('menu');
    const file = join(stage().clips, 'other.mp4');
    copyFileSync(clips.silent.path, file);
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'dailies.player');
    await untilPlaying('other');
    await copyFrame('other');
    rmSync(file);
  });

  it('comes back after a reload of the window, where it stood, and is quiet', async () => {
    cast(stage(), [savedClip(stage(), 'kept', 'silent')]);
    const other = await openWindow();
    await other.openView('Dailies');
    await waitUntil('the row', async () => (await other.treeRows(VIEW)).length === 1 || undefined);
    await other.clickRow(VIEW, 'kept');
    await waitUntil(
      'the clip to play',
      async () => (await other.evaluateInWebview(PLAYS, 'kept')) === true || undefined,
      async () => String(await other.evaluateInWebview(STATE, 'kept')),
    );
    await other.clickInWebview('.stage', 'kept');
    await other.pressKey('End');
    const where = `[document.querySelector('video').paused, document.querySelector('.time').innerText]`;
    const end = [true, '00:00:05:23 / 00:00:06:00'];
    await eventually(async () => {
      assert.deepEqual(await other.evaluateInWebview(where, 'kept'), end);
    });
    await other.reload();
    await eventually(async () => {
      assert.deepEqual(await other.evaluateInWebview(where, 'kept'), end);
    });
    await other.close();
  });

  it('plays any MP4 file as "Open With…" does', async () => {
    const file = join(stage().clips, 'any.mp4');
    copyFileSync(clips.silent.path, file);
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'dailies.player');
    await untilPlaying('any');
    const text = String(await window.evaluateInWebview('document.body.innerText', 'any'));
    assert.ok(text.includes(file), text);
    rmSync(file);
  });

  it('saves the true last frame next to the clip, and never over another file', async () => {
    cast(stage(), [savedClip(stage(), 'counted', 'counter')]);
    await waitUntil('the row', async () => (await window.treeRows(VIEW)).length === 1 || undefined);
    await window.clickRow(VIEW, 'counted');
    await untilPlaying('counted');
    await window.clickInWebview('.stage', 'counted');
    await window.pressKey('Home');
    await window.pressKey('.');
    await eventually(async () => {
      const text = String(await window.evaluateInWebview(`document.querySelector('.time').innerText`));
      assert.match(text, /^00:00:00:01/);
    });
    await window.pressKey('s');
    await waitUntil(
      'the frame that is shown',
      () => existsSync(join(stage().clips, 'counted_00-00-00-01.png')) || undefined,
    );
    assert.equal(await numberIn(join(stage().clips, 'counted_00-00-00-01.png'), 'counted'), 1);
    await window.pressKey('c');
    await eventually(async () => {
      assert.equal(await vscode.env.clipboard.readText(), '00:00:00:01');
    });
    for (const name of ['counted_last.png', 'counted_last (2).png']) {
      // A notification may have taken the focus.
      await window.clickInWebview('h1', 'counted');
      await window.pressKey('Shift+S');
      await window.waitForNotification(`Frame saved as "${name}".`);
      assert.equal(await numberIn(join(stage().clips, name), 'counted'), 47);
    }
  });

  it('is accessible in light, dark and high contrast, with a clip and without', async () => {
    const prompt = 'A slow dolly through dunes at noon, heat haze over the ridges, no people, 35 mm';
    cast(stage(), [
      savedClip(stage(), 'dunes', 'tone', {
        request: JSON.stringify({ prompt, duration: 8, resolution: '720p' }),
      }),
      { id: 'vgen_refused', label: 'refused', generation: 'failed', error: 'against the policy' },
    ]);
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 2 || undefined);
    await window.clickRow(VIEW, 'dunes');
    await untilPlaying('dunes');
    await inThemes(window, ['dark', 'light', 'highContrast'], async kind => {
      await window.clickRow(VIEW, 'refused');
      await untilPage(window, /^refused\n+Failed\n/);
      await assertAccessible(window);
      await window.screenshot(`page-${kind}.png`);
      await window.clickRow(VIEW, 'dunes');
      await untilPlaying('dunes');
      await window.screenshot(`player-${kind}.png`);
      for (const help of ['close', 'showModal']) {
        await window.evaluateInWebview(`document.querySelector('dialog').${help}()`);
        await assertAccessible(window);
      }
      await window.evaluateInWebview(`document.querySelector('dialog').close()`);
    });
  });
});
