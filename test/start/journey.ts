import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clips as films } from '../fixtures/clips/clips.ts';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { waitUntil } from '../vscode/wait.ts';
import type { ListRow, Workbench } from '../vscode/workbench.ts';
import type { Demo } from './demo.ts';
import { filesWith } from './leaks.ts';
import { makingSteps, STAY_S, VIEW, type Step } from './makingSteps.ts';

const TIME_CODE = `document.querySelector('.time')?.innerText`;

/**
 * The main job, done as a person does it: key, shot file, generation, clip; a tracked task, notification, preview, reload. Writes a numbered picture
 * of each step into `out`. Rejects with the name of the step that failed.
 */
export async function performJourney(demo: Demo, workbench: Workbench, out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const steps = stepsOf(demo, workbench, out);
  for (const [index, { name, run }] of steps.entries()) {
    const picture = join(out, `${String(index + 1).padStart(2, '0')}-${name.replaceAll(' ', '-')}.png`);
    try {
      await run();
    } catch (error) {
      await workbench.screenshot(picture);
      throw new Error(`Step ${index + 1}, "${name}", failed. See ${picture}`, { cause: error });
    }
    await workbench.screenshot(picture);
    assert.ok(
      !(await workbench.page.locator('body').innerText()).includes(DEMO_KEY),
      'the key is on the screen',
    );
    console.log(`  ${index + 1}. ${name}`);
  }
}

function stepsOf(demo: Demo, workbench: Workbench, out: string): Step[] {
  const { gateway, server, shots, tasks } = demo;
  let id = '';
  /** The only row that is none of a group. */
  const rowOf = async (): Promise<ListRow | undefined> =>
    (await workbench.treeRows(VIEW)).find(row => row.isExpanded === undefined);
  const untilState = async (state: string): Promise<void> => {
    await waitUntil(
      `the task to be "${state}"`,
      async () => (await rowOf())?.ariaLabel.startsWith(state) === true || undefined,
      async () => JSON.stringify(await workbench.treeRows(VIEW)),
    );
  };

  const untilWelcome = async (words: string): Promise<void> => {
    await waitUntil(
      `"${words}" in the empty view`,
      async () => (await workbench.welcomeText(VIEW)).includes(words) || undefined,
      () => workbench.welcomeText(VIEW),
    );
  };

  const untilPlaying = async (): Promise<void> => {
    await waitUntil(
      'the video to play',
      async () =>
        Number(await workbench.evaluateInWebview(`document.querySelector('video')?.currentTime`)) > 0.5 ||
        undefined,
      async () =>
        String(await workbench.evaluateInWebview('document.body.dataset.state + document.body.innerText')),
    );
  };

  const untilAtEnd = async (): Promise<void> => {
    await waitUntil(
      'the player to stand at the end',
      async () => String(await workbench.evaluateInWebview(TIME_CODE)).startsWith('00:00:07:23') || undefined,
      async () => String(await workbench.evaluateInWebview('document.body.innerText')),
    );
  };

  return [
    {
      name: 'welcome without a key',
      run: async () => {
        await workbench.open(server.window(shots));
        await workbench.openView('Dailies');
        await untilWelcome('API key');
      },
    },
    {
      name: 'a key is asked for',
      run: async () => {
        await workbench.runCommand('Dailies: Set API Key…');
        await workbench.quickInput('Paste your API key');
        await workbench.typeQuickInput(`Bearer ${DEMO_KEY}`);
      },
    },
    {
      name: 'key set and list empty',
      run: async () => {
        await workbench.acceptQuickInput();
        await workbench.waitForNotification('API key accepted');
        await untilWelcome('No video tasks yet');
      },
    },
    ...makingSteps(demo, workbench, { untilState, untilPlaying }),
    {
      name: 'an id is recognised',
      run: async () => {
        await workbench.clearNotifications();
        await workbench.runCommand('View: Close All Editors');
        // It goes on when it has been seen in a state, and not before.
        id = gateway.addTask({
          model: 'veo_3_1_fast',
          clip: 'portrait',
          queuedS: STAY_S,
          processingS: STAY_S,
        });
        await workbench.runCommand('Dailies: Track Task…');
        await workbench.quickInput('vgen_…, video_…');
        await workbench.typeQuickInput(id);
        await workbench.quickInput(`Task ID ${id}`);
      },
    },
    {
      name: 'the task is queued',
      run: async () => {
        await workbench.acceptQuickInput();
        await untilState('Queued');
        await waitUntil(
          'the status bar to say so',
          async () => (await workbench.statusBarItem('dailies.tasks')).text === '1 queued' || undefined,
        );
      },
    },
    {
      name: 'the task is rendering',
      run: async () => {
        gateway.advance(STAY_S * 1_000);
        await untilState('Rendering');
      },
    },
    {
      name: 'the clip is ready',
      run: async () => {
        gateway.advance(STAY_S * 1_000);
        await workbench.waitForNotification('is ready');
        await untilState('Ready');
      },
    },
    {
      name: 'the clip plays',
      run: async () => {
        await workbench.pressNotificationButton('is ready', 'Preview');
        await untilPlaying();
        const size = await workbench.evaluateInWebview(
          `[document.querySelector('video').videoWidth, document.querySelector('video').videoHeight]`,
        );
        assert.deepEqual(size, [films.portrait.width, films.portrait.height]);
      },
    },
    {
      name: 'several tasks at once',
      run: async () => {
        const ids = [
          ...tasks.filter(task => !task.story.includes('quarter')).map(task => task.id),
          gateway.addTask({ model: 'veo_3_1_pro', ageS: 100, queuedS: 20, processingS: 100_000 }),
          gateway.addTask({ model: 'grok_video3', queuedS: 100_000 }),
        ];
        await workbench.runCommand('Dailies: Track Task…');
        await workbench.quickInput('vgen_…, video_…');
        await workbench.typeQuickInput(ids.join(' '));
        await workbench.quickInput(`${ids.length} task IDs`);
        await workbench.acceptQuickInput();
        await waitUntil(
          'six clips ready, one failed, one rendering, one queued',
          async () =>
            statesIn(await workbench.treeRows(VIEW)) ===
              'Failed Queued Ready Ready Ready Ready Ready Ready Rendering' || undefined,
          async () => statesIn(await workbench.treeRows(VIEW)),
        );
        await workbench.clearNotifications();
      },
    },
    {
      name: 'all is there after a reload',
      run: async () => {
        const before = (await workbench.treeRows(VIEW)).map(row => row.label);
        // It comes back quiet, where it stood: not just where it begins.
        await workbench.clickInWebview('.stage');
        await workbench.pressKey('End');
        await untilAtEnd();
        await workbench.reload();
        await workbench.openView('Dailies');
        await waitUntil(
          'the same list as before',
          async () =>
            JSON.stringify((await workbench.treeRows(VIEW)).map(row => row.label)) ===
              JSON.stringify(before) || undefined,
          async () => JSON.stringify(await workbench.treeRows(VIEW)),
        );
        // So is the preview, which takes the focus as it comes back.
        await untilAtEnd();
        // The key is there as well: asking again is answered.
        const asked = gateway.requests.length;
        await workbench.contextMenu(VIEW, before.at(-1) ?? '', 'Refresh');
        await waitUntil(
          'the gateway to be asked again',
          () => gateway.requests.length > asked || undefined,
          () => `${gateway.requests.length} requests`,
        );
        assertRecord(demo, id, out);
      },
    },
  ];
}

/** The states of all tasks, sorted: "Failed Ready Rendering". */
function statesIn(rows: readonly ListRow[]): string {
  return rows
    .filter(row => row.isExpanded === undefined)
    .map(row => row.ariaLabel.split(', ')[0])
    .sort()
    .join(' ');
}

/** What the gateway's own record must prove at the end. */
function assertRecord({ gateway, server, clips }: Demo, id: string, out: string): void {
  const asked = gateway.requests
    .filter(request => request.path.endsWith(`/${id}`))
    .map(request => request.at);
  const gaps = asked.slice(1).map((at, index) => (at - (asked[index] ?? 0)) / 1000);
  assert.ok(
    gaps.every(gap => gap >= 30),
    `the task was asked about after ${gaps.join(', ')} s`,
  );
  const keyed = gateway.requests.filter(request => request.headers.authorization !== undefined);
  assert.deepEqual([...new Set(keyed.map(request => request.origin))], ['gateway']);
  assert.ok(gateway.requests.some(request => request.origin === 'media'));
  // Logs, settings, the database, the unpacked VSIX, the saved clips: the key is in none of them.
  assert.ok(filesWith(id, server.dataDir).length > 0, 'the search for secrets finds nothing at all');
  assert.deepEqual(
    [...filesWith(DEMO_KEY, server.dataDir), ...filesWith(DEMO_KEY, out), ...filesWith(DEMO_KEY, clips)],
    [],
  );
}
