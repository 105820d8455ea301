import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { startPicGo, type PicGo } from '../images/picgo.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { enterKey, setting, useStage } from './stage.ts';

const SHOT = `---
model: veo_3_1_fast
first_image: dock.png
---
A ferry leaves the harbor.
`;

describe('an image on this computer', () => {
  const window = workbench();
  const stage = useStage();
  let picgo: PicGo;

  beforeEach(async () => {
    picgo = await startPicGo();
    await setting('images.picgoUrl', picgo.address);
    await enterKey(window);
  });

  afterEach(async () => {
    await setting('images.uploader', undefined);
    await setting('images.picgoUrl', undefined);
    await picgo.close();
  });

  async function openShot(): Promise<vscode.Uri> {
    const folder = join(stage().clips, 'shots');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'dock.png'), `\u0089PNG\r\n\u001a\n${folder}`, 'latin1');
    writeFileSync(join(folder, 'ferry.shot.md'), SHOT);
    const uri = vscode.Uri.file(join(folder, 'ferry.shot.md'));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    return uri;
  }

  const generate = (uri: vscode.Uri): Thenable<unknown> =>
    vscode.commands.executeCommand('dailies.shot.generate', uri, '');

  async function confirm(): Promise<void> {
    const { message } = await window.dialog();
    assert.match(message, /^Generate/);
    await window.pressDialogButton('Generate');
  }

  it('is uploaded once its folder is confirmed, and its link is used again', async () => {
    const { gateway } = stage();
    await setting('images.uploader', 'picgo');
    const uri = await openShot();
    void generate(uri);
    const { message, detail } = await window.dialog();
    assert.equal(message, 'Upload images from the folder "shots"?');
    assert.match(detail, /dock\.png/);
    await window.screenshot('upload-question.png');
    await window.pressDialogButton('Upload');
    await confirm();
    const first = await waitUntil('a request', () =>
      gateway.requests.find(({ method }) => method === 'POST'),
    );
    assert.match(first.body, /"first_image":"https:\/\/images\.example\.com\/[0-9a-f]{12}\.png"/);

    void generate(uri);
    await confirm();
    await waitUntil('another request', () =>
      gateway.requests.filter(({ method }) => method === 'POST').length === 2 ? true : undefined,
    );
    assert.deepEqual(picgo.uploaded, [join(stage().clips, 'shots/dock.png')]);
  });

  it('leads to the ways of uploading where none is set', async () => {
    const uri = await openShot();
    void generate(uri);
    const { message } = await window.dialog();
    assert.equal(message, 'Set up image uploads to use images from this computer');
    await window.screenshot('upload-setup.png');
    await window.pressDialogButton('Cancel');
    assert.deepEqual(
      stage().gateway.requests.filter(({ method }) => method === 'POST'),
      [],
    );
  });
});
