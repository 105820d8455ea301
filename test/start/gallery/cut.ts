import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR, systemClock } from '../../../src/base/clock.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { LIGHT_CONTRAST, LOOKS, run, show, take, untilInPage, type Language, type Look } from './camera.ts';
import { openFilm } from './hero.ts';
import { narrow, tidyAbove } from './sheet.ts';

/** How many days back videos were made. */
const DAYS = 26;

const SPENDING = { en: 'Spending', 'zh-cn': '支出' } as const;

/** Lays a month of videos into the list: of three models, most with a charge, some picked, some that failed. */
export function laySpending(dataDir: string, { baseUrl: gateway }: Gateway): void {
  const folder = join(dataDir, 'home', 'Videos', 'Dailies');
  mkdirSync(folder, { recursive: true });
  layListIn(dataDir, store => {
    const now = systemClock.now();
    store.commit(() => {
      for (let index = 0; index < 60; index++) {
        const at = now - ((index * 7) % DAYS) * 24 * HOUR - index * 60_000;
        const id = `vgen_spent${index}d0`;
        const { task } = store.add(gateway, id, at);
        const isFailed = index % 11 === 5;
        const isLost = index % 13 === 4;
        const filePath = isFailed || isLost ? null : join(folder, `Harbor ${index + 1}.mp4`);
        if (filePath !== null) {
          writeFileSync(filePath, clipBytes('landscape'));
        }
        const model = ['veo_3_1_fast', 'grok_video3', 'veo_3_1'][index % 3] ?? '';
        store.update(task.key, {
          model,
          label: `Harbor ${index + 1}`,
          generation: isFailed ? 'failed' : 'completed',
          file: isFailed ? 'none' : isLost ? 'expired' : 'saved',
          filePath,
          seenAt: at,
          completedSeenAt: isFailed ? null : at + (70 + ((index * 37) % 160)) * 1_000,
          fileDuration: 8,
          shotFile: index % 4 === 0 ? 'harbor/film.shot.md' : null,
          shot: index % 4 === 0 ? 'Ferry' : null,
          verdict: index % 8 === 0 ? 'picked' : null,
          nextPollAt: null,
          notifiedAt: at,
          told: 'ended',
          amount: index % 6 === 1 ? null : ([0.6, 0.35, 2.4][index % 3] ?? 0),
        });
      }
    });
  });
}

/** The page of spending in all colours, and narrow. */
export async function takeSpending(
  workbench: Workbench,
  looks: readonly Look[] = [...Object.values(LOOKS), LIGHT_CONTRAST],
): Promise<void> {
  await openSpending(workbench, 'en');
  for (const look of looks) {
    await show(workbench, look);
    await tidyAbove(workbench);
    await take(workbench, `spending-${look.name}`);
  }
  await show(workbench, LOOKS.dark);
  await narrow(workbench, SPENDING.en);
  await take(workbench, 'spending-320');
  await workbench.evaluateInWebview(`document.querySelector('details').open = true; scrollTo(0, 1e6)`);
  await take(workbench, 'spending-320-end');
}

/** The page before any video was made. */
export async function takeNoSpending(workbench: Workbench): Promise<void> {
  await run(workbench, 'showSpending');
  await untilInPage(workbench, `document.querySelector('.empty')?.hidden === false`);
  await tidyAbove(workbench);
  await take(workbench, 'spending-empty');
}

/** The same in Chinese, with what is below, and narrow. */
export async function takeChineseSpending(workbench: Workbench): Promise<void> {
  await openSpending(workbench, 'zh-cn');
  await take(workbench, 'chinese-spending');
  await workbench.evaluateInWebview(`scrollTo(0, 1e6)`);
  await take(workbench, 'chinese-spending-end');
  await narrow(workbench, SPENDING['zh-cn']);
  await take(workbench, 'chinese-spending-320');
}

async function openSpending(workbench: Workbench, language: Language): Promise<void> {
  await run(workbench, 'showSpending', language);
  await untilInPage(workbench, `document.querySelectorAll('.ct-bar').length > 9`);
  await tidyAbove(workbench);
}

/** The cut of a film's picks, in these colours. */
export async function takeCut(
  workbench: Workbench,
  looks: readonly Look[] = [...Object.values(LOOKS), LIGHT_CONTRAST],
): Promise<void> {
  await openFilm(workbench);
  await run(workbench, 'playCut');
  await untilInPage(workbench, `document.querySelector('video.front')?.currentTime > 1`);
  for (const look of looks) {
    await show(workbench, look);
    await tidyAbove(workbench);
    await take(workbench, `cut-${look.name}`);
  }
}
