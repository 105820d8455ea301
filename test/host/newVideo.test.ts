import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import type { QuickInputState } from '../vscode/workbench/quickInput.ts';
import { asAnotherWindow, cast, savedClip } from './cast.ts';
import { choosePath, enterKey, setting, useStage, VIEW } from './stage.ts';

const PROMPT = 'A ferry leaves the harbor at dawn.';

describe('a new video', () => {
  const window = workbench();
  const stage = useStage();

  /**
   * Waits for a step, by its number, and gives its page. A page stays until the next one stands in its place: where both have one
   * number, `containing` is something that only the one waited for says.
   */
  const step = async (number: number, containing = ''): Promise<QuickInputState> =>
    waitUntil(
      `step ${number} with "${containing}"`,
      async () => {
        const state = await window.quickInput();
        const isIt = state.title === `New Video (${number}/5)` && !state.isBusy;
        return isIt && JSON.stringify(state).includes(containing) ? state : undefined;
      },
      async () => JSON.stringify(await window.quickInput()),
    );

  const rowsOf = ({ items }: QuickInputState): string[] =>
    items.map(({ label, description }) => (description === '' ? label : `${label}: ${description}`));

  const begin = async (): Promise<QuickInputState> => {
    await window.runCommand('Dailies: New Video…');
    return step(1);
  };

  const enter = async (): Promise<void> => {
    await window.acceptQuickInput();
  };

  const back = async (): Promise<void> => {
    await window.pressKey('Control+Alt+Minus');
  };

  /** Goes through the steps up to the last: a model by its name, no images, and whatever parameters there are. */
  const fillIn = async (model: string, prompt: string): Promise<QuickInputState> => {
    await begin();
    await window.typeQuickInput(model);
    await enter();
    await step(2);
    await window.pickRow('Text Only');
    await step(3);
    await enter();
    await step(4);
    await window.typeQuickInput(prompt);
    await enter();
    return step(5);
  };

  const confirm = async (): Promise<string> => {
    const { message, detail } = await window.dialog();
    await window.pressDialogButton('Generate');
    return `${message}\n${detail}`;
  };

  /** The bodies that were sent to make videos. */
  const sent = (): unknown[] =>
    stage()
      .gateway.requests.filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body) as unknown);

  const untilSent = async (count: number): Promise<unknown[]> =>
    waitUntil(
      `${count} videos to be sent`,
      () => (sent().length === count ? sent() : undefined),
      () => JSON.stringify(sent()),
    );

  const shotText = async (): Promise<string> =>
    waitUntil('a shot file', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.isUntitled === true && document.getText().startsWith('---')
        ? document.getText()
        : undefined;
    });

  beforeEach(async () => {
    await enterKey(window);
  });

  it('is made by the keyboard alone: model, images, format, prompt, and what is sent with its price', async () => {
    await setting('prices', { veo_3_1_fast: { call: 0.72 } });
    try {
      assert.match(rowsOf(await begin()).join('\n'), /^Veo 3\.1 Fast: veo_3_1_fast/m);
      await window.typeQuickInput('veo_3_1_fast');
      await enter();
      assert.deepEqual(rowsOf(await step(2)), ['Text Only', 'Reference Images…', 'First and Last Frame…']);
      await enter();
      assert.deepEqual(rowsOf(await step(3)), [
        'Continue: 720p · 16:9',
        'Resolution: 720p · default',
        'Aspect ratio: 16:9 · default',
      ]);
      await window.pressKey('ArrowDown');
      await enter();
      await step(3, '1080p');
      await window.typeQuickInput('1080');
      await enter();
      assert.deepEqual(rowsOf(await step(3, 'Continue'))[0], 'Continue: 1080p · 16:9');
      await enter();
      await step(4);
      await enter();
      assert.equal((await step(4, 'Enter a prompt.')).isInvalid, true);
      await window.typeQuickInput(PROMPT);
      await enter();
      assert.deepEqual(rowsOf(await step(5)), [
        'Generate: Estimate: 0.72 (your price table)',
        'Open as Shot File: Edit it, or generate several takes',
        'Model: Veo 3.1 Fast',
        'Images: none',
        'Resolution: 1080p',
        'Aspect ratio: 16:9',
        `Prompt: ${PROMPT}`,
      ]);
      await enter();
      assert.match(await confirm(), /^Generate 1 video with Veo 3\.1 Fast\?\n.*0\.72 \(your price table\)/s);
      assert.deepEqual(await untilSent(1), [
        { model: 'veo_3_1_fast', prompt: PROMPT, resolution: '1080p', aspect_ratio: '16:9' },
      ]);
    } finally {
      await setting('prices', undefined);
    }
  });

  it('goes back step by step with all that was chosen, and leaves without sending anything', async () => {
    await begin();
    await window.typeQuickInput('grok_video3_max');
    await enter();
    await step(2);
    await enter();
    await step(3);
    await enter();
    await step(4);
    await window.typeQuickInput(PROMPT);
    await back();
    await step(3);
    await enter();
    assert.equal((await step(4)).value, PROMPT);
    await enter();
    await step(5);
    await back();
    assert.equal((await step(4)).value, PROMPT);
    await back();
    await step(3);
    await window.pickRow('Duration');
    await step(3, '30 s');
    await back();
    await step(3, 'Continue');
    await back();
    await step(2);
    await back();
    await step(1);
    await enter();
    await step(2);
    await window.dismissQuickInput();
    // What was begun is there when it is asked for again.
    await begin();
    for (const number of [2, 3, 4]) {
      await enter();
      await step(number);
    }
    assert.equal((await step(4)).value, PROMPT);
    await enter();
    assert.deepEqual(rowsOf(await step(5, 'Grok Video 3 Max')).slice(2), [
      'Model: Grok Video 3 Max',
      'Images: none',
      'Resolution: 720p',
      'Aspect ratio: 16:9',
      'Duration: 10 s',
      `Prompt: ${PROMPT}`,
    ]);
    await window.pickRow('Duration');
    await step(3, 'Continue');
    await back();
    await step(5);
    await enter();
    await window.dialog();
    await window.pressKey('Escape');
    await begin();
    await window.dismissQuickInput();
    assert.deepEqual(sent(), []);
  });

  it('takes images as files and links, and says at once what is wrong with one', async () => {
    const { clips: folder } = stage();
    const picture = vscode.Uri.joinPath(vscode.Uri.file(folder), 'a picture.png');
    await vscode.workspace.fs.writeFile(picture, new Uint8Array([1]));
    await begin();
    await window.typeQuickInput('veo_3_1_pro_stable');
    await enter();
    await step(2);
    await window.pickRow('First and Last Frame…');
    await step(2, 'Choose First Frame…');
    await window.pickRow('Choose First Frame…');
    await choosePath(window, 'Choose Images', picture.fsPath);
    await step(2, 'a picture.png');
    await window.pickRow('Paste Link…');
    await step(2, 'Public link');
    await window.typeQuickInput('http://192.168.0.2/last.png');
    assert.equal((await step(2, "can't reach this address")).isInvalid, true);
    await window.typeQuickInput('https://pictures.example/last.png');
    await enter();
    assert.deepEqual(rowsOf(await step(2, 'Last frame · ')), [
      'Continue',
      `a picture.png: First frame · ${folder}`,
      'last.png: Last frame · https://pictures.example/last.png',
    ]);
    await enter();
    await step(3);
    await window.pickRow('Resolution');
    await window.pickRow('720p');
    await step(3, 'Continue');
    await enter();
    await step(4);
    await window.typeQuickInput(PROMPT);
    await enter();
    await step(5, 'First frame: a picture.png, last frame: last.png');
    await window.pickRow('Open as Shot File');
    assert.equal(
      await shotText(),
      `---
model: veo_3_1_pro_stable
resolution: 720p
aspect_ratio: 16:9
first_image: "${picture.fsPath}"
last_image: https://pictures.example/last.png
---
${PROMPT}
`,
    );
    assert.deepEqual(sent(), []);
  });

  it('takes a model that Dailies does not know, with any parameters', async () => {
    await begin();
    await window.pickRow('Another Model…');
    await step(1, 'name on the gateway');
    await window.typeQuickInput('two words');
    assert.equal((await step(1, "can't contain spaces")).isInvalid, true);
    await window.typeQuickInput('veo_9');
    await enter();
    await step(1, '/v1/veo/videos');
    await enter();
    await step(2);
    await window.pickRow('Text Only');
    await step(3, 'Add Parameter…');
    await window.pickRow('Add Parameter…');
    await step(3, 'and its value');
    await window.typeQuickInput('seed');
    assert.equal((await step(3, 'Enter a name and a value')).isInvalid, true);
    await window.typeQuickInput('seed: 7');
    await enter();
    // Those that were chosen for a model before are kept, above the new one.
    assert.deepEqual(rowsOf(await step(3, 'Continue')).slice(-2), ['seed: 7', 'Add Parameter…']);
    await enter();
    await step(4);
    await window.typeQuickInput(PROMPT);
    await enter();
    await step(5, 'veo_9 (not checked)');
    await enter();
    assert.match(await confirm(), /price unknown/);
    const [request] = (await untilSent(1)) as Record<string, unknown>[];
    assert.deepEqual([request?.model, request?.prompt, request?.seed], ['veo_9', PROMPT, 7]);
  });

  it('begins with what is selected in an editor, and with what was chosen last', async () => {
    await fillIn('grok_video3_max', 'Something else.');
    await enter();
    await confirm();
    await untilSent(1);
    const document = await vscode.workspace.openTextDocument({ content: `Idea:\n${PROMPT}\nGulls.\n` });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 2, 6);
    await window.runCommand('Dailies: Generate from Selection…');
    assert.deepEqual(rowsOf(await step(5)).slice(2), [
      'Model: Grok Video 3 Max',
      'Images: none',
      'Resolution: 720p',
      'Aspect ratio: 16:9',
      'Duration: 10 s',
      `Prompt: ${PROMPT} Gulls.`,
    ]);
    await back();
    assert.equal((await step(4)).value, `${PROMPT} Gulls.`);
    for (const number of [3, 2, 1]) {
      await back();
      await step(number);
    }
    await window.typeQuickInput('grok_video3_pro');
    for (const number of [2, 3, 4, 5]) {
      await enter();
      await step(number);
    }
    await enter();
    await confirm();
    assert.deepEqual((await untilSent(2))[1], {
      model: 'grok_video3_pro',
      prompt: `${PROMPT}\nGulls.`,
      aspect_ratio: '16:9',
    });
  });
});

describe('a task whose request is known', () => {
  const window = workbench();
  const stage = useStage();
  const request = { model: 'veo_3_1_fast', prompt: PROMPT, resolution: '1080p', aspect_ratio: '9:16' };

  const castKnown = (more: Record<string, unknown> = {}): void => {
    cast(stage(), [
      savedClip(stage(), 'Ferry', 'tone', { request: JSON.stringify({ ...request, ...more }) }),
      savedClip(stage(), 'Foreign', 'tone'),
    ]);
  };

  const untilRows = async (): Promise<void> => {
    await waitUntil('two rows', async () => (await window.treeRows(VIEW)).length === 2 || undefined);
  };

  it('is made once more, the same to the letter, when that is confirmed', async () => {
    await enterKey(window);
    castKnown();
    await untilRows();
    await window.contextMenu(VIEW, 'Ferry', 'Make Another Take');
    await window.dialog();
    await window.pressDialogButton('Generate');
    const { gateway } = stage();
    const bodies = await waitUntil('one video', () => {
      const made = gateway.requests.filter(({ method }) => method === 'POST');
      return made.length > 0 ? made.map(({ body }) => JSON.parse(body) as unknown) : undefined;
    });
    assert.deepEqual(bodies, [request]);
    await waitUntil(
      'its name',
      () =>
        asAnotherWindow(store => store.list().filter(({ label }) => label === 'Ferry').length === 2) ||
        undefined,
    );
    assert.doesNotMatch(
      (await window.rowMenu(VIEW, 'Foreign')).join(),
      /Make Another Take|Edit and Make Again/,
    );
  });

  it('is edited as a shot file, and made from that', async () => {
    castKnown();
    await untilRows();
    await window.contextMenu(VIEW, 'Ferry', 'Edit and Make Again…');
    const text = await waitUntil('the shot file', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.isUntitled === true ? document.getText() : undefined;
    });
    assert.equal(
      text,
      `---
model: veo_3_1_fast
resolution: 1080p
aspect_ratio: 9:16
---
## Ferry

${PROMPT}
`,
    );
  });

  it('says that images are missing which were not kept with it', async () => {
    await enterKey(window);
    castKnown({ model: 'grok_video3', image_urls: ['data:image/png'] });
    await untilRows();
    await window.contextMenu(VIEW, 'Ferry', 'Make Another Take');
    await window.pressNotificationButton('images of "Ferry" were not kept', 'Edit and Make Again…');
    await window.dismissNotification("These images weren't kept with the task. Add them again: image_urls");
    assert.equal(stage().gateway.requests.filter(({ method }) => method === 'POST').length, 0);
  });

  it('is copied as the text of a shot file', async () => {
    castKnown();
    await untilRows();
    await window.contextMenu(VIEW, 'Ferry', 'Copy', 'Copy as Shot File');
    await waitUntil('the copy', async () => {
      const copied = await vscode.env.clipboard.readText();
      return (copied.startsWith('---\nmodel: veo_3_1_fast') && copied.includes(PROMPT)) || undefined;
    });
  });
});

describe('a new shot file', () => {
  const window = workbench();
  const stage = useStage();

  it('is created in a folder, under a name that is free, with an example in which nothing is wrong', async () => {
    const folder = vscode.Uri.file(stage().clips);
    const create = (): Thenable<unknown> => vscode.commands.executeCommand('dailies.shot.newFile', folder);
    void create();
    assert.equal((await window.quickInput('File name, in')).value, 'shot.shot.md');
    await window.typeQuickInput('a/b');
    await window.quickInput("can't contain any of these characters");
    await window.typeQuickInput('ferry.md');
    await window.acceptQuickInput();
    const document = await waitUntil('the file', () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.fileName.endsWith('ferry.shot.md') === true ? shown : undefined;
    });
    assert.deepEqual([document.languageId, document.isUntitled], ['dailies-shot', false]);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['$(play)\u00a0Generate · price unknown'],
    );
    void create();
    await window.quickInput('File name, in');
    await window.typeQuickInput('ferry');
    await window.quickInput('already a file with this name');
    await window.dismissQuickInput();
  });
});
