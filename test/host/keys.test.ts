import assert from 'node:assert/strict';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf, enterKey, listText, track, untilList, useStage, VIEW } from './stage.ts';

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

  it('is asked for in a password box that says what is wrong with a key, and for which gateway it is', async () => {
    await untilWelcome('set your gateway API key');
    await window.runCommand('Dailies: Set API Key');
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

  it('is waited for, and asking begins by itself when it is there', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
    await track(window, id);
    await waitUntil('no key', async () => (await listText(window)).includes('No API key') || undefined);
    assert.equal(gateway.requests.length, 0);
    await enterKey(window);
    await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
  });

  it('is not used any more after three rejections; one message leads to another key, and asking goes on', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
    await enterKey(window, 'outdated-key-not-real');
    await track(window, id);
    await window.waitForNotification('rejected the API key');
    assert.equal(gateway.requests.length, 3);
    await window.pressNotificationButton('rejected the API key', 'Set API Key');
    await window.quickInput('Paste your API key');
    await window.typeQuickInput(DEMO_KEY);
    await window.acceptQuickInput();
    await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
  });
});
