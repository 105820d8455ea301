import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { Pause } from '../../../src/tasks/pause.ts';
import type { Task, TaskPatch } from '../../../src/tasks/task.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import { DEMO_KEY, type Gateway } from '../../gateway/gateway.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { rest, run, settle, take, tidy, viewName } from './camera.ts';

const VIEW = viewName();

/** What another window could have found out about a task, the words of what is then told, and what its picture is called. */
const NEWS: readonly (readonly [name: string, words: string, patch: TaskPatch])[] = [
  ['failed', 'failed', { generation: 'failed', error: 'The prompt was rejected by the content policy.' }],
  ['cancelled', 'was cancelled', { generation: 'cancelled' }],
  ['stalled', 'has stalled', { generation: 'stalled' }],
  ['not-found', 'was not found', { generation: 'notFound' }],
  ['no-video', 'without a video', { generation: 'completed', error: 'The result was removed.' }],
  [
    'expired',
    'before its link expired',
    {
      generation: 'completed',
      file: 'expired',
      saveProblem: 'status',
      saveProblemText: '403',
      videoUrl: 'https://media.example/clips/clip.mp4',
      linkExpiresAt: Date.now() - MINUTE,
    },
  ],
  [
    'disk-full',
    'The disk is full',
    {
      generation: 'completed',
      file: 'failed',
      saveProblem: 'diskFull',
      failedSaves: 1,
      nextSaveAt: Date.now() + HOUR,
      videoUrl: 'https://media.example/clips/clip.mp4',
      linkExpiresAt: Date.now() + 20 * HOUR,
    },
  ],
];

/** What Dailies says of a key, when clips are ready and tasks end otherwise, and what it asks before something is lost. */
export async function takeToasts(workbench: Workbench, gateway: Gateway, dataDir: string): Promise<void> {
  await takeKeyToasts(workbench);
  await takeNews(workbench, gateway, dataDir);
  await run(workbench, 'pausePolling');
  await run(workbench, 'refreshAll');
  await untilToast(workbench, 'Polling is paused');
  await takeToast(workbench, 'paused');
  await run(workbench, 'resumePolling');
  gateway.advance(20 * MINUTE);
  await run(workbench, 'refreshAll');
  await untilToast(workbench, 'ready');
  await takeToast(workbench, 'ready');
  await workbench.clickRow(VIEW, 'Harbor cranes, drone');
  await workbench.page.keyboard.press('Delete');
  await settle();
  await take(workbench, 'dialog-remove');
  await workbench.page.keyboard.press('Escape');
}

/** Waits for it on screen: whoever looks into the notification center puts toasts away. */
async function untilToast({ page }: Workbench, words: string): Promise<void> {
  await page.locator('.notification-toast').filter({ hasText: words }).first().waitFor({ timeout: 60_000 });
}

async function takeToast(workbench: Workbench, name: string): Promise<void> {
  await settle();
  await take(workbench, `toast-${name}`);
  await tidy(workbench);
}

async function takeKeyToasts(workbench: Workbench): Promise<void> {
  await run(workbench, 'setKey');
  await workbench.typeQuickInput('outdated-key-not-real');
  await take(workbench, 'key-input');
  await workbench.acceptQuickInput();
  await workbench.waitForNotification('the gateway rejected it');
  await settle();
  await take(workbench, 'toast-key-rejected');
  await workbench.pressNotificationButton('the gateway rejected it', 'Set API Key…');
  await workbench.typeQuickInput(DEMO_KEY);
  await workbench.acceptQuickInput();
  await workbench.waitForNotification('API key accepted');
  await takeToast(workbench, 'key-accepted');
}

/** Each as it comes of one task, and of two. */
async function takeNews(workbench: Workbench, { baseUrl }: Gateway, dataDir: string): Promise<void> {
  for (const [name, words, patch] of NEWS) {
    const added = layOne(dataDir, baseUrl, `Canal at night, ${name}`, patch);
    await untilToast(workbench, words);
    await takeToast(workbench, name);
    layListIn(dataDir, store => {
      store.remove([added.key]);
    });
  }
}

function layOne(dataDir: string, gateway: string, label: string, patch: TaskPatch): Task {
  let added: Task | undefined;
  layListIn(dataDir, store => {
    const now = Date.now();
    const id = `vgen_${Math.random().toString(16).slice(2).padEnd(12, '0')}`;
    added = store.add(gateway, id, now - 5 * MINUTE, now, { label, model: 'veo_3_1_fast' }).task;
    store.update(added.key, { nextPollAt: null, completedSeenAt: now, answeredAt: now, ...patch });
  });
  if (!added) {
    throw new Error('Nothing was laid into the list.');
  }
  return added;
}

/** A gateway that is left alone, for each reason. */
export async function takePauses(workbench: Workbench, { baseUrl }: Gateway, dataDir: string): Promise<void> {
  const now = Date.now();
  const held = { gateway: baseUrl, count: 3, since: now - 3 * MINUTE, until: now + 9 * MINUTE };
  const asAnotherWindow = (act: (store: TaskStore) => void): void => {
    layListIn(dataDir, act);
  };
  for (const reason of ['unreachable', 'keyRejected', 'outOfCredit'] as const satisfies Pause['reason'][]) {
    asAnotherWindow(store => {
      store.pauses.set({ ...held, reason });
    });
    await rest(workbench);
    await rest(workbench);
    await take(workbench, `paused-${reason}`);
    asAnotherWindow(store => {
      store.pauses.end(reason);
    });
    await tidy(workbench);
  }
  await run(workbench, 'pausePolling');
  await rest(workbench);
  await take(workbench, 'paused-person');
  await run(workbench, 'resumePolling');
}
