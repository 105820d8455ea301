import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { clips, mediaFile } from '../fixtures/clips/clips.ts';
import { openWindow, waitUntil, workbench, type RemoteWorkbench } from '../vscode/bridgeClient.ts';
import { assertAccessible, inThemes, useThemes } from './accessibility.ts';
import { asAnotherWindow, cast } from './cast.ts';
import { chooseFormats, cutStage } from './cutStage.ts';
import { MemoryFiles } from './memoryFiles.ts';
import { useStage, VIEW } from './stage.ts';

const run = promisify(execFile);

describe('a cut of whatever there is', () => {
  const window = workbench();
  const stage = useStage();
  useThemes();
  const { folder, take, openFile, untilRows, choose, files } = cutStage(window, stage);

  /** Waits until the page of a cut has this heading. */
  async function untilShot(heading: string, title = 'Cut: film', where = window): Promise<void> {
    await waitUntil(
      `the shot ${heading}`,
      async () =>
        (await inPage(where, title, `document.querySelector('h1')?.textContent`)) === heading || undefined,
      async () => JSON.stringify([await where.tabs(), await inPage(where, title, 'document.body.innerText')]),
    );
  }

  async function inPage(where: RemoteWorkbench, title: string, script: string): Promise<unknown> {
    const isThere = (await where.tabs()).some(tab => tab.title === title);
    return isThere ? where.evaluateInWebview(script, title).catch(() => undefined) : undefined;
  }

  it('takes WebM, and clips that only VS Code reaches, and names what is no clip', async () => {
    const memory = new MemoryFiles();
    memory.writeFile(vscode.Uri.parse('memory:/clips/far one.mp4'), readFileSync(clips.counter.path));
    const registered = vscode.workspace.registerFileSystemProvider('memory', memory);
    try {
      const webm = join(stage().clips, 'shot 2.webm');
      await run('ffmpeg', [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=24:duration=2'],
        ...['-c:v', 'libvpx', '-b:v', '300k', '-deadline', 'realtime', webm],
      ]);
      const image = join(stage().clips, 'shot 4.png');
      copyFileSync(mediaFile('still').path, image);
      cast(stage(), [
        take(1, 'counter'),
        take(2, 'counter', { filePath: webm }),
        take(3, 'counter', { filePath: 'memory:/clips/far%20one.mp4' }),
        take(4, 'counter', { filePath: image }),
      ]);
      await openFile(4);
      await untilRows(4);
      void vscode.commands.executeCommand('dailies.cut.export');
      const { message, detail } = await window.dialog();
      assert.equal(message, '1 clip is missing from the cut.');
      assert.equal(detail, '"shot 4 take": an image, not a clip');
      await window.pressDialogButton('Export Without Them');
      const { items } = await window.quickInput('Export the Cut: 3 clips · 00:00:06:00 · 24 fps · 320 × 180');
      assert.ok(
        items.some(one => one.detail.includes('"shot 2 take" is encoded differently')),
        JSON.stringify(items),
      );
      await choose('OpenTimelineIO', 'Final Cut Pro XML 1.9', 'MP4');
      const told = await window.waitForNotification('Cut exported to');
      assert.match(told.message, /can't reach 1 of the clips, so copies are in "Clips of film"/u);
      await window.dismissNotification('Cut exported to');
      assert.deepEqual(files(), ['Clips of film', 'film.fcpxml', 'film.mp4', 'film.otio', 'film.shot.md']);
      assert.deepEqual(readdirSync(join(folder(), 'Clips of film')), ['far one.mp4']);
      const otio = readFileSync(join(folder(), 'film.otio'), 'utf8');
      const urls = [...otio.matchAll(/"target_url": "([^"]+)"/gu)].map(([, url]) => url);
      assert.deepEqual(urls, [
        '../shot%201%20take.mp4',
        '../shot%202.webm',
        'Clips%20of%20film/far%20one.mp4',
      ]);
      const { stdout } = await run('ffprobe', [
        ...['-v', 'error', '-count_frames', '-select_streams', 'v', '-show_entries'],
        ...['stream=nb_read_frames', '-of', 'csv=p=0', join(folder(), 'film.mp4')],
      ]);
      assert.equal(stdout.trim(), '144');
    } finally {
      registered.dispose();
    }
  });

  it('starts above the first shot once a take is picked; before, it says what to do', async () => {
    cast(stage(), [take(1, 'counter', { verdict: null }), take(2, 'counter')]);
    await openFile(3);
    await untilRows(2);
    await waitUntil(
      'the lens',
      async () =>
        (await window.lenses()).some(text => text.includes('Play the Cut · 1 of 3 shots')) || undefined,
      async () => JSON.stringify(await window.lenses()),
    );
    await window.pressLens('Play the Cut · 1 of 3 shots');
    const { detail } = await window.dialog();
    assert.match(detail, /"shot 1": no take is picked"shot 3": no take is picked/u);
    await window.pressDialogButton('Play Without Them');
    await untilShot('1 of 1 · shot 2 take');
    asAnotherWindow(store => {
      store.commit(() => {
        for (const { key } of store.list()) {
          store.update(key, { verdict: null });
        }
      });
    });
    await openFile(3);
    await waitUntil(
      'the lens to go',
      async () => !(await window.lenses()).some(text => text.includes('Cut')) || undefined,
      async () => JSON.stringify(await window.lenses()),
    );
    void vscode.commands.executeCommand('dailies.cut.play');
    const told = await window.waitForNotification('No take of "film" is picked yet.');
    assert.deepEqual(told.buttons, ['Show Takes']);
  });

  it('goes on when a task, a file and a heading go while it plays, and names what is gone', async () => {
    const keys = cast(stage(), [
      take(1, 'count'),
      take(2, 'counter'),
      take(3, 'counter'),
      take(4, 'counter'),
    ]);
    await openFile(4);
    await untilRows(4);
    void vscode.commands.executeCommand('dailies.cut.play');
    await untilShot('1 of 4 · shot 1 take');
    rmSync(join(stage().clips, 'shot 3 take.mp4'));
    asAnotherWindow(store => {
      store.remove([keys[3] ?? 0]);
    });
    await untilRows(3);
    await window.pressKey('PageDown');
    await untilShot('2 of 4 · shot 2 take');
    await window.pressKey('PageDown');
    await untilShot('4 of 4 · shot 4 take');
    await waitUntil(
      'the missing file to be named',
      async () =>
        (await inPage(
          window,
          'Cut: film',
          `document.querySelectorAll('.shot')[2]?.innerText.replace(/\\n+/g, ' ')`,
        )) === '3 shot 3 take 0:02 File not found' || undefined,
      async () => String(await inPage(window, 'Cut: film', 'document.body.innerText')),
    );
    await openFile(2);
    await waitUntil('the text without the heading', () => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      return (text.includes('## shot 2') && !text.includes('## shot 3')) || undefined;
    });
    void vscode.commands.executeCommand('dailies.cut.export');
    const { detail } = await window.dialog();
    assert.equal(detail, '"shot 3 take": its shot is no longer in the file');
  });

  it('is that of the whole shot file where one of its takes is in front', async () => {
    cast(stage(), [take(1, 'count'), take(2, 'counter'), take(3, 'counter')]);
    await openFile(3);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await untilRows(3);
    const { label } = (await window.treeRows(VIEW)).find(row => row.label.includes('shot 2')) ?? {};
    await window.clickRow(VIEW, label ?? '');
    await waitUntil('the player', async () => (await window.tabs()).length === 1 || undefined);
    void vscode.commands.executeCommand('dailies.cut.play');
    await untilShot('1 of 3 · shot 1 take');
  });

  it('leaves nothing behind where the export is cancelled', async () => {
    cast(stage(), [take(1, 'landscape'), take(2, 'portrait'), take(3, 'landscape'), take(4, 'portrait')]);
    await openFile(4);
    await untilRows(4);
    void vscode.commands.executeCommand('dailies.cut.export');
    await choose('MP4');
    await waitUntil(
      'some frames',
      async () => {
        const value = await inPage(window, 'film.mp4', `document.querySelector('progress')?.value ?? 0`);
        return Number(value) > 0 || undefined;
      },
      async () => JSON.stringify(await window.tabs()),
    );
    await window.screenshot('cut-film.png');
    await window.pressKey('Escape');
    await window.dismissNotification('The MP4 was cancelled.');
    assert.deepEqual(files(), ['film.shot.md']);
  });

  it('is accessible in all themes, while it plays and while it is exported', async () => {
    const all = (['landscape', 'portrait'] as const).flatMap((clip, one) =>
      [0, 2, 4, 6].map(index => take(index + one + 1, clip)),
    );
    cast(stage(), all);
    await openFile(8);
    await untilRows(8);
    const themes = ['dark', 'light', 'highContrast'] as const;
    void vscode.commands.executeCommand('dailies.cut.play');
    await untilShot('1 of 8 · shot 1 take');
    await window.pressKey('k');
    await inThemes(window, themes, async () => assertAccessible(window));
    // From the page, what it plays is exported, into the folder for clips.
    void vscode.commands.executeCommand('dailies.cut.export');
    await chooseFormats(window, ['MP4'], `${stage().clips}/`);
    await waitUntil(
      'the page',
      async () =>
        (await inPage(window, 'film.mp4', `!!document.querySelector('progress')`)) === true || undefined,
    );
    await inThemes(window, themes, async () => assertAccessible(window));
    await window.pressKey('Escape');
  });

  it('comes back after a reload where it was, paused; an export that a reload ends is removed, and said', async () => {
    cast(stage(), [take(1, 'landscape'), take(2, 'portrait'), take(3, 'landscape'), take(4, 'portrait')]);
    const other = await openWindow();
    await other.openView('Dailies');
    await waitUntil('the rows', async () => (await other.treeRows(VIEW)).length === 4 || undefined);
    const selectAll = async (): Promise<void> => {
      await other.runCommand('Dailies: Focus on Dailies View');
      await other.pressKey('Home');
      await other.pressKey('Control+A');
    };
    await selectAll();
    await other.runCommand('Dailies: Play the Cut');
    const title = 'Cut: film';
    await untilShot('1 of 4 · shot 1 take', title, other);
    await other.pressKey('PageDown');
    await untilShot('2 of 4 · shot 2 take', title, other);
    await other.pressKey('k');
    await other.reload();
    await untilShot('2 of 4 · shot 2 take', title, other);
    assert.equal(await inPage(other, title, `document.querySelector('video.front').paused`), true);

    const parts = (): string[] => readdirSync(stage().clips).filter(name => name.startsWith('.dailies-'));
    await other.openView('Dailies');
    await waitUntil('the rows', async () => (await other.treeRows(VIEW)).length === 4 || undefined);
    await selectAll();
    await other.runCommand('Dailies: Export the Cut…');
    await chooseFormats(other, ['MP4'], `${stage().clips}/`);
    await waitUntil('the unfinished file', () => parts().length === 1 || undefined);
    await other.reload();
    await waitUntil(
      'the message',
      async () =>
        (await other.notifications()).some(({ message }) =>
          message.includes('The window was closed before "film.mp4" was exported.'),
        ) || undefined,
      async () => JSON.stringify([await other.notifications(), await other.tabs()]),
      60_000,
    );
    assert.deepEqual(parts(), []);
    assert.equal(existsSync(join(stage().clips, 'film.mp4')), false);
    assert.ok(!(await other.tabs()).some(tab => tab.title === 'film.mp4'));
    await other.close();
  });
});
