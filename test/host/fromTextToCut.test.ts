import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow } from './cast.ts';
import { enterKey, useStage, VIEW } from './stage.ts';

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

  it('goes by keys alone: eight takes of three shots are generated, three are picked, and the cut is exported', async () => {
    await enterKey(window);
    mkdirSync(folder(), { recursive: true });
    const path = join(folder(), 'harbor.shot.md');
    writeFileSync(path, FILM);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(path));
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

    // The newest is first: the second take of the gulls, the third of the cranes, the first of the ferry.
    await window.runCommand('Dailies: Focus on Dailies View');
    let place = 0;
    let picked = 0;
    for (const wanted of [0, 2, 7]) {
      const name = (await window.treeRows(VIEW))[wanted]?.label ?? '';
      await press(place === 0 ? 'Home' : 'ArrowDown', place === 0 ? 1 : wanted - place);
      if (place === 0) await press('ArrowDown', wanted);
      place = wanted;
      await press('Control+Alt+P');
      picked++;
      await waitUntil(
        `${name} to be picked`,
        () => picks().length === picked || undefined,
        () => picks().join(', '),
      );
    }
    await window.screenshot('cut-picks.png');

    await press('Control+1');
    await window.runCommand('Dailies: Export the Cut…');
    const { title, items } = await window.quickInput('Export the Cut');
    assert.match(`${title} ${items.length}`, /4$/u);
    await window.screenshot('cut-formats.png');
    await press('Enter');
    await waitUntil(
      'the dialog to stand at the folder',
      async () => {
        const { isBusy, value } = await window.quickInput('Choose a folder for the cut');
        return (!isBusy && value === `${folder()}/`) || undefined;
      },
      async () => (await window.quickInput('Choose a folder for the cut')).value,
    );
    await window.acceptFileDialog('Choose a folder for the cut');
    await waitUntil('the timeline', () => existsSync(join(folder(), 'harbor.otio')) || undefined);
    await window.waitForNotification('Cut exported to');
    await window.screenshot('cut-exported.png');
    const otio = JSON.parse(readFileSync(join(folder(), 'harbor.otio'), 'utf8')) as {
      tracks: { children: { children: { metadata: { dailies: { shot: string; take: number } } }[] }[] };
    };
    assert.deepEqual(
      otio.tracks.children[0]?.children.map(({ metadata: { dailies } }) => `${dailies.shot} ${dailies.take}`),
      ['Ferry 1', 'Cranes 3', 'Gulls 2'],
    );
  });
});
