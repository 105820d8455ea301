import * as vscode from 'vscode';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clips } from '../fixtures/clips/clips.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { setting, untilList, useStage } from './stage.ts';

describe('finding saved clips', () => {
  const window = workbench();
  const stage = useStage();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-found-'));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await setting('save.folder', undefined);
  });

  /** A clip with its sidecar, as they came from another machine. */
  const put = (name: string, facts: object = {}): void => {
    copyFileSync(clips.tone.path, join(folder, `${name}.mp4`));
    putSidecar(name, facts);
  };

  const putSidecar = (name: string, facts: object = {}): void => {
    const bytes = readFileSync(clips.tone.path).length;
    const sidecar = {
      dailies: 1,
      id: `vgen_${name}`,
      gateway: 'https://gateway.example/kyyReactApiServer',
      model: 'veo_3_1_fast',
      label: null,
      request: { prompt: 'A cat in the rain' },
      createdAt: '2026-11-21T09:58:30.000Z',
      completedAt: '2026-11-21T10:00:00.000Z',
      savedAt: '2026-11-21T10:00:01.000Z',
      linkHost: 'media.example',
      clip: { name: `${name}.mp4`, bytes, duration: 2, sha256: 'ab'.repeat(32) },
      ...facts,
    };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(sidecar));
  };

  const workspaceSetting = async (value: string | undefined): Promise<void> => {
    const target = vscode.ConfigurationTarget.Workspace;
    await vscode.workspace.getConfiguration('dailies').update('save.folder', value, target);
  };

  /** Opens the dialog, which comes to stand at its folder step by step; before that it does not hear. */
  const openDialogAt = async (path: string): Promise<void> => {
    await window.runCommand('Dailies: Find Saved Clips…');
    await waitUntil(
      `the dialog to stand at ${path}`,
      async () => {
        const { isBusy, value, items } = await window.quickInput('Find Saved Clips');
        return (!isBusy && value === `${path}/` && items[0]?.label === '..') || undefined;
      },
      async () => (await window.quickInput('Find Saved Clips')).value,
    );
  };

  const untilDialogStartsAt = async (path: string): Promise<void> => {
    await openDialogAt(path);
    await window.dismissQuickInput();
  };

  /** Takes the folder that the dialog offers. */
  const findIn = async (path: string): Promise<void> => {
    await setting('save.folder', path);
    await openDialogAt(path);
    await window.acceptFileDialog('Find Saved Clips');
  };

  it('puts clips and their tasks back into the list, and passes over everything else', async () => {
    put('rain0001');
    put('sun00002', { label: 'the sun' });
    putSidecar('gone0003');
    put('evil0004', { id: '../../keys' });
    writeFileSync(join(folder, 'package.json'), '{"name":"rushes"}');
    writeFileSync(join(folder, 'broken.json'), '{');
    await findIn(folder);
    await window.dismissNotification(
      'Clips found: 2 new, 0 already in the list. JSON files without a clip: 4.',
    );
    await untilList(window, 'the sun Ready · veo_3_1_fast\nA cat in the rain Ready · veo_3_1_fast');
    await findIn(folder);
    await window.dismissNotification('Clips found: 0 new, 2 already in the list.');
  });

  it('begins at the folder for clips, that of the workspace before that of the person', async () => {
    const [open] = vscode.workspace.workspaceFolders ?? [];
    const own = join(open?.uri.fsPath ?? '', 'clips');
    mkdirSync(own, { recursive: true });
    try {
      await untilDialogStartsAt(stage().clips);
      await setting('save.folder', '${workspaceFolder}/clips');
      await untilDialogStartsAt(own);
      await setting('save.folder', stage().clips);
      await workspaceSetting('${workspaceFolder}/clips');
      await untilDialogStartsAt(own);
      await workspaceSetting('clips');
      await untilDialogStartsAt(stage().clips);
    } finally {
      await workspaceSetting(undefined);
      rmSync(own, { recursive: true, force: true });
    }
  });

  it('finds clips again that were moved', async () => {
    put('rain0001');
    await findIn(folder);
    await window.dismissNotification('Clips found: 1 new');
    const moved = join(folder, 'best');
    mkdirSync(moved);
    for (const name of ['rain0001.mp4', 'rain0001.json']) {
      renameSync(join(folder, name), join(moved, name));
    }
    await findIn(moved);
    await window.dismissNotification('Clips found: 1 new');
    await window.runCommand('Dailies: Preview');
    await window.pickRow('A cat in the rain');
    await waitUntil(
      'the clip to play',
      async () =>
        Number(await window.evaluateInWebview(`document.querySelector('video')?.currentTime`)) > 0 ||
        undefined,
    );
  });
});
