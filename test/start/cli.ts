import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { responsesShotFile } from '../gateway/demoResponses.ts';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { startBrowser } from '../vscode/chromium.ts';
import { provisionServer } from '../vscode/provision.ts';
import { startServer } from '../vscode/server.ts';
import { Workbench } from '../vscode/workbench.ts';
import { CHECK_SPEED, DEMO_SPEED, makeVsix, startDemo } from './demo.ts';
import { startDesktop } from './desktop.ts';
import { performJourney } from './journey.ts';

const root = resolve(import.meta.dirname, '../..');

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    desktop: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
  },
});

/** The journey, headless: exits 0, or not, saying which step failed. */
async function check(): Promise<void> {
  const out = join(root, 'out/check');
  await using demo = await startDemo(CHECK_SPEED);
  const browser = await startBrowser();
  try {
    await performJourney(demo, new Workbench(await browser.newPage()), out);
  } finally {
    await browser.stop();
  }
  console.log(`Done. The pictures are in ${relative(process.cwd(), out)}.`);
}

/** VS Code with Dailies for a person, with the simulated gateway. */
async function demo(): Promise<void> {
  await using running = await startDemo(DEMO_SPEED);
  const { gateway, server, shots, tasks } = running;
  writeFileSync(join(shots, 'responses.shot.md'), responsesShotFile());
  const address = server.window(shots);
  console.log(`
Open VS Code:   ${address}

In it, run "Dailies: Set API Key…" and paste the demo key. Then "Dailies: New Video…" or "Dailies: New Shot File" makes a video,
and "Dailies: Track Task…" tracks one id below or all of them. Videos can be
generated too: nothing is charged, prices are made up, and a prompt with the word "fail" fails. The shots in responses.shot.md
show what Dailies does when a request itself goes wrong: each prompt says how.

Demo key:       ${DEMO_KEY}
Gateway:        ${gateway.baseUrl} (simulated; its clock, which the times below are of, runs ${DEMO_SPEED} times faster)
Tasks:
${tasks.map(task => `  ${task.id.padEnd(44)} ${task.model}: ${task.story}`).join('\n')}

All of them:    ${tasks.map(task => task.id).join(' ')}

Ctrl+C ends it.`);
  openInBrowser(address);
  await interrupted();
}

/** VS Code with Dailies for a person with a key of their own. What they do stays for the next time. */
async function real(): Promise<void> {
  const dataDir = join(root, '.vscode-test/real');
  mkdirSync(dataDir, { recursive: true });
  const vsix = makeVsix();
  // The browser keeps the key for one address: with another port it would have to be entered again.
  const server = await startServer(await provisionServer(root), { dataDir, port: 8117, vsix: [vsix] });
  console.log(
    `\nOpen VS Code:   ${server.window()}\n\nThe gateway address is the usual one; the key is yours.\n\nCtrl+C ends it.`,
  );
  openInBrowser(server.window());
  await interrupted();
  await server.stop();
}

/** Opens an address where there is a screen to open it on; elsewhere the printed line is enough. */
function openInBrowser(url: string): void {
  const hasScreen =
    process.platform !== 'linux' ||
    process.env.DISPLAY !== undefined ||
    process.env.WAYLAND_DISPLAY !== undefined;
  if (hasScreen && process.env.CI === undefined) {
    const opener: Partial<Record<NodeJS.Platform, string[]>> = {
      darwin: ['open'],
      win32: ['cmd', '/c', 'start', ''],
    };
    const [command = 'xdg-open', ...before] = opener[process.platform] ?? [];
    spawn(command, [...before, url], { stdio: 'ignore', detached: true })
      // No opener on this machine: the printed address is there.
      .on('error', () => undefined)
      .unref();
  }
}

function interrupted(): Promise<void> {
  return new Promise(done => {
    process.once('SIGINT', () => {
      done();
    });
    process.once('SIGTERM', () => {
      done();
    });
  });
}

if (values.check) {
  await check();
} else if (values.desktop) {
  await startDesktop({ real: values.real });
} else if (values.real) {
  await real();
} else {
  await demo();
}
