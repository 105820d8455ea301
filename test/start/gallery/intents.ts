import { HOUR, MINUTE, systemClock } from '../../../src/base/clock.ts';
import type { Settlement } from '../../../src/store/intents.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { aNewIntent } from '../../unit/builders.ts';
import { waitUntil } from '../../vscode/wait.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { rest, run, settle, take, tidy, viewName, type Language } from './camera.ts';

/** Each way in which a video can stand before it is a task, or in place of one. */
const VIDEOS: readonly { readonly label: string; readonly end?: Partial<Settlement> | 'sending' | 'late' }[] =
  [
    { label: 'Lost response', end: { state: 'unknown', problem: 'network', problemText: 'socket hang up' } },
    {
      label: 'Proxy page',
      end: { state: 'unknown', problem: 'server', problemText: 'HTTP 502: Bad Gateway' },
    },
    {
      label: 'No task ID',
      end: { state: 'unknown', problem: 'unexpected', response: '{"code":0,"data":null}' },
    },
    { label: 'Closed window', end: { state: 'unknown', problem: 'lost' } },
    { label: 'Bad image', end: { state: 'refused', problem: 'refused', problemText: '素材 URL 无法访问' } },
    { label: 'Key rejected', end: { state: 'refused', problem: 'keyRejected', problemText: '登录验证失败' } },
    { label: 'No credit', end: { state: 'refused', problem: 'outOfCredit', problemText: '余额不足' } },
    { label: 'Held back', end: { state: 'notSent', problem: 'held' } },
    { label: 'No key', end: { state: 'notSent', problem: 'noKey' } },
    { label: 'No network', end: { state: 'notSent', problem: 'network', problemText: 'ECONNREFUSED' } },
    { label: 'Half a day later', end: 'late' },
    { label: 'Under way', end: 'sending' },
    { label: 'Next in line' },
  ];

/** Lays a video in each of these states into the list. As long as one is being sent, what waits goes on waiting. */
export function layIntents(dataDir: string, gateway: Gateway): void {
  layListIn(dataDir, store => {
    store.commit(() => {
      for (const [index, { label, end }] of VIDEOS.entries()) {
        layIntent(store, gateway.baseUrl, label, index, end);
      }
    });
  });
}

function layIntent(
  store: TaskStore,
  gateway: string,
  label: string,
  index: number,
  end: Partial<Settlement> | 'sending' | 'late' | undefined,
): void {
  const now = systemClock.now();
  const body = JSON.stringify({
    model: 'veo_3_1_fast',
    prompt: `A ferry leaves the harbor at dawn, take ${index + 1}`,
    resolution: '1080p',
    aspect_ratio: '16:9',
  });
  const priced = index % 2 === 0 ? ({ estimate: 0.72, estimateSource: 'learned' } as const) : {};
  const [intent] = store.intents.add(
    [aNewIntent({ batch: label, gateway, body, hash: label, label, ...priced })],
    end === 'late' ? now - 13 * HOUR : now - (index + 1) * 4 * MINUTE,
  );
  if (intent === undefined || end === undefined || end === 'late') {
    return;
  }
  store.intents.claim(now, 9 * MINUTE);
  if (end !== 'sending') {
    const nothing = { problem: null, problemText: null, response: null, taskId: null };
    store.intents.settle(intent.id, { ...nothing, state: 'unknown', ...end }, now);
  }
}

/** The rows, what a person can do with each, and the questions before it. */
export async function takeIntents(
  workbench: Workbench,
  prefix = 'intents',
  language: Language = 'en',
): Promise<void> {
  const view = viewName(language);
  await waitUntil(
    'the rows',
    async () => (await workbench.treeRows(view)).some(({ label }) => label === 'No task ID') || undefined,
  );
  await rest(workbench);
  await take(workbench, prefix);
  for (const label of ['Lost response', 'Key rejected', 'Held back', 'Next in line']) {
    await workbench.hoverRow(view, label);
    await settle();
    await take(workbench, `${prefix}-hover-${label.toLowerCase().replaceAll(' ', '-')}`);
    await rest(workbench);
  }
  await workbench.clickRow(view, 'No task ID');
  await settle();
  await rest(workbench);
  await take(workbench, `${prefix}-document`);
  for (const [name, command] of [
    ['send-again', 'sendAgain'],
    ['not-made', 'notMade'],
    ['send', 'sendVideo'],
    ['found', 'foundVideo'],
  ] as const) {
    await run(workbench, command, language);
    await workbench.page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
    await take(workbench, `${prefix}-choose-${name}`);
    await workbench.acceptQuickInput();
    await settle();
    await take(workbench, `${prefix}-${name}`);
    await workbench.pressKey('Escape');
    await tidy(workbench);
  }
}
