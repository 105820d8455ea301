import assert from 'node:assert/strict';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf } from './rowNames.ts';
import { enterKey, track, untilList, useStage, VIEW } from './stage.ts';

describe('the API key', () => {
  const window = workbench();
  const stage = useStage();

  const untilWelcome = async (words: string): Promise<void> => {
    await waitUntil(
      `"${words}" in the empty view`,
      async () => (await window.welcomeText(VIEW)).includes(words) || undefined,
      () => window.welcomeText(VIEW),
    );
  };

  it('is entered in a password box that says what is wrong with a key, and for which gateway it is', async () => {
    await untilWelcome('set your gateway API key');
    await window.runCommand('Dailies: Set API Key…');
    const { isPassword, message } = await window.quickInput('Paste your API key');
    assert.deepEqual([isPassword, message.includes(new URL(stage().gateway.baseUrl).origin)], [true, true]);
    await window.typeQuickInput('two words');
    assert.equal((await window.quickInput("API keys can't contain spaces")).isInvalid, true);
    await window.typeQuickInput('   ');
    assert.equal((await window.quickInput('Enter your API key.')).isInvalid, true);
    await window.dismissQuickInput();
    await untilWelcome('set your gateway API key');
  });

  it('is bound to its gateway, and can be cleared', async () => {
    await enterKey(window, `  Bearer ${DEMO_KEY}  `);
    await untilWelcome('No video tasks yet');
    await window.runCommand('Dailies: Clear API Key');
    await window.dismissNotification('API key removed');
    await untilWelcome('set your gateway API key');
    await window.runCommand('Dailies: Clear API Key');
    await window.dismissNotification('No API key is set');
  });

  it('is checked at once by one request about no task, and kept whatever the gateway says', async () => {
    const { gateway } = stage();
    const enter = async (key: string): Promise<void> => {
      await window.quickInput('Paste your API key');
      await window.typeQuickInput(key);
      await window.acceptQuickInput();
    };
    await window.runCommand('Dailies: Set API Key…');
    await enter('outdated-key-not-real');
    await window.pressNotificationButton('API key saved, but the gateway rejected it.', 'Set API Key…');
    await enter(DEMO_KEY);
    await window.dismissNotification('API key accepted.');
    gateway.setFaults({ kind: 'html', status: 502 });
    await window.runCommand('Dailies: Set API Key…');
    await enter(DEMO_KEY);
    await window.dismissNotification("API key saved. Couldn't check it: The gateway returned an error");
    gateway.clearFaults();
    await untilWelcome('No video tasks yet');
    assert.deepEqual(
      gateway.requests.map(({ headers }) => headers.authorization),
      ['outdated-key-not-real', DEMO_KEY, DEMO_KEY].map(key => `Bearer ${key}`),
    );
    assert.equal(new Set(gateway.requests.map(({ path }) => path)).size, 1);
  });

  it('is waited for, and polling begins automatically when it is there', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
    await track(window, id);
    await waitUntil(
      'the message',
      async () => (await window.viewMessage(VIEW)).startsWith('No API key is set.') || undefined,
    );
    assert.equal(gateway.requests.length, 0);
    await enterKey(window);
    await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
  });

  it('is no longer used after three rejections; one message leads to another key, and polling goes on', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
    await enterKey(window, 'outdated-key-not-real');
    await track(window, id);
    await window.waitForNotification('rejected the API key');
    assert.equal(gateway.requests.filter(request => request.path.endsWith(id)).length, 3);
    await window.pressNotificationButton('rejected the API key', 'Set API Key…');
    await window.quickInput('Paste your API key');
    await window.typeQuickInput(DEMO_KEY);
    await window.acceptQuickInput();
    await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
  });
});
