import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Intent } from '../../src/tasks/intent.ts';
import { needsDecision } from '../../src/tasks/intent.ts';
import { startGateway } from '../gateway/gateway.ts';
import type { RecordedRequest } from '../gateway/recorder.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow } from './cast.ts';
import { enterKey, setting, untilPage, untilRow, useStage, VIEW } from './stage.ts';

const SETTINGS = ['create.confirm', 'create.confirmUnknownPrice', 'spending.dayLimit', 'prices', 'currency'];

describe('making videos', () => {
  const window = workbench();

  // Before the stage is cleared: requests stay in the list's file for good, and are none of the next test's.
  afterEach(async () => {
    for (const name of SETTINGS) {
      await setting(name, undefined);
    }
    asAnotherWindow(store => {
      for (const { id } of store.intents.open()) {
        store.intents.drop(id, Date.now());
        store.intents.resolve(id, 'notMade', null, Date.now());
      }
    });
  });

  const stage = useStage();
  let round = 0;
  let files = 0;

  beforeEach(async () => {
    round += 1;
    await enterKey(window);
  });

  /** Has a shot file generated, as its lens does; ends when all has been asked and told. */
  async function generate(front: string, prompt = `A ferry, round ${round}.`): Promise<void> {
    await vscode.commands.executeCommand('dailies.shot.generateAll', write(front, prompt));
  }

  /** Writes a shot file of its own: of one that is open, VS Code may have the text of before. */
  function write(front: string, prompt = `A ferry, round ${round}.`): vscode.Uri {
    files += 1;
    const file = join(stage().clips, 'shots', `ferry-${files}.shot.md`);
    mkdirSync(join(file, '..'), { recursive: true });
    const model = front.startsWith('model:') ? '' : 'model: veo_3_1_fast\n';
    writeFileSync(file, `---\n${model}${front}---\n${prompt}\n`);
    return vscode.Uri.file(file);
  }

  const posts = (): readonly RecordedRequest[] =>
    stage().gateway.requests.filter(({ method }) => method === 'POST');

  /** The requests of this test, each with what has become of it. */
  const states = (): string[] =>
    intents().map(({ state, problem }) => [state, problem].filter(Boolean).join(' '));
  const intents = (): Intent[] =>
    asAnotherWindow(store => store.intents.since(0)).filter(
      ({ gateway }) => gateway === stage().gateway.baseUrl,
    );
  const untilStates = async (...expected: string[]): Promise<void> => {
    await waitUntil(
      `the states ${expected.join(', ')}`,
      () => states().join() === expected.join() || undefined,
      () => states().join(),
    );
  };

  it('is confirmed first, sent once, and becomes a clip', async () => {
    const made = generate('resolution: 1080p\n');
    const { message, detail } = await window.dialog();
    await window.screenshot('making-confirmation.png');
    assert.match(message, /^Generate 1 video with Veo 3\.1 Fast\?/);
    assert.match(detail, /“A ferry, round \d+\.” · 1080p · 16:9/);
    assert.match(detail, /Estimate: price unknown/);
    assert.match(detail, new RegExp(`Gateway: ${new URL(stage().gateway.baseUrl).host}`));
    assert.equal(posts().length, 0);
    await window.pressDialogButton('Generate');
    await made;
    await untilRow(window, /Ready/);
    assert.deepEqual(
      posts().map(({ body }) => JSON.parse(body) as unknown),
      [
        {
          model: 'veo_3_1_fast',
          prompt: `A ferry, round ${round}.`,
          resolution: '1080p',
          aspect_ratio: '16:9',
        },
      ],
    );
    assert.deepEqual(states(), ['accepted']);
  });

  it('sends nothing when the person cancels, nor twice for two clicks', async () => {
    const left = generate('');
    await window.dialog();
    await window.pressDialogButton('Cancel');
    await left;
    assert.deepEqual([posts().length, states()], [0, []]);
    const file = write('');
    const clicks = [1, 2].map(() => vscode.commands.executeCommand('dailies.shot.generateAll', file));
    await window.dialog();
    await window.pressDialogButton('Generate');
    await Promise.all(clicks);
    await untilStates('accepted');
    assert.equal(posts().length, 1);
  });

  it('confirms the same again a moment later, whatever is set', async () => {
    await setting('create.confirm', 'never');
    await setting('create.confirmUnknownPrice', false);
    await generate('');
    await untilStates('accepted');
    const again = generate('');
    assert.match((await window.dialog()).detail, /You sent this \d+ (s|min) ago\. Another take\?/);
    await window.pressDialogButton('Cancel');
    await again;
    assert.equal(posts().length, 1);
  });

  describe('whose response is lost', () => {
    beforeEach(async () => {
      stage().gateway.setFaults([{ kind: 'reset' }], 'create');
      await setting('create.confirm', 'never');
      await setting('create.confirmUnknownPrice', false);
      await generate('takes: 2\n');
    });

    const open = (): Intent => {
      const [intent] = intents().filter(needsDecision);
      assert.ok(intent);
      return intent;
    };

    it('is never sent again by itself, and becomes the task whose ID the person has', async () => {
      await untilStates('unknown network', 'notSent held');
      const { message, buttons } = await window.waitForNotification('may have been made');
      assert.match(
        message,
        /It may have been made and charged\. .* 1 more video of its batch is held back\./,
      );
      assert.doesNotMatch(message, /try again/i);
      assert.deepEqual(buttons, ['Enter Task ID…', 'Mark as Not Made…', 'Show Request']);
      await window.pressNotificationButton('may have been made', 'Enter Task ID…');
      await window.quickInput('Enter the task ID');
      await window.typeQuickInput('not an id');
      assert.equal((await window.quickInput("isn't a task ID")).isInvalid, true);
      await window.typeQuickInput(stage().gateway.tasks[0]?.id ?? '');
      await window.acceptQuickInput();
      await untilRow(window, /Ready/);
      assert.deepEqual([states(), posts().length], [['accepted network', 'notSent held'], 1]);
    });

    it('is sent again only with a word about being charged twice', async () => {
      await untilStates('unknown network', 'notSent held');
      const again = vscode.commands.executeCommand('dailies.intent.sendAgain', open().id);
      assert.match((await window.dialog()).message, /You may be charged twice/);
      await window.pressDialogButton('Cancel');
      await again;
      assert.equal(posts().length, 1);
      const sent = vscode.commands.executeCommand('dailies.intent.sendAgain', open().id);
      await window.dialog();
      await window.pressDialogButton('Send Again');
      await sent;
      await untilStates('unknown network', 'notSent held', 'accepted');
      assert.equal(posts().length, 2);
    });

    it('counts no more once the person says that it was not made, and the rest can be sent', async () => {
      await untilStates('unknown network', 'notSent held');
      const told = vscode.commands.executeCommand('dailies.intent.notMade', open().id);
      await window.dialog();
      await window.pressDialogButton('Mark as Not Made');
      await told;
      assert.equal(intents()[0]?.resolution, 'notMade');
      await vscode.commands.executeCommand('dailies.intent.send', open().id);
      await untilStates('unknown network', 'accepted');
      assert.equal(posts().length, 2);
    });
  });

  it('waits as long as the gateway says after too many requests', async () => {
    stage().gateway.setFaults([{ kind: 'rateLimited', retryAfter: '1' }], 'create');
    const made = generate('');
    await window.dialog();
    await window.pressDialogButton('Generate');
    await made;
    await untilStates('accepted');
    assert.equal(posts().length, 2);
  });

  it('holds the rest where the gateway rejects the key, and sends all of it when the person says so', async () => {
    stage().gateway.setFaults([{ kind: 'keyRejected' }], 'create');
    const made = generate('takes: 3\n');
    await window.dialog();
    await window.pressDialogButton('Generate 3 Videos');
    await made;
    await untilStates('refused keyRejected', 'notSent held', 'notSent held');
    await window.waitForNotification('was refused');
    const held = intents().find(({ state }) => state === 'notSent');
    const sent = vscode.commands.executeCommand('dailies.intent.send', held?.id);
    await window.dialog();
    await window.pressDialogButton('Send All 2 Unsent Videos');
    await sent;
    await untilStates('refused keyRejected', 'accepted', 'accepted');
    assert.equal(posts().length, 3);
  });

  it('stops at the limit of the day, with the figures and the way to the setting', async () => {
    await setting('spending.dayLimit', { count: 1 });
    const made = generate('takes: 2\n');
    const { message, buttons } = await window.waitForNotification('your limit for today is 1 video');
    assert.match(message, /Today: 0 videos\.$/);
    assert.deepEqual(buttons, ['Open Settings']);
    await made;
    assert.deepEqual([posts().length, states()], [0, []]);
  });

  it('stops at an amount, which says what is left, and lets nothing pass whose price nobody knows', async () => {
    await setting('prices', { veo_3_1_fast: { call: 2 } });
    await setting('spending.dayLimit', { amount: 3 });
    const made = generate('');
    assert.match(
      (await window.dialog()).detail,
      /Estimate: 2 \(your price table\).*Left today after this: 1\D/s,
    );
    await window.pressDialogButton('Generate');
    await made;
    await untilStates('accepted');
    await generate('', 'Another.');
    const { message } = await window.waitForNotification('your limit for today is 3.');
    assert.match(message, /Today: 1 video · 2\.$/);
    await setting('prices', undefined);
    await generate('', 'Another.');
    const { buttons } = await window.waitForNotification(
      'the price is unknown, and you have limited the amount',
    );
    assert.deepEqual(buttons, ['Open Settings']);
    assert.deepEqual([posts().length, states()], [1, ['accepted']]);
  });

  it('counts what may have been made in full, until the person says that it was not', async () => {
    stage().gateway.setFaults([{ kind: 'html', status: 502 }], 'create');
    await setting('create.confirm', 'never');
    await setting('create.confirmUnknownPrice', false);
    await setting('spending.dayLimit', { count: 1 });
    await generate('');
    await untilStates('unknown server');
    await generate('', 'Another.');
    await window.waitForNotification('your limit for today is 1 video');
    const told = vscode.commands.executeCommand('dailies.intent.notMade', intents()[0]?.id);
    await window.dialog();
    await window.pressDialogButton('Mark as Not Made');
    await told;
    await generate('', 'Another.');
    await untilStates('unknown server', 'accepted');
    assert.equal(posts().length, 2);
  });

  it('confirms only batches, or what has no known price, where the person wants that', async () => {
    await setting('create.confirm', 'batches');
    await setting('prices', { veo_3_1_fast: { call: 2 } });
    await generate('', 'One.');
    await untilStates('accepted');
    const two = generate('takes: 2\n', 'Two.');
    assert.match((await window.dialog()).detail, /Estimate: 4, 2 \(your price table\) each/);
    await window.pressDialogButton('Cancel');
    await two;
    const unknown = generate('model: veo_3_1_pro\n', 'Three.');
    assert.match((await window.dialog()).detail, /Estimate: price unknown/);
    await window.pressDialogButton('Cancel');
    await unknown;
    assert.equal(posts().length, 1);
  });

  it('learns the price from what was charged, by the second, at this gateway only, and shows no other', async () => {
    const { gateway } = stage();
    gateway.setFaults({ kind: 'fields', fields: { amount: 0.6 } });
    await setting('currency', '¥');
    const first = generate('model: grok_video3\nduration: 6\n');
    assert.match((await window.dialog()).detail, /Estimate: price unknown\s*Today so far: 0 videos/);
    await window.pressDialogButton('Generate');
    await first;
    await untilRow(window, /Ready/);
    await vscode.window.showTextDocument(write('model: grok_video3\nduration: 12\n', 'Another.'));
    await waitUntil(
      'the price above the shot',
      async () => (await window.lenses()).some(lens => lens.includes('Generate · est. ¥1.2')) || undefined,
      async () => (await window.lenses()).join(),
    );
    const second = generate('model: grok_video3\nduration: 12\n', 'Another.');
    assert.match(
      (await window.dialog()).detail,
      /Estimate: ¥1\.2 \(1 past task\)\s*Today so far: 1 video · ¥0\.6/,
    );
    await window.pressDialogButton('Cancel');
    await second;
    assert.match(await window.hoverStatusBarItem('dailies.tasks'), /Today: 1 video · ¥0\.6/);
    await window.clickRow(VIEW, (await untilRow(window, /Ready/)).label);
    await untilPage(window, /Estimate\s+price unknown\s+Charged\s+¥0\.6/);
    await using elsewhere = await startGateway();
    await setting('gateway.baseUrl', elsewhere.baseUrl);
    await enterKey(window);
    const there = generate('model: grok_video3\nduration: 12\n', 'Another.');
    assert.match((await window.dialog()).detail, /Estimate: price unknown\s*Today so far: 0 videos/);
    await window.pressDialogButton('Cancel');
    await there;
  });

  it('shows what was sent, and what came back', async () => {
    stage().gateway.setFaults([{ kind: 'businessError', code: 1001, msg: 'no' }], 'create');
    const made = generate('');
    await window.dialog();
    await window.pressDialogButton('Generate');
    await made;
    await untilStates('refused refused');
    await vscode.commands.executeCommand('dailies.intent.showDetails', intents()[0]?.id);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /"prompt": "A ferry, round \d+\."/);
    assert.match(text, /"code": 1001/);
    assert.match(text, /price unknown/);
  });
});
