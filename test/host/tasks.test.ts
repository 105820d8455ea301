import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { clips } from '../fixtures/clips/clips.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf } from './rowNames.ts';
import { enterKey, setting, track, untilList, untilPage, useStage, VIEW } from './stage.ts';

/** The clips that the page's origin has copies of, as addresses. */
const CLIPS_LEFT_BEHIND = `(async () => {
  const kept = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => url).filter(url => url.includes('.mp4'));
})()`;

describe('tracking tasks', () => {
  const window = workbench();
  const stage = useStage();

  beforeEach(() => enterKey(window));

  it('says what it recognised, refuses what is not a task, and leaves the clipboard of a browser alone', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
    await vscode.env.clipboard.writeText(id);
    await window.runCommand('Dailies: Track Task…');
    const box = await window.quickInput('vgen_…, video_…');
    assert.equal(box.value, vscode.env.uiKind === vscode.UIKind.Web ? '' : id);
    await window.typeQuickInput(`  ${gateway.baseUrl}/v1/result/${id}?from=mail  `);
    await window.quickInput(`Link to task ${id}`);
    for (const [input, words] of [
      ['../../etc/passwd', "isn't a task link"],
      ['what?', 'Task IDs can contain only'],
      ['hello', 'IDs look like'],
      [DEMO_KEY, 'is your API key'],
      ['asset-1-2', 'is an uploaded asset'],
      [`https://other.example/v1/result/${id}`, 'belongs to another gateway'],
      ['{"id": "vgen_1"', 'Incomplete JSON'],
    ] as const) {
      await window.typeQuickInput(input);
      assert.equal((await window.quickInput(words)).isInvalid, true, input);
    }
    await window.typeQuickInput(`{"code":0,"data":{"id":"${id}"}}`);
    await window.quickInput(`Gateway response for task ${id}`);
    await window.acceptQuickInput();
    await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
    await vscode.env.clipboard.writeText('');
    await track(window, id);
    await window.dismissNotification('already in the list');
    assert.equal((await window.treeRows(VIEW)).length, 1);
  });

  it('takes the IDs that a keybinding or another extension hands over, and says what became of each', async () => {
    const { gateway } = stage();
    const [a = '', b = '', c = ''] = ['', '', ''].map(() => gateway.addTask({ queuedS: 100_000 }));
    const hand = async (given: unknown): Promise<unknown> =>
      vscode.commands.executeCommand('dailies.task.track', given);
    assert.deepEqual(await hand({ ids: [a, b], name: 'Harbor' }), {
      tracked: [a, b],
      known: [],
      refused: [],
    });
    const link = `${gateway.baseUrl}/v1/result/${c}`;
    assert.deepEqual(await hand([b, link, '../x', DEMO_KEY]), {
      tracked: [c],
      known: [b],
      refused: [
        { input: '../x', reason: '"../x" isn\'t a task link. Expected …/v1/result/<ID>.' },
        { input: '…', reason: 'This is your API key, not a task ID.' },
      ],
    });
    await window.dismissNotification('(1 more refused.)');
    assert.equal(await hand({ ids: `${a} ${b}`, result: 'text' }), `${a} ${b}`);
    assert.deepEqual(await hand(['']), {
      tracked: [],
      known: [],
      refused: [{ input: '', reason: 'Enter a task ID, a gateway response, or a result link.' }],
    });
    await window.dismissNotification('Enter a task ID');
    await hand({ id: a });
    await window.dismissNotification('Track Task accepts task IDs as a string');
    const names = async (): Promise<string[]> => (await window.treeRows(VIEW)).map(row => row.label).sort();
    await waitUntil(
      'three rows',
      async () => (await names()).length === 3 || undefined,
      async () => (await names()).join(),
    );
    assert.deepEqual((await names()).slice(0, 2), ['Harbor 1', 'Harbor 2']);
    // A group has the focus: VS Code hands its row over to the button in the title.
    await setting('tasks.groupBy', 'state');
    await window.clickRow(VIEW, 'In Progress');
    await window.pressViewAction(VIEW, 'New Video…');
    await window.quickInput('Select a model');
    await window.dismissQuickInput();
  });

  it('shows each task in its state, in words for everyone', async () => {
    const { gateway } = stage();
    const ids = [
      gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' }),
      gateway.addTask({ model: 'veo_3_1_pro', queuedS: 100_000 }),
      gateway.addTask({ model: 'grok_video3', queuedS: 0, processingS: 100_000 }),
      gateway.addTask({
        model: 'veo_3_1_fast',
        queuedS: 0,
        processingS: 0,
        outcome: 'failed',
        error: 'against the policy',
      }),
      gateway.addTask({ model: 'grok_video3', queuedS: 0, processingS: 0, outcome: 'cancelled' }),
      gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 }),
    ];
    const [ready, queued, rendering, failed, cancelled, strange] = ids.map(endOf);
    gateway.setFaults({ kind: 'unknownStatus', word: 'colour_grading' }, ids[5]);
    await track(window, ids.join(' '));
    await untilList(
      window,
      [
        `${strange ?? ''} colour_grading · veo_3_1_fast`,
        `${cancelled ?? ''} Cancelled · grok_video3`,
        `${failed ?? ''} Failed · veo_3_1_fast`,
        `${rendering ?? ''} Rendering · grok_video3`,
        `${queued ?? ''} Queued · veo_3_1_pro`,
        `${ready ?? ''} Ready · veo_3_1_fast`,
      ].join('\n'),
    );
    const labels = (await window.treeRows(VIEW)).map(row => row.ariaLabel);
    assert.match(
      labels[2] ?? '',
      /^Failed, Veo 3\.1 Fast · \d+:\d\d [AP]M( \(\d\))?, (just now|\d min ago)$/,
    );
    await window.statusBarItem('2 rendering · 1 queued · 1 ready');
  });

  it('announces a failure, with its reason and its ID on a page one press away', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({
      queuedS: 0,
      processingS: 0,
      outcome: 'failed',
      error: '<b>against</b> the [policy](command:x)',
    });
    await track(window, id);
    await window.pressNotificationButton('failed: <b>against</b> the [policy] (command:x)', 'Show Details');
    await untilPage(window, /<b>against<\/b> the \[policy\]\(command:x\)/);
    await untilPage(window, new RegExp(id));
  });

  it('saves a finished clip and plays it, in a page that may load nothing else', async () => {
    const { gateway, clips: folder } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' });
    await track(window, id);
    await window.pressNotificationButton('is ready', 'Preview');
    await waitUntil(
      'the clip to play',
      async () =>
        Number(await window.evaluateInWebview(`document.querySelector('video')?.currentTime`)) > 0.2 ||
        undefined,
    );
    const [name = ''] = readdirSync(folder);
    assert.ok(readFileSync(join(folder, name)).equals(readFileSync(clips.tone.path)));
    const policy = String(
      await window.evaluateInWebview(`document.querySelector('meta[http-equiv]').content`),
    );
    assert.match(
      policy.replaceAll(/'self' https:[^;]*?(?= blob:|;)/g, 'ITSELF'),
      /^default-src 'none'; connect-src ITSELF; media-src ITSELF blob:; style-src 'nonce-([\w-]+)'; worker-src blob:; script-src 'nonce-\1' 'wasm-unsafe-eval'$/,
    );
    assert.doesNotMatch(policy, /'unsafe|\*;|http:/);
    await window.evaluateInWebview(`void fetch('${gateway.baseUrl}').catch(() => undefined)`);
    assert.ok(gateway.requests.every(request => request.path !== '/kyyReactApiServer'));
  });

  it('plays a clip with converted audio where the editor has no AAC', async () => {
    await window.runInNewFrames(`{
      const { canPlayType } = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.canPlayType = function (type) {
        return type.includes('mp4a') ? '' : canPlayType.call(this, type);
      };
    }`);
    const id = stage().gateway.addTask({ queuedS: 0, processingS: 0, clip: 'tone' });
    await track(window, id);
    await window.pressNotificationButton('is ready', 'Preview');
    const bytes = `(video => video?.src.startsWith('blob:') && video.webkitAudioDecodedByteCount)`;
    await waitUntil(
      'sound to play',
      async () =>
        Number(await window.evaluateInWebview(`${bytes}(document.querySelector('video'))`)) > 0 || undefined,
    );
    // The page has read the whole clip by now, and no copy of it is left behind in the browser.
    assert.deepEqual(await window.evaluateInWebview(CLIPS_LEFT_BEHIND), []);
  });

  it('says so when the saved file is gone', async () => {
    const { gateway, clips: folder } = stage();
    const id = gateway.addTask({ queuedS: 0, processingS: 0, clip: 'tone' });
    await track(window, id);
    await window.waitForNotification('is ready');
    rmSync(join(folder, readdirSync(folder)[0] ?? ''));
    await window.pressNotificationButton('is ready', 'Preview');
    await untilPage(window, /File not found[^]*Locate File…\nSave Again/);
  });

  it('says when a clip could not be saved, and saves it on request', async () => {
    const { gateway, clips: folder } = stage();
    gateway.setFaults({ kind: 'html' }, 'media');
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' });
    await track(window, id);
    await window.waitForNotification('The media server returned a web page instead of a video: ');
    await untilList(window, `${endOf(id)} Save failed · veo_3_1_fast`);
    await waitUntil('no file', () => readdirSync(folder).length === 0 || undefined);
    gateway.clearFaults('media');
    await window.pressNotificationButton("isn't saved yet", 'Retry Save');
    await untilList(window, `${endOf(id)} Ready · veo_3_1_fast`);
  });

  it('confirms before it removes a task from the list, and keeps the file', async () => {
    const { gateway, clips: folder } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' });
    await track(window, id);
    await untilList(window, `${endOf(id)} Ready · veo_3_1_fast`);
    const [{ label } = { label: '' }] = await window.treeRows(VIEW);
    await window.contextMenu(VIEW, label, 'Remove from List');
    assert.match((await window.dialog()).detail, /Saved files are not deleted/);
    await window.pressDialogButton('Cancel');
    assert.equal((await window.treeRows(VIEW)).length, 1);
    await window.contextMenu(VIEW, label, 'Remove from List');
    await window.pressDialogButton('Remove');
    await untilList(window, '');
    assert.ok(existsSync(join(folder, readdirSync(folder)[0] ?? 'gone')));
  });

  it('refuses a gateway address that would show the key to others', async () => {
    await setting('gateway.baseUrl', 'http://gateway.example/kyyReactApiServer');
    await window.runCommand('Dailies: Set API Key…');
    await window.dismissNotification('must start with https://');
  });
});
