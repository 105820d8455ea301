import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { startPicGo, type PicGo } from '../images/picgo.ts';
import { projectPath, waitUntil, workbench } from '../vscode/bridgeClient.ts';
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
    for (const name of ['uploader', 'picgoUrl', 'command', 'expiresAfterDays']) {
      await setting(`images.${name}`, undefined);
    }
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

  const posts = (): unknown[] => stage().gateway.requests.filter(({ method }) => method === 'POST');
  const untilSent = async (count: number): Promise<void> => {
    await waitUntil(
      `${count} requests`,
      () => posts().length === count || undefined,
      () => String(posts().length),
    );
  };
  const allow = async (): Promise<void> => {
    assert.match((await window.dialog()).message, /^Upload images from the folder/);
    await window.pressDialogButton('Upload');
  };

  it('is no longer uploaded once a person cancels it, and nothing is sent; the next time it is', async () => {
    await setting('images.uploader', 'picgo');
    picgo.reply('silence');
    const uri = await openShot();
    const left = generate(uri);
    await allow();
    await window.waitForNotification('Uploading image');
    await window.screenshot('upload-progress.png');
    await window.pressNotificationButton('Uploading image', 'Cancel');
    await left;
    assert.deepEqual([posts(), await window.notifications()], [[], []]);
    picgo.reply(undefined);
    const made = generate(uri);
    await confirm();
    await made;
    await untilSent(1);
  });

  it('is uploaded again where its host keeps nothing for long', async () => {
    await setting('images.uploader', 'picgo');
    await setting('images.expiresAfterDays', 0);
    const uri = await openShot();
    for (const count of [1, 2]) {
      const made = generate(uri);
      if (count === 1) {
        await allow();
      }
      await confirm();
      await made;
      await untilSent(count);
    }
    const dock = join(stage().clips, 'shots/dock.png');
    assert.deepEqual(picgo.uploaded, [dock, dock]);
  });

  const command = (...how: string[]): string[] => [
    process.execPath,
    projectPath('test', 'images', 'upload.js'),
    ...how,
  ];

  it("is uploaded by the person's own command, once", async () => {
    const note = join(stage().clips, 'note');
    await setting('images.uploader', 'command');
    await setting('images.command', command(`note=${note}`));
    const uri = await openShot();
    for (const count of [1, 2]) {
      const made = generate(uri);
      if (count === 1) {
        const { detail } = await window.dialog();
        assert.match(detail, /Your command uploads them to the web/);
        await allow();
      }
      await confirm();
      await made;
      await untilSent(count);
    }
    const [first] = stage().gateway.requests.filter(({ method }) => method === 'POST');
    assert.match(first?.body ?? '', /"first_image":"https:\/\/images\.example\.com\/dock\.png"/);
    assert.equal(readFileSync(note, 'utf8'), `${join(stage().clips, 'shots/dock.png')}\n`);
  });

  it('is not sent where the command fails, prints no public link, or is ended', async () => {
    await setting('images.uploader', 'command');
    await setting('images.command', command('fail'));
    const uri = await openShot();
    const first = generate(uri);
    await allow();
    await first;
    const { message, buttons } = await window.waitForNotification('ended with exit code 3');
    assert.equal(
      message,
      "Nothing was sent. Couldn't upload dock.png. The command ended with exit code 3: Error: quota exceeded",
    );
    assert.deepEqual(buttons, ['Open Settings']);
    for (const [how, words] of [
      ['private', 'returned no public web link: http://192.168.1.5/a.png'],
      ['nothing', 'returned no link'],
    ] as const) {
      await setting('images.command', command(how));
      const failed = generate(uri);
      await allow();
      await failed;
      await window.waitForNotification(words);
    }
    await setting('images.command', command('hang'));
    const hung = generate(uri);
    await allow();
    await window.pressNotificationButton('Uploading image', 'Cancel');
    await hung;
    assert.deepEqual(posts(), []);
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
