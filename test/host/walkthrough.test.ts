import assert from 'node:assert/strict';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { asAnotherWindow } from './cast.ts';
import {
  eventually,
  openWindow,
  waitUntil,
  workbench,
  type RemoteWorkbench,
} from '../vscode/bridgeClient.ts';
import { endOf, nameOfId } from './rowNames.ts';
import { enterKey, track, untilList, untilRow, useStage, VIEW } from './stage.ts';

const MODEL = 'veo_3_1_fast';

const LAST = 'Preview the clip';

describe('the walkthrough', () => {
  const window = workbench();
  const stage = useStage();

  it('waits to be opened, and is offered where there is nothing else to see', async () => {
    assert.deepEqual(await window.tabs(), []);
    await waitUntil(
      'the offer',
      async () => (await window.welcomeText(VIEW)).includes('Take the walkthrough') || undefined,
      () => window.welcomeText(VIEW),
    );
  });

  it('has an illustration and words for each step', async () => {
    await window.runCommand('Dailies: Get Started');
    const titles = (await window.walkthroughSteps()).map(step => step.title);
    assert.deepEqual(titles, [
      'Set your API key',
      'Generate a video',
      'Monitor progress',
      'Preview the clip',
    ]);
    const pictures: string[] = [];
    for (const [index, title] of titles.entries()) {
      await window.openWalkthroughStep(title);
      await eventually(async () => {
        pictures[index] = String(await window.evaluateInWebview('document.body.innerHTML'));
        assert.match(pictures[index], /<svg[^]*<\/svg>/);
        assert.equal(new Set(pictures).size, index + 1);
      });
      await window.screenshot(`walkthrough-${index + 1}.png`);
      assert.match((await window.walkthroughSteps())[index]?.description ?? '', /\.\n/);
    }
  });

  it('ticks off what is done, and nothing before', async () => {
    const { gateway } = stage();
    // A window takes note of each event once: one that has seen keys and tasks does not tick them off again.
    const second = await openWindow();
    try {
      await second.openView('Dailies');
      await second.runCommand('Developer: Reset Welcome Page Walkthrough Progress');
      await second.runCommand('Dailies: Get Started');
      await untilDone(second, []);

      await second.openWalkthroughStep('Set your API key');
      await second.pressWalkthroughLink('Set API Key…');
      await second.quickInput('Paste your API key');
      await second.dismissQuickInput();
      await second.pressWalkthroughLink('Set API Key…');
      await second.quickInput('Paste your API key');
      await second.typeQuickInput(DEMO_KEY);
      await second.acceptQuickInput();
      await untilDone(second, ['Set your API key']);
      await second.clearNotifications();
      // In the browser a window has the secrets that were there when it was opened, and either window may ask about the task.
      await enterKey(window);

      await second.openWalkthroughStep('Generate a video');
      await second.pressWalkthroughLink('New Video…');
      await second.quickInput('Select a model');
      await second.dismissQuickInput();
      await untilDone(second, ['Set your API key']);
      const id = gateway.addTask({ model: MODEL, queuedS: 0, processingS: 0, clip: 'tone' });
      await track(second, id);
      await untilDone(second, ['Set your API key', 'Generate a video', 'Monitor progress']);

      await untilList(second, `${endOf(id)} Ready · ${MODEL}`);
      await second.openWalkthroughStep('Preview the clip');
      await second.pressWalkthroughLink('Preview a Clip');
      await second.quickInput('Select a task');
      await second.quickInput(nameOfId(id));
      await second.acceptQuickInput();
      await waitUntil(
        'the clip',
        async () => (await second.tabs()).find(tab => tab.isActive && tab.title === nameOfId(id)),
        async () => JSON.stringify([await second.tabs(), await second.notifications()]),
      );
      await untilSeen();
      await second.runCommand('Dailies: Get Started');
      await untilDone(second, [
        'Set your API key',
        'Generate a video',
        'Monitor progress',
        'Preview the clip',
      ]);
    } finally {
      await second.close();
    }
  });

  it('knows what was done before it was opened', async () => {
    await enterKey(window);
    await track(window, stage().gateway.addTask({ queuedS: 0, processingS: 0, clip: 'tone' }));
    const { label } = await untilRow(window, /Ready/);
    await window.clickRow(VIEW, label);
    await untilSeen();
    await window.runCommand('View: Close All Editors');
    await window.runCommand('Developer: Reset Welcome Page Walkthrough Progress');
    await window.runCommand('Dailies: Get Started');
    await untilDone(window, ['Set your API key', 'Generate a video', 'Monitor progress', 'Preview the clip']);
  });
});

/** A clip counts as previewed when its first frame is on the screen. */
async function untilSeen(): Promise<void> {
  await waitUntil(
    'the clip to be seen',
    () => asAnotherWindow(store => typeof store.list()[0]?.seenAt === 'number') || undefined,
  );
}

/** The last step may be done from the beginning: another suite has previewed a clip in this profile, which is remembered. */
async function untilDone(window: RemoteWorkbench, titles: string[]): Promise<void> {
  await eventually(async () => {
    const steps = await window.walkthroughSteps();
    assert.deepEqual(
      steps
        .map(step => step.title)
        .filter((title, index) => steps[index]?.isDone && (title !== LAST || titles.includes(LAST))),
      titles,
    );
  });
}
