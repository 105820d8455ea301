import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { mediaFile, type MediaName } from '../fixtures/clips/clips.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf } from './rowNames.ts';
import { enterKey, track, untilList, untilRow, useStage, VIEW } from './stage.ts';

describe('what the gateway makes besides videos, and where', () => {
  const window = workbench();
  const stage = useStage();

  beforeEach(() => enterKey(window));

  /** The one file in the folder for clips. */
  const savedFile = async (): Promise<string> =>
    waitUntil(
      'a saved file',
      () => readdirSync(stage().clips).find(name => !name.startsWith('.') && !name.endsWith('.part')),
      () => readdirSync(stage().clips).join(),
    );

  const pathsAbout = (id: string): string[] => [
    ...new Set(
      stage()
        .gateway.requests.filter(({ origin, path }) => origin === 'gateway' && path.includes(id))
        .map(({ path }) => path),
    ),
  ];

  for (const [model, clip, words, viewer] of [
    ['nano-banana', 'still', 'Image ready', 'imagePreview.previewEditor'],
    ['soundCloning', 'voice', 'Audio ready', 'vscode.audioPreview'],
  ] as const satisfies readonly (readonly [string, MediaName, string, string])[]) {
    const { ending, path } = mediaFile(clip);

    it(`is saved as .${ending}, is ready and not a failed video, and opens in VS Code's viewer`, async () => {
      const { gateway, clips } = stage();
      const id = gateway.addTask({ model, clip, queuedS: 0, processingS: 0 });
      await track(window, id);
      await untilList(window, `${endOf(id)} ${words} · ${model}`);
      const name = await savedFile();
      assert.match(name, new RegExp(`\\.${ending}$`));
      assert.deepEqual(readFileSync(join(clips, name)), readFileSync(path));
      assert.deepEqual(pathsAbout(id), [`/kyyReactApiServer/v1/result/${id}`]);
      const [row] = await window.treeRows(VIEW);
      assert.equal(row?.icon, ending === 'png' ? 'file-media' : 'unmute');
      assert.match(row.ariaLabel, new RegExp(`^${words}, `));
      await window.pressNotificationButton('is ready.', 'Preview');
      await waitUntil(
        'the viewer',
        () => {
          const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
          return input instanceof vscode.TabInputCustom && input.viewType === viewer ? true : undefined;
        },
        async () => JSON.stringify(await window.tabs()),
      );
    });
  }

  it('says of an image that never came what is missing', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'nano-banana', clip: 'still', queuedS: 0, processingS: 0 });
    gateway.setFaults({ kind: 'fields', fields: { image_url: null } }, id);
    await track(window, id);
    await untilRow(window, /^Completed, waiting for link/);
  });

  it('tracks tasks of the model center by their IDs and by links, and requests them there', async () => {
    const { gateway, clips } = stage();
    const own = gateway.addTask({ endpoint: 'modelCenter', model: 'KlingO3', queuedS: 0, processingS: 0 });
    await track(window, own);
    await untilList(window, `${endOf(own)} Ready · KlingO3`);
    assert.deepEqual(pathsAbout(own), [`/kyyReactApiServer/v2/model-center/tasks/${own}`]);
    assert.match(await savedFile(), /^\d{4}-\d\d-\d\d_KlingO3_.*\.mp4$/);

    const id = 'wan-job-20260001';
    gateway.addTask({
      id,
      endpoint: 'modelCenter',
      model: 'wan3.0-i2v',
      queuedS: 0,
      processingS: 0,
      clip: 'tone',
    });
    await track(window, `${gateway.baseUrl}/v2/model-center/tasks/${id}?lang=en`);
    await waitUntil(
      'both to be saved',
      () => (readdirSync(clips).filter(name => name.endsWith('.mp4')).length === 2 ? true : undefined),
      () => readdirSync(clips).join(),
    );
    assert.deepEqual(pathsAbout(id), [`/kyyReactApiServer/v2/model-center/tasks/${id}`]);
    assert.ok(existsSync(clips));
  });
});
