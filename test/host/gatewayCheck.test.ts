import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf } from './rowNames.ts';
import { enterKey, track, untilList, useStage } from './stage.ts';

/** The text of the report. */
function reportText(): string | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'dailies-gateway-check')?.getText();
}

describe('checking the gateway', () => {
  const window = workbench();
  const stage = useStage();

  const untilReport = async (pattern: RegExp): Promise<string> =>
    waitUntil(
      `a report like ${pattern.source}`,
      () => (pattern.test(reportText() ?? '') ? reportText() : undefined),
      () => reportText() ?? 'none',
    );

  it('says before what it sends, sends nothing without a word, and reports in a document that can be copied', async () => {
    const { gateway } = stage();
    await enterKey(window);
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, amount: 0.76 });
    await track(window, id);
    await untilList(window, `${endOf(id)} Ready · veo_3_1_fast`);
    const before = gateway.requests.length;

    await window.runCommand('Dailies: Check Gateway…');
    const { message, detail } = await window.dialog();
    assert.match(message, /^Check the gateway 127\.0\.0\.1:\d+\?$/);
    assert.match(detail, /Dailies sends 7 requests over about 2 s/);
    await window.pressDialogButton('Cancel');
    assert.equal(gateway.requests.length, before);

    await window.runCommand('Dailies: Check Gateway…');
    await window.pressDialogButton('Check');
    await window.waitForNotification('The gateway check is complete.');
    const text = await untilReport(/\*\*State\*\*: Complete/);
    assert.match(text, /\*\*Your API key\*\*: Accepted/);
    assert.match(text, /\*\*Charge\*\*: 0\\\.76/);
    assert.equal(gateway.requests.length, before + 7);
    assert.ok((await window.tabs()).some(({ title }) => title.includes('Gateway Check')));

    await window.pressNotificationButton('The gateway check is complete.', 'Copy Report…');
    await window.quickInput('The report never contains keys');
    await window.acceptQuickInput();
    await window.waitForNotification('Report copied to the clipboard.');
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^# Gateway Check/);
    assert.doesNotMatch(copied.replaceAll('\\', ''), new RegExp(`${DEMO_KEY}|${id}|127\\.0\\.0\\.1`));
  });

  it('runs once however often it is started, is cancelled in the middle, and is counted with all requests', async () => {
    const { gateway } = stage();
    await enterKey(window);
    const sent = (): number => gateway.requests.filter(({ origin }) => origin === 'gateway').length;
    const before = sent();
    gateway.setFaults({ kind: 'delay', ms: 600_000 });
    await window.runCommand('Dailies: Check Gateway…');
    await window.pressDialogButton('Check');
    await waitUntil('its first request', () => sent() > before || undefined);
    await window.runCommand('View: Close All Editors');
    await window.runCommand('Dailies: Check Gateway…');
    await waitUntil(
      'its report, in place of a second check',
      async () => (await window.tabs()).some(({ title }) => title.includes('Gateway Check')) || undefined,
    );
    assert.equal(sent(), before + 1);
    await window.pressNotificationButton('Checking the gateway', 'Cancel');
    await window.dismissNotification('The gateway check was stopped.');
    await untilReport(/\*\*State\*\*: Cancelled/);
    assert.equal(sent(), before + 1);
    gateway.clearFaults();
    await window.runCommand('Dailies: Show Polling Status');
    await waitUntil('its request to be counted', () => {
      const page = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'dailies-poll-health');
      return /Requests in the last hour[^\n]*[1-9]\d* \(127/.test(page?.getText() ?? '') || undefined;
    });
  });

  it('generates a video only where the person agrees, through the same confirmation as all, and looks at its link', async () => {
    const { gateway } = stage();
    await enterKey(window);
    await window.runCommand('Dailies: Check Gateway…');
    await window.pressDialogButton('Check with a Video…');
    await waitUntil(
      'the confirmation of the video',
      async () => (await window.dialog()).detail.includes('paper boat') || undefined,
      async () => JSON.stringify(await window.dialog()),
    );
    assert.equal(gateway.requests.filter(({ method }) => method === 'POST').length, 0);
    await window.pressDialogButton('Generate');
    await window.waitForNotification('The gateway check is complete.');
    const text = await untilReport(/\*\*State\*\*: Complete/);
    assert.match(text, /## Finished Task \(Veo 3\\\.1 Fast\)/);
    assert.match(text, /\*\*Resuming \\\(Range\\\)\*\*: Supported/);
    assert.equal(gateway.requests.filter(({ method }) => method === 'POST').length, 1);
    assert.equal(gateway.tasks.length, 1);
  });
});
