import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import { DEMO_KEY, type Gateway } from '../../gateway/gateway.ts';
import { waitUntil } from '../../vscode/wait.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { LOOKS, rest, run, settle, show, take, tidy } from './camera.ts';

const FILE = 'harbor.shot.md';

const HARBOR = `---
model: veo_3_1_fast
aspect_ratio: 16:9
resolution: 1080p
vars: { time: [dawn, dusk] }
---

# The harbor

## Ferry

\`\`\`yaml
first_image: frames/dock.png
takes: 1
\`\`\`

A ferry leaves the harbor at {{time}}. Slow push-in, 35 mm, gulls, distant horn. <!-- take 2: clips/ferry.mp4 -->

## Cranes

Container cranes at {{time}}, slow orbit, hard shadows.

## Market

\`\`\`yaml
model: grok_video3_max
duration: 11
resoluton: 720p
\`\`\`

A boy runs through a crowded market at {{tiem}}, oranges roll.
`;

/** One pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Where the folder with shots is. */
export function shotsFolder(dataDir: string): string {
  return join(dataDir, 'home', 'harbor');
}

/** A folder with a shot file, its takes in the list, and what earlier ones were charged. */
export function layShots(dataDir: string, gateway: Gateway): void {
  const folder = shotsFolder(dataDir);
  mkdirSync(join(folder, 'frames'), { recursive: true });
  writeFileSync(join(folder, FILE), HARBOR);
  // In a browser VS Code saves by itself: what the pictures change is taken back.
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode', 'settings.json'), '{ "files.autoSave": "off" }');
  writeFileSync(join(folder, 'frames', 'dock.png'), PICTURE);
  writeFileSync(join(folder, 'frames', 'market.png'), PICTURE);
  const filePath = join(folder, 'ferry.mp4');
  writeFileSync(filePath, clipBytes('landscape'));
  layListIn(dataDir, store => {
    const now = Date.now();
    const request = JSON.stringify({ model: 'veo_3_1_fast', prompt: 'A ferry leaves the harbor at dawn.' });
    const add = (take: number, ageMs: number): number => {
      const id = gateway.addTask({
        model: 'veo_3_1_fast',
        queuedS: 5,
        processingS: 900,
        ageS: ageMs / 1_000,
      });
      const origin = {
        model: 'veo_3_1_fast',
        request,
        label: 'Ferry',
        shotFile: `harbor/${FILE}`,
        shot: 'Ferry',
        take,
      };
      return store.add(gateway.baseUrl, id, now - ageMs, now, origin).task.key;
    };
    const picked = add(1, 2 * HOUR);
    store.update(picked, {
      generation: 'completed',
      completedSeenAt: now - HOUR,
      file: 'saved',
      filePath,
      fileSize: 12_400_000,
      fileDuration: 8,
      videoUrl: 'https://media.example/clip.mp4',
      nextPollAt: null,
      nextSaveAt: null,
      told: 'ended',
      notifiedAt: now,
      verdict: 'picked',
    });
    add(2, MINUTE);
    for (const mode of ['text', 'frames']) {
      for (let index = 0; index < 6; index++) {
        const kind = `veo_3_1_fast|${mode}|1080p`;
        store.charges.note(
          { gateway: gateway.baseUrl, taskId: `${mode}${index}`, kind, seconds: 8, amount: 0.72 },
          now,
        );
      }
    }
  });
}

/** A shot file with all that stands around its text. */
export async function takeShots(workbench: Workbench, name = 'shots'): Promise<void> {
  const { page } = workbench;
  if (name === 'chinese-shots') {
    await run(workbench, 'setKey', 'zh-cn');
    await workbench.typeQuickInput(DEMO_KEY);
    await workbench.acceptQuickInput();
    await sleep(8_000);
    await tidy(workbench);
  }
  await workbench.runCommand('Go to File...');
  await workbench.typeQuickInput(FILE);
  await workbench.pickRow(FILE);
  await page.locator('.codelens-decoration a').first().waitFor();
  await waitUntil(
    'what is wrong',
    async () => (await page.locator('.squiggly-error').count()) >= 3 || undefined,
  );
  if (name === 'shots') {
    for (const look of [LOOKS.contrast, LOOKS.light, LOOKS.dark]) {
      await show(workbench, look);
      await tidy(workbench);
      await take(workbench, `${name}-${look.name}`);
    }
  } else {
    await rest(workbench);
    await take(workbench, name);
  }
  await hover(workbench, 'veo_3_1_fast', `${name}-hover-model`);
  await hover(workbench, 'duration', `${name}-hover-field`);
  await hover(workbench, '{{tiem}}', `${name}-hover-problem`);
  await openFixes(workbench, `${name}-fixes`);
  await suggest(workbench, 'resolution: 1080p', 'resolution: ', `${name}-values`);
  await suggest(workbench, 'vars: { time: [dawn, dusk] }', '', `${name}-names`);
  await workbench.runCommand('File: Revert File');
  await workbench.runCommand('View: Focus Problems (Errors, Warnings, Infos)');
  await rest(workbench);
  await take(workbench, `${name}-problems`);
  await workbench.runCommand('View: Toggle Panel Visibility');
  await page.locator('.codelens-decoration a', { hasText: '1.44' }).last().click();
  await settle();
  await settle();
  await take(workbench, `${name}-confirm`);
  await page.keyboard.press('Escape');
  await page.locator('.editor-actions .action-label.codicon-open-preview').click();
  await page.locator('.tab[data-resource-name^="Preview"], .tab[aria-label^="Preview"]').first().waitFor();
  // What it shows comes after its tab.
  await sleep(4_000);
  await rest(workbench);
  await take(workbench, `${name}-preview`);
}

async function hover(workbench: Workbench, word: string, name: string): Promise<void> {
  await goTo(workbench, word);
  await workbench.runCommand('Show or Focus Hover');
  await settle();
  await settle();
  await take(workbench, name);
  await workbench.page.keyboard.press('Escape');
}

async function openFixes(workbench: Workbench, name: string): Promise<void> {
  await goTo(workbench, '11');
  await workbench.page.keyboard.press('Control+.');
  await settle();
  await settle();
  await take(workbench, name);
  await workbench.page.keyboard.press('Escape');
}

/** What is suggested for the rest of a line once its end is taken away. */
async function suggest(workbench: Workbench, line: string, left: string, name: string): Promise<void> {
  await goTo(workbench, line);
  await workbench.page.keyboard.type(left === '' ? ' ' : left);
  if (left === '') {
    await workbench.page.keyboard.press('Backspace');
  }
  await workbench.page.keyboard.press('Control+Space');
  await settle();
  await settle();
  await take(workbench, name);
  await workbench.page.keyboard.press('Escape');
}

/** Selects a text by looking for it, as a person does. */
async function goTo(workbench: Workbench, text: string): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('View: Focus Active Editor Group');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+F');
  await page.locator('.find-widget.visible textarea.input').first().fill(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await settle();
}
