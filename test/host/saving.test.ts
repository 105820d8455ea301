import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { clips } from '../fixtures/clips/clips.ts';
import { eventually, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { MemoryFiles } from './memoryFiles.ts';
import { endOf } from './rowNames.ts';
import {
  choosePath,
  enterKey,
  setting,
  track,
  trackAndSettle,
  untilList,
  untilRow,
  useStage,
  VIEW,
} from './stage.ts';

/** Large and slow enough to be watched, bytes and bytes a second. */
const LARGE = 24_000_000;
const SLOW = 3_000_000;

const MODEL = 'veo_3_1_fast';
const FINISHED = { model: MODEL, queuedS: 0, processingS: 0, clip: 'tone' } as const;

describe('saving clips', () => {
  const window = workbench();
  const stage = useStage();

  beforeEach(() => enterKey(window));
  afterEach(async () => {
    await setting('save.automatic', undefined);
    await setting('save.sidecar', undefined);
  });

  it('shows how far a download is, and the clip when it is there', async () => {
    const { gateway } = stage();
    gateway.setFaults({ kind: 'slow', bytesPerSecond: SLOW }, 'media');
    const id = gateway.addTask({ ...FINISHED, sizeBytes: LARGE });
    await track(window, id);
    const { label } = await untilRow(window, /^\d+% · .+ left/);
    assert.match(label, /^Veo 3\.1 Fast · /);
    await vscode.commands.executeCommand('list.clear');
    await window.screenshot('row-downloading.png');
    await untilList(window, `${endOf(id)} Ready · ${MODEL}`, 60_000);
    await window.clearNotifications();
    await vscode.commands.executeCommand('list.clear');
    await window.screenshot('row-saved.png');
  });

  it('warns of a clip that cannot be saved while its link is about to die', async () => {
    const { gateway } = stage();
    gateway.setFaults({ kind: 'html' }, 'media');
    const id = gateway.addTask({ ...FINISHED, linkLifeS: 4.1 * 3600 });
    await track(window, id);
    await window.waitForNotification(
      "isn't saved yet, and its link expires in 4 h. The media server returned a web page",
    );
    await untilRow(window, /^Save failed · expires in 4 h/);
    await vscode.commands.executeCommand('list.clear');
    await window.screenshot('row-at-risk.png');
    gateway.clearFaults('media');
    await window.pressNotificationButton("isn't saved yet", 'Retry Save');
    await untilList(window, `${endOf(id)} Ready · ${MODEL}`);
  });

  it('saves only on request where automatic saving is off, and can be stopped', async () => {
    const { gateway, clips: folder } = stage();
    await setting('save.automatic', false);
    gateway.setFaults({ kind: 'slow', bytesPerSecond: SLOW }, 'media');
    // Far more than comes before it is stopped.
    const id = gateway.addTask({ ...FINISHED, sizeBytes: 10 * LARGE });
    await track(window, id);
    await window.waitForNotification('is ready to save.');
    await untilList(window, `${endOf(id)} Not saved · ${MODEL}`);
    assert.deepEqual(readdirSync(folder), []);
    await window.pressNotificationButton('is ready to save.', 'Save Now');
    await window.waitForNotification('Saving "Veo');
    await untilRow(window, /^\d+%/);
    await window.screenshot('saving-progress.png');
    await window.pressNotificationButton('Saving "Veo', 'Cancel');
    await untilList(window, `${endOf(id)} Not saved · ${MODEL}`);
    await waitUntil('the part to be gone', () => readdirSync(folder).length === 0 || undefined);
  });

  it('saves a clip where, and as what, a person chooses', async () => {
    const { gateway, clips: folder } = stage();
    await setting('save.automatic', false);
    const id = gateway.addTask(FINISHED);
    await trackAndSettle(window, id);
    const { label } = await untilRow(window, /^Not saved · expires in 2\d h/);
    mkdirSync(join(folder, 'takes'));
    const file = join(folder, 'takes', '夜景.mp4');
    await window.contextMenu(VIEW, label, 'Save As…');
    await choosePath(window, 'Save As', file);
    await untilList(window, `${endOf(id)} Ready · ${MODEL}`);
    assert.ok(readFileSync(file).equals(readFileSync(clips.tone.path)));
  });

  it('sees that a file is gone, and takes it back from where it was put', async () => {
    const { gateway, clips: folder } = stage();
    const id = gateway.addTask(FINISHED);
    await trackAndSettle(window, id);
    await untilList(window, `${endOf(id)} Ready · ${MODEL}`);
    await window.clearNotifications();
    const [name = ''] = readdirSync(folder);
    const moved = join(folder, 'moved.mp4');
    renameSync(join(folder, name), moved);
    const [{ label } = { label: '' }] = await window.treeRows(VIEW);
    await window.contextMenu(VIEW, label, 'Copy', 'Copy File Path');
    await window.contextMenu(VIEW, label, 'Open Containing Folder');
    await window.pressNotificationButton('no longer exists', 'Locate File…');
    await untilList(window, `${endOf(id)} File not found · ${MODEL}`);
    await window.screenshot('row-missing.png');
    await choosePath(window, 'Locate the file for', moved);
    await untilList(window, `${endOf(id)} Ready · ${MODEL}`);
    assert.equal(await vscode.env.clipboard.readText(), join(folder, name));
  });

  it('says that the folder cannot be used, and goes on in another', async () => {
    const { gateway, clips: folder } = stage();
    writeFileSync(join(folder, 'file'), '');
    await setting('save.folder', join(folder, 'file'));
    const id = gateway.addTask(FINISHED);
    await track(window, id);
    await window.pressNotificationButton("Can't write to the folder", 'Choose Save Folder…');
    mkdirSync(join(folder, 'other'));
    await choosePath(window, 'Choose a folder for saved clips', join(folder, 'other'));
    await untilList(window, `${endOf(id)} Ready · ${MODEL}`);
    assert.equal(readdirSync(join(folder, 'other')).length, 1);
  });

  it('sets the folder that is chosen where it takes effect: in the workspace that has its own', async () => {
    const { gateway, clips: folder } = stage();
    const other = join(folder, 'other');
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(other);
    const own = async (value: string | undefined): Promise<void> =>
      vscode.workspace
        .getConfiguration('dailies')
        .update('save.folder', value, vscode.ConfigurationTarget.Workspace);
    try {
      await own(join(folder, 'file'));
      const id = gateway.addTask(FINISHED);
      await track(window, id);
      await window.pressNotificationButton("Can't write to the folder", 'Choose Save Folder…');
      await choosePath(window, 'Choose a folder for saved clips', other);
      await untilList(window, `${endOf(id)} Ready · ${MODEL}`);
      const found = vscode.workspace.getConfiguration('dailies').inspect('save.folder');
      assert.deepEqual(
        [readdirSync(other).length, found?.workspaceValue, found?.globalValue],
        [1, other, folder],
      );
    } finally {
      await own(undefined);
    }
  });

  it('saves to a folder that only VS Code reaches, with what is known of the clip next to it', async () => {
    const { gateway } = stage();
    const files = new MemoryFiles();
    const registered = vscode.workspace.registerFileSystemProvider('memory', files);
    try {
      await setting('save.folder', 'memory:/clips');
      await setting('save.sidecar', true);
      const id = gateway.addTask(FINISHED);
      await track(window, id);
      await untilList(window, `${endOf(id)} Ready · ${MODEL}`);
      await eventually(() => {
        assert.deepEqual(
          files.names().map(name => name.replace(/^.*_/, '')),
          [`${endOf(id)}.json`, `${endOf(id)}.mp4`],
        );
      });
      const [sidecar = '', clip = ''] = files.names();
      assert.ok(Buffer.from(files.contentOf(clip)).equals(readFileSync(clips.tone.path)));
      assert.equal((JSON.parse(Buffer.from(files.contentOf(sidecar)).toString()) as { id: string }).id, id);
    } finally {
      registered.dispose();
    }
  });
});
