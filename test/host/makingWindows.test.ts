import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { Intent } from '../../src/tasks/intent.ts';
import type { RecordedRequest } from '../gateway/recorder.ts';
import { openWindow, waitUntil, workbench, type RemoteWorkbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow } from './cast.ts';
import { enterKey, setting, useStage } from './stage.ts';

/** How late the gateway responds to each create request, real ms. */
const DELAY = 700;

describe('making videos in two windows', () => {
  const window = workbench();
  let second: RemoteWorkbench;

  // Before the stage is cleared: requests stay in the list's file for good, and are none of the next test's.
  afterEach(async () => {
    await setting('create.confirm', undefined);
    await setting('create.confirmUnknownPrice', undefined);
    asAnotherWindow(store => {
      for (const { id } of store.intents.open()) {
        store.intents.drop(id, Date.now());
        store.intents.resolve(id, 'notMade', null, Date.now());
      }
    });
  });

  const stage = useStage();

  beforeEach(async () => {
    await enterKey(window);
    await setting('create.confirmUnknownPrice', false);
    stage().gateway.setFaults({ kind: 'delay', ms: DELAY }, 'create');
  });

  /** Opens the other window, which knows from its beginning what is to be confirmed. */
  const open = async (confirm: 'always' | 'never'): Promise<void> => {
    await setting('create.confirm', confirm);
    second = await openWindow();
    await second.openView('Dailies');
  };

  const posts = (): readonly RecordedRequest[] =>
    stage().gateway.requests.filter(({ method }) => method === 'POST');
  const prompts = (): string[] =>
    posts().map(({ body }) => String((JSON.parse(body) as { prompt: unknown }).prompt));
  const intents = (): Intent[] =>
    asAnotherWindow(store => store.intents.since(0)).filter(
      ({ gateway }) => gateway === stage().gateway.baseUrl,
    );
  const untilStates = async (...expected: string[]): Promise<void> => {
    const states = (): string =>
      intents()
        .map(({ state, problem }) => [state, problem].filter(Boolean).join(' '))
        .join();
    await waitUntil(
      `the states ${expected.join(', ')}`,
      () => states() === expected.join() || undefined,
      states,
      60_000,
    );
  };
  /** One POST for each video, the next only when the one before has its response. */
  const assertInSequence = (count: number): void => {
    assert.equal(posts().length, count);
    const gaps = posts()
      .slice(1)
      .map(({ realAt }, index) => realAt - (posts()[index]?.realAt ?? 0));
    assert.ok(
      gaps.every(gap => gap >= DELAY - 1),
      `gaps of ${gaps.join(', ')} ms`,
    );
    assert.equal(stage().gateway.tasks.length, count);
    assert.equal(new Set(intents().map(({ taskId }) => taskId)).size, count);
  };

  let files = 0;

  /** A shot file with a name that no list of recent files has. */
  const write = (name: string, takes: number): vscode.Uri => {
    files += 1;
    const folder = join(stage().clips, 'shots');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}-${files}.shot.md`);
    writeFileSync(path, `---\nmodel: veo_3_1_fast\ntakes: ${takes}\n---\nA ${name}.\n`);
    return vscode.Uri.file(path);
  };

  /** Generates a file in the other window, as a person does who has opened it there; until that is confirmed, or sent. */
  const generateThere = async (file: vscode.Uri): Promise<void> => {
    await second.runCommand('Go to File...');
    await second.typeQuickInput(file.fsPath);
    await waitUntil('the file', async () => {
      const { items, isBusy } = await second.quickInput();
      return (!isBusy && items[0]?.label === basename(file.fsPath)) || undefined;
    });
    await second.acceptQuickInput();
    await waitUntil('its lens', async () => (await second.lenses()).length > 0 || undefined);
    await second.runCommand('Dailies: Generate All Shots in File…');
  };
  const generateHere = (file: vscode.Uri): Thenable<unknown> =>
    vscode.commands.executeCommand('dailies.shot.generateAll', file);

  it('sends the same request once, and offers another take in the other window', async () => {
    await open('always');
    const file = write('ferry', 1);
    await generateThere(file);
    await second.dialog();
    const here = generateHere(file);
    await window.dialog();
    await Promise.all([window.pressDialogButton('Generate'), second.pressDialogButton('Generate')]);
    const slower = await waitUntil('the question', async () => {
      for (const one of [window, second]) {
        const { detail } = await one.dialog().catch(() => ({ detail: '' }));
        if (/You sent this .* ago\. Another take\?/.test(detail)) {
          return one;
        }
      }
      return undefined;
    });
    await slower.pressDialogButton('Cancel');
    await here;
    await untilStates('accepted');
    assertInSequence(1);
  });

  it('goes one after the other where each has a batch, and on in this window when the other is closed in the middle of its own', async () => {
    await open('never');
    const [ferry, train] = [write('ferry', 3), write('train', 3)];
    await Promise.all([generateThere(ferry), generateHere(train)]);
    await waitUntil('all to be written down', () => intents().length === 6 || undefined);
    await untilStates(...Array<string>(6).fill('accepted'));
    assertInSequence(6);
    assert.deepEqual(prompts().sort(), [
      ...Array<string>(3).fill('A ferry.'),
      ...Array<string>(3).fill('A train.'),
    ]);
    // Longer than an extension host lives on that has nothing to wait for.
    stage().gateway.setFaults({ kind: 'delay', ms: 2_500 }, 'create');
    await generateThere(write('tram', 4));
    await waitUntil('the first request', () => posts().length > 6 || undefined);
    await second.close();
    // Also the one that was on its way: the window has waited for its response.
    await untilStates(...Array<string>(10).fill('accepted'));
    assertInSequence(10);
  });
});
