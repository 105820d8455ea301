import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';
import { clipBytes, type ClipName } from '../../fixtures/clips/clips.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { newTaskId } from '../../gateway/tasks.ts';
import { waitUntil } from '../../vscode/wait.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { rest, take, untilInPage } from './camera.ts';

const FOLDER = 'night-sky';
const FILE = 'opening.shot.md';

const OPENING = `---
model: veo_3_1_fast
aspect_ratio: 16:9
resolution: 720p
---

# Night Sky, opening

## Ridges at dusk

Purple mountain ridges at dusk, low sun behind
thin clouds. Slow tracking shot to the right.

## Moonrise

\`\`\`yaml
aspect_ratio: 9:16
\`\`\`

Full moon rising over a quiet sea, its light
glittering towards the shore.

## Aurora

\`\`\`yaml
takes: 2
vars: { time: [midnight, dawn] }
\`\`\`

Green aurora over a dark ridge at {{time}}.
Slow tilt up, stars, no people.
`;

/** A take in the list: its shot, number and age, what became of it, and what else is known. */
interface Take {
  readonly shot: string;
  readonly take: number;
  readonly ageMs: number;
  readonly clip?: ClipName;
  readonly error?: string;
  readonly more?: TaskPatch;
}

const TAKES: readonly Take[] = [
  { shot: 'Ridges at dusk', take: 1, ageMs: HOUR, error: 'The service is overloaded. Try again later.' },
  { shot: 'Ridges at dusk', take: 2, ageMs: 26 * MINUTE, clip: 'landscape', more: { verdict: 'picked' } },
  { shot: 'Moonrise', take: 1, ageMs: 19 * MINUTE, clip: 'portrait', more: { seenAt: null } },
  { shot: 'Aurora', take: 1, ageMs: 75_000 },
  { shot: 'Aurora', take: 2, ageMs: 70_000 },
];

/** The takes of the same film when all of them are finished, and one of each shot is picked. */
const FINISHED: readonly Take[] = [
  { shot: 'Ridges at dusk', take: 1, ageMs: 90 * MINUTE, clip: 'landscape', more: { verdict: 'rejected' } },
  { shot: 'Ridges at dusk', take: 2, ageMs: 80 * MINUTE, clip: 'landscape', more: { verdict: 'picked' } },
  { shot: 'Moonrise', take: 1, ageMs: 50 * MINUTE, clip: 'portrait', more: { verdict: 'picked' } },
  { shot: 'Moonrise', take: 2, ageMs: 45 * MINUTE, clip: 'portrait' },
  { shot: 'Aurora', take: 1, ageMs: 20 * MINUTE, clip: 'silent' },
  { shot: 'Aurora', take: 2, ageMs: 19 * MINUTE, clip: 'silent', more: { verdict: 'picked' } },
];

/** Where the folder with the shot file is. */
export function heroFolder(dataDir: string): string {
  return join(dataDir, 'home', 'Videos', FOLDER);
}

/** The folder of a film with a shot file, its takes in the list, and what earlier videos were charged. */
export function layHero(dataDir: string, gateway: Gateway): void {
  layFilm(dataDir, gateway, TAKES);
}

/** The same film when all takes are finished. */
export function layFinishedFilm(dataDir: string, gateway: Gateway): void {
  layFilm(dataDir, gateway, FINISHED);
}

function layFilm(dataDir: string, gateway: Gateway, takes: readonly Take[]): void {
  const folder = heroFolder(dataDir);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILE), OPENING);
  layListIn(dataDir, store => {
    store.commit(() => {
      for (const one of takes) {
        layTake(store, gateway, one, join(dataDir, 'home', 'Videos', 'Dailies'));
      }
      for (let index = 0; index < 6; index++) {
        store.charges.note(
          {
            gateway: gateway.baseUrl,
            taskId: `earlier${index}`,
            kind: 'veo_3_1_fast|text|720p',
            seconds: 8,
            amount: 0.72,
          },
          Date.now(),
        );
      }
    });
  });
}

function layTake(
  store: TaskStore,
  gateway: Gateway,
  { shot, take, ageMs, clip, error, more }: Take,
  clips: string,
): void {
  const model = 'veo_3_1_fast';
  const id =
    clip === undefined
      ? gateway.addTask({
          model,
          queuedS: 5,
          processingS: 900,
          ageS: ageMs / 1_000,
          ...(error === undefined ? {} : { outcome: 'failed', error }),
        })
      : newTaskId(model);
  const now = Date.now();
  const [, prompt = ''] =
    new RegExp(`## ${shot}\\n\\n(?:\`\`\`[^\`]*\`\`\`\\n\\n)?([^#]*)`).exec(OPENING) ?? [];
  const request = JSON.stringify({
    model,
    prompt: prompt
      .trim()
      .replaceAll('\n', ' ')
      .replace('{{time}}', take === 1 ? 'midnight' : 'dawn'),
    aspect_ratio: clip === 'portrait' ? '9:16' : '16:9',
    resolution: '720p',
  });
  const origin = { model, request, label: shot, shotFile: `${FOLDER}/${FILE}`, shot, take };
  const { task } = store.add(gateway.baseUrl, id, now - ageMs, now, origin);
  if (clip !== undefined) {
    const filePath = join(clips, `${shot}, take ${take}.mp4`);
    writeFileSync(filePath, clipBytes(clip));
    store.update(task.key, {
      generation: 'completed',
      createdAt: now - ageMs,
      completedSeenAt: now - ageMs + 2 * MINUTE,
      file: 'saved',
      filePath,
      fileSize: 12_400_000,
      fileDuration: 8,
      videoUrl: 'https://media.example/clip.mp4',
      amount: 0.72,
      nextPollAt: null,
      nextSaveAt: null,
      told: 'ended',
      notifiedAt: now,
      seenAt: now,
      ...more,
    });
  }
}

/** The shot file next to the take that its first shot has led to. */
export async function takeHero(workbench: Workbench, picture = 'shot-file-and-take'): Promise<void> {
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 820 });
  await openFilm(workbench);
  const lens = page.locator('.codelens-decoration a', { hasText: '2 takes' }).first();
  await lens.waitFor();
  await lens.click();
  const isPlaying = `document.querySelector('video')?.currentTime > 2`;
  await untilInPage(workbench, isPlaying);
  await waitUntil(
    'the last lens',
    async () =>
      (await page.locator('.codelens-decoration a', { hasText: 'rendering' }).count()) > 0 || undefined,
  );
  await workbench.clearNotifications();
  await rest(workbench);
  await take(workbench, picture);
}

/** Opens the film's shot file. */
export async function openFilm(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Go to File...');
  await workbench.typeQuickInput(FILE);
  await workbench.pickRow(FILE);
}
