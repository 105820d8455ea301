// `npm run gallery`: pictures of Dailies in every state and look, for a person to judge, in out/gallery/. With names of scenes it
// takes only those; `npm run gallery -- --media` takes those of the README anew, into media/.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { listFolderIn } from '../fixtures/listOf.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../gateway/gateway.ts';
import { startBrowser } from '../vscode/chromium.ts';
import { provisionServer } from '../vscode/provision.ts';
import { makeScratch } from '../vscode/scratch.ts';
import { startServer } from '../vscode/server.ts';
import { waitUntil } from '../vscode/wait.ts';
import { Workbench } from '../vscode/workbench.ts';
import { demoSettings, makeVsix } from './demo.ts';
import {
  LOOKS,
  openPage,
  OUT,
  rest,
  run,
  show,
  take,
  tidy,
  untilInPage,
  viewName,
  type Language,
} from './gallery/camera.ts';
import { layScene } from './gallery/cast.ts';
import { layShots, shotsFolder, takeShots } from './gallery/shots.ts';
import { takeChinese } from './gallery/chinese.ts';
import { laySpending, takeChineseSpending, takeCut, takeNoSpending, takeSpending } from './gallery/cut.ts';
import { takeChineseGatewayCheck, takeGatewayCheck } from './gallery/gatewayCheck.ts';
import { heroFolder, layFinishedFilm, layHero, takeHero } from './gallery/hero.ts';
import { takeLayouts } from './gallery/layouts.ts';
import { takeMaking } from './gallery/making.ts';
import { layIntents, takeIntents } from './gallery/intents.ts';
import { takeMenus } from './gallery/menus.ts';
import { laySheet, takeChineseSheet, takeSheet } from './gallery/sheet.ts';
import { takePagesWithoutClip, takeStates } from './gallery/states.ts';
import { layTakes, takeTakes } from './gallery/takes.ts';
import { takePauses, takeToasts } from './gallery/toasts.ts';

const root = resolve(import.meta.dirname, '../..');

const VIEW = viewName();

/** What a scene is played on. */
interface Set {
  readonly workbench: Workbench;
  readonly gateway: Gateway;
  readonly dataDir: string;
}

interface Scene {
  readonly name: string;
  /** Finished tasks of the days before; `undefined` for a list with nothing in it, and no key. */
  readonly older: number | undefined;
  /** Does something to the data folder before VS Code starts. */
  readonly prepare?: (dataDir: string, gateway: Gateway) => void;
  /** The folder that the window has open. */
  readonly folder?: (dataDir: string) => string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly language?: 'zh-cn';
  readonly play: (set: Set) => Promise<void>;
  /** The pictures of the README that it takes, by those of the gallery that they are. */
  readonly media?: Readonly<Record<string, string>>;
  /** How it takes them, where that is not all that it plays. */
  readonly playMedia?: Scene['play'];
}

const SCENES: readonly Scene[] = [
  { name: 'empty', older: undefined, play: set => takeLooks('empty', set) },
  {
    name: 'damaged',
    older: undefined,
    prepare: dataDir => {
      writeFileSync(join(listFolderIn(dataDir), 'dailies.db'), 'no database at all '.repeat(500));
    },
    play: async ({ workbench }) => {
      await waitUntil(
        'the view to say so',
        async () => (await workbench.welcomeText(VIEW)).includes('damaged') || undefined,
      );
      await rest(workbench);
      await take(workbench, 'damaged');
    },
  },
  {
    name: 'busy',
    older: 5,
    play: playBusy,
    media: { 'player-dark': 'dailies', 'compare-dark': 'compare', 'sheet-dark': 'contact-sheet' },
    playMedia: withKey(({ workbench }) => takePages(workbench, LOOKS.dark.name)),
  },
  {
    name: 'hero',
    older: undefined,
    prepare: layHero,
    folder: heroFolder,
    settings: { 'dailies.currency': '¥' },
    play: withKey(({ workbench }) => takeHero(workbench), 0),
    media: { 'shot-file-and-take': 'shot-file' },
  },
  { name: 'pages', older: 5, play: playPages },
  { name: 'states', older: 5, play: withKey(({ workbench }) => takeStates(workbench)) },
  { name: 'making', older: 5, play: withKey(({ workbench }) => takeMaking(workbench)) },
  { name: 'gateway', older: 5, play: withKey(({ workbench }) => takeGatewayCheck(workbench)) },
  {
    name: 'chinese-gateway',
    older: 5,
    language: 'zh-cn',
    play: async set => {
      await enterKey(set, 4, 'zh-cn');
      await takeChineseGatewayCheck(set.workbench);
    },
  },
  {
    name: 'intents',
    older: 2,
    prepare: layIntents,
    play: withKey(({ workbench }) => takeIntents(workbench)),
  },
  {
    name: 'chinese-intents',
    older: 2,
    prepare: layIntents,
    language: 'zh-cn',
    play: ({ workbench }) => takeIntents(workbench, 'chinese-intents', 'zh-cn'),
  },
  {
    name: 'spending',
    older: undefined,
    prepare: laySpending,
    settings: { 'dailies.currency': '¥' },
    play: ({ workbench }) => takeSpending(workbench),
    media: { 'spending-dark': 'spending' },
    playMedia: ({ workbench }) => takeSpending(workbench, [LOOKS.dark]),
  },
  { name: 'no-spending', older: undefined, play: ({ workbench }) => takeNoSpending(workbench) },
  {
    name: 'chinese-spending',
    older: undefined,
    prepare: laySpending,
    language: 'zh-cn',
    play: ({ workbench }) => takeChineseSpending(workbench),
  },
  {
    name: 'cut',
    older: undefined,
    prepare: layFinishedFilm,
    folder: heroFolder,
    settings: { 'dailies.tasks.groupBy': 'shot' },
    play: ({ workbench }) => takeCut(workbench),
    media: { 'cut-dark': 'cut' },
    playMedia: ({ workbench }) => takeCut(workbench, [LOOKS.dark]),
  },
  { name: 'layouts', older: 17, play: withKey(({ workbench }) => takeLayouts(workbench)) },
  { name: 'no-key', older: 5, play: ({ workbench }) => takeWithoutKey(workbench) },
  { name: 'menus', older: 5, play: withKey(({ workbench }) => takeMenus(workbench)) },
  {
    name: 'pauses',
    older: 5,
    play: withKey(({ workbench, gateway, dataDir }) => takePauses(workbench, gateway, dataDir)),
  },
  {
    name: 'toasts',
    older: 5,
    play: withKey(({ workbench, gateway, dataDir }) => takeToasts(workbench, gateway, dataDir)),
  },
  { name: 'sheet', older: 17, prepare: laySheet, play: ({ workbench }) => takeSheet(workbench) },
  {
    name: 'chinese-sheet',
    older: 17,
    prepare: laySheet,
    language: 'zh-cn',
    play: ({ workbench }) => takeChineseSheet(workbench),
  },
  {
    name: 'takes',
    older: 17,
    prepare: layTakes,
    settings: { 'dailies.tasks.groupBy': 'shot' },
    play: ({ workbench }) => takeTakes(workbench),
  },
  {
    name: 'chinese-takes',
    older: 17,
    prepare: layTakes,
    settings: { 'dailies.tasks.groupBy': 'shot' },
    language: 'zh-cn',
    play: ({ workbench }) => takeTakes(workbench, 'chinese-takes', 'zh-cn'),
  },
  {
    name: 'shots',
    older: 2,
    prepare: layShots,
    folder: shotsFolder,
    play: withKey(({ workbench }) => takeShots(workbench)),
  },
  {
    name: 'chinese-shots',
    older: 2,
    prepare: layShots,
    folder: shotsFolder,
    language: 'zh-cn',
    play: ({ workbench }) => takeShots(workbench, 'chinese-shots'),
  },
  { name: 'chinese', older: 5, language: 'zh-cn', play: ({ workbench }) => takeChinese(workbench) },
  {
    name: '200-tasks',
    older: 191,
    play: async set => {
      await enterKey(set);
      await takeLooks('200-tasks', set);
    },
  },
];

async function playScene(scene: Scene, vsix: string, play: Scene['play'] = scene.play): Promise<void> {
  const scratch = makeScratch(tmpdir(), 'dailies-gallery');
  // The folder that most people have: Dailies writes the home folder as VS Code does.
  const home = join(scratch.path, 'home');
  const clips = join(home, 'Videos', 'Dailies');
  mkdirSync(clips, { recursive: true });
  const browser = await startBrowser({ viewport: { width: 1180, height: 820 } });
  await using gateway = await startGateway();
  try {
    if (scene.older !== undefined) {
      layScene(scratch.path, gateway, clips, scene.older);
    }
    scene.prepare?.(scratch.path, gateway);
    const server = await startServer(await provisionServer(root), {
      dataDir: scratch.path,
      vsix: [vsix],
      settings: { ...demoSettings(gateway, '~/Videos/Dailies', 1), ...scene.settings },
      env: { HOME: home, USERPROFILE: home },
    });
    try {
      const page = await browser.newPage();
      if (scene.language !== undefined) {
        await page.addInitScript(speak, scene.language);
      }
      const workbench = new Workbench(page);
      await workbench.open(server.window(scene.folder?.(scratch.path)));
      await workbench.openView('Dailies');
      await play({ workbench, gateway, dataDir: scratch.path });
    } finally {
      await server.stop();
    }
  } finally {
    await browser.stop();
    scratch.remove();
  }
}

/** Runs in the page: VS Code takes this for the language of the person, and extensions speak it. Its own words need a language pack. */
function speak(language: string): void {
  Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => language, set: () => undefined });
}

/** The list in all colours, wide and narrow. */
async function playBusy(set: Set): Promise<void> {
  const { workbench } = set;
  await enterKey(set);
  await takeLooks('busy', set);
  await narrow(workbench);
  await takeLooks('busy-narrow', set);
}

/** The pages, in all colours. */
async function playPages(set: Set): Promise<void> {
  const { workbench } = set;
  await enterKey(set);
  for (const look of Object.values(LOOKS)) {
    await show(workbench, look);
    await tidy(workbench);
    await takePages(workbench, look.name);
    await takePagesWithoutClip(workbench, look.name);
  }
}

/** After the key is there: what else a scene is about. */
function withKey(play: (set: Set) => Promise<void>, clips?: number): Scene['play'] {
  return async set => {
    await enterKey(set, clips);
    await show(set.workbench, LOOKS.dark);
    await tidy(set.workbench);
    await play(set);
  };
}

/** A list with tasks and no key, as on another computer. */
async function takeWithoutKey(workbench: Workbench): Promise<void> {
  await waitUntil(
    'the list to say so',
    async () => (await workbench.viewMessage(VIEW)).includes('API key') || undefined,
  );
  await show(workbench, LOOKS.dark);
  await tidy(workbench);
  await take(workbench, 'no-key');
}

/** The list in all colours. */
async function takeLooks(name: string, { workbench }: Set): Promise<void> {
  for (const look of Object.values(LOOKS)) {
    await show(workbench, look);
    await tidy(workbench);
    await take(workbench, `${name}-${look.name}`);
  }
}

/** With the key, Dailies starts to poll and to save. Every task is then checked, and every clip that can be delivered at once fetched. */
async function enterKey({ workbench, gateway }: Set, clips = 4, language: Language = 'en'): Promise<void> {
  await run(workbench, 'setKey', language);
  await workbench.typeQuickInput(DEMO_KEY);
  await workbench.acceptQuickInput();
  await waitUntil(
    'every task to be checked, and the clips to be fetched',
    () => {
      const checked = new Set(
        gateway.requests.filter(request => request.origin === 'gateway').map(request => request.path),
      );
      const fetched = new Set(
        gateway.requests.filter(request => request.origin === 'media').map(request => request.path),
      );
      return (checked.size >= gateway.tasks.length && fetched.size >= clips) || undefined;
    },
    () => gateway.requests.map(request => request.path).join('\n'),
    60_000,
  );
  await sleep(4_000);
}

/** A clip that plays, two side by side, and all at a glance. */
async function takePages(workbench: Workbench, look: string): Promise<void> {
  const takePage = async (name: string, isShown: string): Promise<void> => {
    await untilInPage(workbench, isShown);
    await rest(workbench);
    await take(workbench, `${name}-${look}`);
    await workbench.runCommand('View: Close All Editors');
  };
  const isPlaying = `document.querySelector('video')?.currentTime > 2`;
  await openPage(workbench, VIEW, 'Ridges at dusk, opening', isPlaying);
  await takePage('player', isPlaying);
  await run(workbench, 'compareClips');
  await workbench.pickRow('Aurora over the ridge, take 2');
  await workbench.pickRow('Ridges at dusk, opening');
  await workbench.acceptQuickInput();
  await takePage(
    'compare',
    `[...document.querySelectorAll('video')].filter(one => one.currentTime > 2).length === 2`,
  );
  await run(workbench, 'contactSheet');
  await takePage('sheet', `document.querySelectorAll('.tile canvas').length === 5`);
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

/** Takes the pictures of the README of a scene, and puts them where it has them. */
async function takeMedia(scene: Scene): Promise<void> {
  await playScene(scene, vsix, scene.playMedia);
  for (const [picture, name] of Object.entries(scene.media ?? {})) {
    copyFileSync(join(OUT, `${picture}.png`), join(root, `media/${name}.png`));
  }
}

const { values, positionals } = parseArgs({
  options: { media: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (positionals.length === 0 && !values.media) {
  rmSync(OUT, { recursive: true, force: true });
}
mkdirSync(OUT, { recursive: true });
const vsix = makeVsix();
for (const scene of SCENES) {
  const isChosen = positionals.length === 0 || positionals.includes(scene.name);
  if (isChosen && !values.media) {
    await playScene(scene, vsix);
  } else if (isChosen && scene.media) {
    await takeMedia(scene);
  }
}
console.log(
  `Done. The pictures are in ${relative(process.cwd(), values.media ? join(root, 'media') : OUT)}.`,
);
