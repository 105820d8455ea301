// `npm run gallery`: pictures of Dailies in every state and look, for a person to judge and for the README, in out/gallery/.
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_KEY, startGateway, type Gateway } from '../gateway/gateway.ts';
import { startBrowser } from '../vscode/chromium.ts';
import { provisionServer } from '../vscode/provision.ts';
import { makeScratch } from '../vscode/scratch.ts';
import { startServer, type VSCodeServer } from '../vscode/server.ts';
import { waitUntil } from '../vscode/wait.ts';
import { Workbench } from '../vscode/workbench.ts';
import { demoSettings, makeVsix } from './demo.ts';
import { layScene } from './gallery/cast.ts';

const root = resolve(import.meta.dirname, '../..');
const out = join(root, 'out/gallery');

const VIEW = 'Dailies';

/** VS Code's themes, and the class that its page has with each. */
const LOOKS = [
  { name: 'dark', theme: 'Dark 2026', mark: 'vs-dark' },
  { name: 'light', theme: 'Light 2026', mark: 'vs' },
  { name: 'high-contrast', theme: 'Dark High Contrast', mark: 'hc-black' },
] as const;

/** What is shown: nothing at all, a day's work, and weeks of it. */
interface Scene {
  readonly name: string;
  /** Finished tasks of the days before; `undefined` for a list with nothing in it, and no key. */
  readonly older: number | undefined;
}

const SCENES: readonly Scene[] = [
  { name: 'empty', older: undefined },
  { name: 'busy', older: 5 },
  { name: '200-tasks', older: 191 },
];

async function takeScene(scene: Scene, vsix: string): Promise<void> {
  const scratch = makeScratch(tmpdir(), 'dailies-gallery');
  const clips = join(scratch.path, 'Videos', 'Dailies');
  mkdirSync(clips, { recursive: true });
  const browser = await startBrowser({ viewport: { width: 1180, height: 820 } });
  await using gateway = await startGateway();
  try {
    if (scene.older !== undefined) {
      layScene(scratch.path, gateway, clips, scene.older);
    }
    const server = await startServer(await provisionServer(root), {
      dataDir: scratch.path,
      vsix: [vsix],
      settings: demoSettings(gateway, clips, 1),
    });
    try {
      const page = await browser.newPage();
      await takePictures(scene, new Workbench(page), server, gateway);
    } finally {
      await server.stop();
    }
  } finally {
    await browser.stop();
    scratch.remove();
  }
}

async function takePictures(
  scene: Scene,
  workbench: Workbench,
  server: VSCodeServer,
  gateway: Gateway,
): Promise<void> {
  await workbench.open(server.window());
  await workbench.openView('Dailies');
  if (scene.older !== undefined) {
    await enterKey(workbench);
    await untilSettled(gateway);
    await sleep(4_000);
    await workbench.page.keyboard.press('Escape');
  }
  // Resting on an icon, the pointer would bring up a tooltip.
  await workbench.page.mouse.move(700, 400);
  for (const look of LOOKS) {
    await show(workbench, look);
    await clearToasts(workbench);
    await workbench.screenshot(join(out, `${scene.name}-${look.name}.png`));
    console.log(`  ${scene.name}, ${look.name}`);
  }
  if (scene.name === 'busy') {
    for (const look of [LOOKS[1], LOOKS[0]]) {
      await show(workbench, look);
      await clearToasts(workbench);
      await takePages(workbench, look.name);
    }
    await narrow(workbench);
    for (const look of LOOKS) {
      await show(workbench, look);
      await clearToasts(workbench);
      await workbench.screenshot(join(out, `${scene.name}-narrow-${look.name}.png`));
    }
  }
}

/** With the key, Dailies starts to ask and to save. */
async function enterKey(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Dailies: Set API Key…');
  await workbench.typeQuickInput(DEMO_KEY);
  await workbench.acceptQuickInput();
}

/** Until every task was asked about, and every clip that can be delivered at once was fetched. */
async function untilSettled(gateway: Gateway): Promise<void> {
  await waitUntil(
    'every task to be asked about, and the clips to be fetched',
    () => {
      const asked = new Set(
        gateway.requests.filter(request => request.origin === 'gateway').map(request => request.path),
      );
      const fetched = new Set(
        gateway.requests.filter(request => request.origin === 'media').map(request => request.path),
      );
      return (asked.size >= gateway.tasks.length && fetched.size >= 4) || undefined;
    },
    () => gateway.requests.map(request => request.path).join('\n'),
    60_000,
  );
}

/** A clip that plays, two side by side, and all at a glance. */
async function takePages(workbench: Workbench, look: string): Promise<void> {
  const { page } = workbench;
  const take = async (name: string, isShown: string): Promise<void> => {
    await waitUntil(
      `the picture of ${name}`,
      async () => (await workbench.evaluateInWebview(isShown)) === true || undefined,
    );
    // Where nothing has a tooltip, and the last one has gone.
    await page.mouse.move(240, 640);
    await sleep(700);
    await workbench.screenshot(join(out, `${name}-${look}.png`));
    console.log(`  ${name}, ${look}`);
    await workbench.runCommand('View: Close All Editors');
  };
  await workbench.clickRow(VIEW, 'Ridges at dusk, opening');
  await take('player', `document.querySelector('video')?.currentTime > 2`);
  await workbench.runCommand('Dailies: Compare Clips');
  await workbench.pickRow('Aurora over the ridge, take 2');
  await workbench.pickRow('Ridges at dusk, opening');
  await workbench.acceptQuickInput();
  await take(
    'compare',
    `[...document.querySelectorAll('video')].filter(one => one.currentTime > 2).length === 2`,
  );
  await workbench.pressViewAction(VIEW, 'Open Contact Sheet');
  await take('sheet', `document.querySelectorAll('.tile canvas').length === 5`);
}

/** Changes the colours, as a person does. (VS Code does not see settings that are written to its file here.) */
async function show(workbench: Workbench, { theme, mark }: (typeof LOOKS)[number]): Promise<void> {
  await workbench.runCommand('Preferences: Color Theme');
  await workbench.typeQuickInput(theme);
  await workbench.pickRow(theme);
  await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
  // The colours of icons come a moment later.
  await sleep(700);
}

async function clearToasts(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('Escape');
  await workbench.clearNotifications();
  await workbench.page.mouse.move(700, 400);
}

/** Draws the side bar's edge to the left, as far as it goes. */
async function narrow(workbench: Workbench): Promise<void> {
  const box = await workbench.page.locator('.part.sidebar').boundingBox();
  if (!box) {
    throw new Error('There is no side bar.');
  }
  const { mouse } = workbench.page;
  await mouse.move(box.x + box.width + 1, 500);
  await mouse.down();
  await mouse.move(box.x + 175, 500, { steps: 8 });
  await mouse.up();
  await mouse.move(700, 400);
}

const only = process.argv.slice(2);
if (only.length === 0) {
  rmSync(out, { recursive: true, force: true });
}
mkdirSync(out, { recursive: true });
const vsix = makeVsix();
for (const scene of SCENES.filter(({ name }) => only.length === 0 || only.includes(name))) {
  await takeScene(scene, vsix);
}
console.log(`Done. The pictures are in ${relative(process.cwd(), out)}.`);
