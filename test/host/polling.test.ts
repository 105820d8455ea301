import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { eventually, openWindow, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { endOf } from './rowNames.ts';
import { choosePath, enterKey, listText, track, untilList, untilPage, useStage, VIEW } from './stage.ts';

describe('polling', () => {
  const window = workbench();
  const stage = useStage();

  beforeEach(() => enterKey(window));

  it('is one for two windows: same list, no request twice, one notification', async () => {
    const { gateway } = stage();
    const second = await openWindow();
    try {
      await second.openView('Dailies');
      const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 10_000, processingS: 0, clip: 'tone' });
      await track(window, id);
      await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
      await untilList(second, `${endOf(id)} Queued · veo_3_1_fast`);
      gateway.advance(10_000_000);
      await untilList(window, `${endOf(id)} Ready · veo_3_1_fast`);
      await untilList(second, `${endOf(id)} Ready · veo_3_1_fast`);
      const asked = gateway.requests
        .filter(request => request.origin === 'gateway')
        .map(request => request.at);
      const gaps = asked.slice(1).map((at, index) => (at - (asked[index] ?? 0)) / 1000);
      assert.ok(
        gaps.every(gap => gap >= 30),
        `gaps of ${gaps.join(', ')} s`,
      );
      assert.equal(gateway.requests.filter(request => request.origin === 'media').length, 1);
      await eventually(async () => {
        const told = [...(await window.allNotifications()), ...(await second.allNotifications())];
        assert.equal(told.filter(one => one.message.includes('is ready')).length, 1);
      });
    } finally {
      await second.close();
    }
  });

  it('goes on in this window when the other one has closed', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 10_000, processingS: 0, clip: 'tone' });
    const second = await openWindow();
    try {
      await second.openView('Dailies');
      await track(second, id);
      await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
    } finally {
      await second.close();
    }
    gateway.advance(10_000_000);
    // A window that was not allowed to say goodbye leaves leases behind, which run out after 45 s.
    await untilList(window, `${endOf(id)} Ready · veo_3_1_fast`, 90_000);
  });

  it('can be paused and resumed by the person', async () => {
    const { gateway } = stage();
    await window.runCommand('Dailies: Pause Polling');
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
    await track(window, id);
    await waitUntil(
      'the row',
      async () => (await listText(window)).startsWith(`${endOf(id)} Waiting for status`) || undefined,
    );
    // The key that was entered has been checked by a request about no task.
    assert.deepEqual(
      gateway.requests.filter(({ path }) => path.includes(id)),
      [],
    );
    await window.runCommand('Dailies: Resume Polling');
    await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
  });

  it('shows its status: requests, pauses with their reasons, and what comes next', async () => {
    const { gateway } = stage();
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
    await track(window, id);
    await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
    gateway.setFaults([{ kind: 'rateLimited', retryAfter: '100' }]);
    await window.runCommand('Dailies: Refresh All');
    await waitUntil('the pause', async () => (await listText(window)).includes('Rate limited') || undefined);
    await window.runCommand('Dailies: Show Polling Status');
    const host = new URL(gateway.baseUrl).host;
    await untilPage(window, new RegExp(`Requests in the last hour: .*\\b[2-9] \\(${host}\\)`));
    await untilPage(window, new RegExp(`${host}\\s+Rate limited \\(1 consecutive\\)`));
    await untilPage(
      window,
      /Rate limited · The gateway is rate-limiting[^]*After the pause\s+(Documentation|Your history)/,
    );
    // It follows what happens.
    const before = await window.evaluateInWebview(
      `(document.scrollingElement.scrollTop = 40, document.scrollingElement.scrollTop)`,
    );
    await window.runCommand('Dailies: Pause Polling');
    await untilPage(window, /All gateways\s+Paused by you/);
    assert.equal(await window.evaluateInWebview('document.scrollingElement.scrollTop'), before);
    assert.deepEqual(
      (await window.tabs()).map(({ title }) => title),
      ['Polling Status'],
    );
  });
});

describe('taking the list along', () => {
  const window = workbench();
  const stage = useStage();

  it('exports without the key, and imports what was removed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-export-'));
    try {
      await enterKey(window);
      const id = stage().gateway.addTask({ model: 'veo_3_1_fast', queuedS: 100_000 });
      await track(window, id);
      await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
      const file = join(folder, 'tasks.json');
      await window.runCommand('Dailies: Export Tasks…');
      await choosePath(window, 'Export Tasks', file);
      await window.dismissNotification('Tasks exported: 1');
      const text = readFileSync(file, 'utf8');
      assert.ok(text.includes(id) && !text.includes(DEMO_KEY));
      const [{ label } = { label: '' }] = await window.treeRows(VIEW);
      await window.contextMenu(VIEW, label, 'Remove from List');
      await window.pressDialogButton('Remove');
      await untilList(window, '');
      await window.runCommand('Dailies: Import Tasks…');
      await choosePath(window, 'Import Tasks', file);
      await window.dismissNotification('Imported: 1 new');
      await untilList(window, `${endOf(id)} Queued · veo_3_1_fast`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
