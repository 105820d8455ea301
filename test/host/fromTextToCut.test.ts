import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow } from './cast.ts';
import { choosePath, enterKey, useStage, VIEW } from './stage.ts';

/** Three shots, eight takes. */
const FILM = `---
model: veo_3_1_fast
takes: 3
---

## Ferry

A ferry leaves the harbor at dawn.

## Cranes

Container cranes against the sky.

## Gulls

\`\`\`yaml
takes: 2
\`\`\`

Gulls follow the ferry.
`;

const SHOTS = [
  { name: 'Ferry', takes: 3, line: 6 },
  { name: 'Cranes', takes: 3, line: 10 },
  { name: 'Gulls', takes: 2, line: 14 },
] as const;

describe('from a text to a cut', () => {
  const window = workbench();
  const stage = useStage();
  const folder = (): string => join(stage().clips, 'film');
  const press = async (key: string, times = 1): Promise<void> => {
    for (let count = 0; count < times; count++) {
      await window.pressKey(key);
    }
  };

  /** Which takes are picked, as any window has them. */
  const picks = (): string[] =>
    asAnotherWindow(store => store.list())
      .filter(({ verdict }) => verdict === 'picked')
      .map(({ shot, take }) => `${shot ?? ''} ${take ?? 0}`);

  async function untilRows(count: number, pattern: RegExp): Promise<void> {
    await waitUntil(
      `${count} rows like ${pattern.source}`,
      async () =>
        (await window.treeRows(VIEW)).filter(({ description }) => pattern.test(description)).length ===
          count || undefined,
      async () => JSON.stringify((await window.treeRows(VIEW)).map(row => [row.label, row.description])),
    );
  }

  /** Runs a command as a person without a mouse does. */
  async function command(title: string): Promise<void> {
    await press('F1');
    await window.quickInput('>');
    await window.typeText(title);
    await waitUntil(
      `the command ${title}`,
      async () => {
        const active = (await window.quickInput()).items.find(({ isActive }) => isActive);
        if (active?.label === title) return true;
        await press('ArrowDown');
        return undefined;
      },
      async () => JSON.stringify((await window.quickInput()).items.slice(0, 3)),
    );
    await press('Enter');
  }

  /** Types a text into a new file line by line, and saves it under a path. */
  async function write(text: string, path: string): Promise<void> {
    await command('File: New Untitled Text File');
    await waitUntil('an editor', () => vscode.window.activeTextEditor?.document.isUntitled);
    for (const line of text.trimEnd().split('\n')) {
      await window.typeText(line);
      await press('Enter');
    }
    await press('Control+S');
    await choosePath(window, 'Save As', path);
    await waitUntil(
      'the shot file',
      () => vscode.window.activeTextEditor?.document.languageId === 'dailies-shot' || undefined,
      () => vscode.window.activeTextEditor?.document.languageId ?? '',
    );
    assert.equal(readFileSync(path, 'utf8'), text);
  }

  /** Goes to a row of the list, which has the focus afterwards. */
  async function goToRow(number: number): Promise<void> {
    await command('Dailies: Focus on Dailies View');
    await press('Home');
    await press('ArrowDown', number);
  }

  async function untilPicked(...names: readonly string[]): Promise<void> {
    await waitUntil(
      `${names.join(', ')} to be picked`,
      () => picks().toSorted().join() === names.toSorted().join() || undefined,
      async () => `${picks().join(', ')} ${JSON.stringify(await window.tabs())}`,
    );
  }

  async function untilInPage(title: string, script: string): Promise<void> {
    await waitUntil(
      `${script} in ${title}`,
      async () => {
        const isThere = (await window.tabs()).some(tab => tab.title.startsWith(title) && tab.isActive);
        return (isThere && (await window.evaluateInWebview(script).catch(() => false)) === true) || undefined;
      },
      async () => JSON.stringify(await window.tabs()),
    );
  }

  it('goes by keys alone: three shots are typed, eight takes made, watched, compared and picked, the cut played and exported in all formats', async () => {
    await enterKey(window);
    mkdirSync(folder(), { recursive: true });
    const path = join(folder(), 'harbor.shot.md');
    await write(FILM, path);
    let rows = 0;
    for (const { takes, line } of SHOTS) {
      await press('Control+Home');
      await press('ArrowDown', line);
      await press('Control+Alt+Enter');
      const { message } = await window.dialog();
      assert.equal(message, `Generate ${takes} videos with Veo 3.1 Fast?`);
      await press('Enter');
      rows += takes;
      await untilRows(rows, /./u);
    }
    await waitUntil(
      'eight clips that are saved',
      async () => (await window.treeRows(VIEW)).every(({ icon }) => icon === 'pass') || undefined,
      async () =>
        JSON.stringify((await window.treeRows(VIEW)).map(row => [row.label, row.icon, row.description])),
      120_000,
    );
    await window.screenshot('cut-takes.png');

    // The newest is first: the second take of the gulls is watched, and picked.
    await goToRow(0);
    await press('Enter');
    await untilInPage('Gulls', `(document.querySelector('video')?.currentTime ?? 0) > 0`);
    await window.screenshot('cut-watched.png');
    await press('p');
    await untilPicked('Gulls 2');

    // The takes of the cranes are compared: the last one of the three is picked.
    await command('Dailies: Compare Takes');
    await window.quickInput('Compare Takes');
    await window.typeText('Cranes');
    await waitUntil(
      'the takes of the cranes',
      async () => (await window.quickInput()).items.length === 3 || undefined,
      async () => JSON.stringify((await window.quickInput()).items.map(({ label }) => label)),
    );
    await press('Enter');
    await untilInPage('Compare', `document.querySelectorAll('video').length === 3`);
    await untilInPage(
      'Compare',
      `[...document.querySelectorAll('.clip h2')].every(one => one.textContent !== '')`,
    );
    await press('3');
    await untilInPage(
      'Compare',
      `document.querySelectorAll('.clip')[2]?.classList.contains('active') === true`,
    );
    await window.screenshot('cut-compared.png');
    await press('p');
    await waitUntil('a second pick', () => picks().length === 2 || undefined);

    // The first take of the ferry is picked in the list.
    await goToRow(7);
    await press('Control+Alt+P');
    await waitUntil('a third pick', () => picks().length === 3 || undefined);
    const picked = picks();
    assert.deepEqual(picked.filter(one => !one.startsWith('Cranes')).toSorted(), ['Ferry 1', 'Gulls 2']);

    await vscode.window.showTextDocument(vscode.Uri.file(path));
    await window.screenshot('cut-lenses.png');
    await command('Dailies: Play the Cut');
    await untilInPage(
      'Cut: harbor',
      `document.querySelector('h1')?.textContent.startsWith('1 of 3') === true`,
    );
    await press('PageDown', 2);
    await untilInPage(
      'Cut: harbor',
      `document.querySelector('h1')?.textContent.startsWith('3 of 3') === true`,
    );
    await window.screenshot('cut-played.png');
    await press('k');

    await command('View: Close Editor');
    await press('Control+1');
    await command('Dailies: Export the Cut…');
    await window.quickInput('Export the Cut');
    for (let row = 0; row < 4; row++) {
      await press('ArrowDown');
      const active = (await window.quickInput('Export the Cut')).items.find(({ isActive }) => isActive);
      if (active?.isChecked === false) await press(' ');
    }
    const { items } = await window.quickInput('Export the Cut');
    assert.ok(
      items.every(({ isChecked }) => isChecked),
      JSON.stringify(items),
    );
    await window.screenshot('cut-formats.png');
    await press('Enter');
    await choosePath(window, 'Choose a folder for the cut', `${folder()}/`);
    await window.waitForNotification('Cut exported to');
    await window.screenshot('cut-exported.png');
    assert.deepEqual(readdirSync(folder()).toSorted(), [
      'harbor.edl',
      'harbor.fcpxml',
      'harbor.mp4',
      'harbor.otio',
      'harbor.shot.md',
    ]);
    const otio = JSON.parse(readFileSync(join(folder(), 'harbor.otio'), 'utf8')) as {
      tracks: { children: { children: { metadata: { dailies: { shot: string; take: number } } }[] }[] };
    };
    const inOrder = ['Ferry', 'Cranes', 'Gulls'].map(shot => picked.find(one => one.startsWith(shot)));
    assert.deepEqual(
      otio.tracks.children[0]?.children.map(({ metadata: { dailies } }) => `${dailies.shot} ${dailies.take}`),
      inOrder,
    );
  });
});
