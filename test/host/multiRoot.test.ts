import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openWindow, waitUntil, workbench, type RemoteWorkbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow } from './cast.ts';
import { enterKey, setting, useStage, VIEW } from './stage.ts';

/** A shot file of one shot. */
function shotFile(prompt: string, heading = prompt.replace(/\W.*/, '')): string {
  return `---\nmodel: veo_3_1_fast\n---\n## ${heading}\n\n${prompt}\n`;
}

describe('shot files in the folders of a workspace', () => {
  const first = workbench();
  useStage();
  let root: string;
  let window: RemoteWorkbench;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'dailies-folders-'));
    await enterKey(first);
    await setting('create.confirm', 'never');
    await setting('create.confirmUnknownPrice', false);
  });
  afterEach(async () => {
    await setting('create.confirm', undefined);
    await setting('create.confirmUnknownPrice', undefined);
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  function write(path: string, text: string): void {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Opens a window on a workspace of these folders. */
  async function openFolders(...folders: { path: string; name?: string }[]): Promise<void> {
    // VS Code remembers the folders of a workspace by the place of its file.
    const file = join(root, `film-${folders.length}.code-workspace`);
    writeFileSync(file, JSON.stringify({ folders }));
    window = await openWindow(file);
    // It learns of its folders a little later than a window with one, and sometimes only when it is loaded once more.
    await window.openView('Explorer');
    const name = `film-${folders.length} (Workspace)`;
    const areThere = async (): Promise<true | undefined> =>
      (await window.treeRows(name)).length >= folders.length || undefined;
    for (let loads = 1; !(await waitUntil('the folders', areThere, undefined, 15_000).catch(() => false));) {
      assert.ok(loads++ < 4, 'the folders of the workspace');
      await window.reload();
      await window.openView('Explorer');
    }
    await window.openView('Dailies');
  }

  /** Opens a shot file in front, as a person does who knows its path. */
  async function open(path: string): Promise<void> {
    await window.runCommand('View: Close All Editors');
    await waitUntil('no lenses', async () => (await window.lenses()).length === 0 || undefined);
    await window.pressKey('Control+p');
    await window.quickInput('Search files by name');
    await window.typeQuickInput(join(root, path));
    const labels = async (): Promise<string> =>
      (await window.quickInput('Search files by name')).items.map(({ label }) => label).join();
    await waitUntil('the file', async () => (await labels()) === basename(path) || undefined, labels);
    await window.acceptQuickInput();
    await waitUntil(
      `the tab of ${path}`,
      async () => (await window.tabs()).every(({ title }) => title === basename(path)) || undefined,
      async () => JSON.stringify(await window.tabs()),
    );
    await untilLens(/^Generate · /);
  }

  /** Has the shot of the file in front made. */
  async function generate(): Promise<void> {
    await window.pressLens('Generate');
    await untilLens(/ \| 1 take/);
  }

  async function untilLens(pattern: RegExp): Promise<void> {
    await waitUntil(
      `the lens ${String(pattern)}`,
      async () => (await window.lenses()).some(lens => pattern.test(lens)) || undefined,
      async () => (await window.lenses()).join('\n'),
    );
  }

  /** The shot files of the takes, as they are written down, in the order in which they were made. */
  async function untilFiles(...expected: string[]): Promise<void> {
    const files = (): string =>
      asAnotherWindow(store => store.list())
        .toReversed()
        .map(({ shotFile: file }) => String(file).replace(root, ''))
        .join('\n');
    await waitUntil('the shot files', () => files() === expected.join('\n') || undefined, files);
  }

  async function rename(to: string): Promise<void> {
    await window.runCommand('File: Reveal Active File in Explorer View');
    await window.pressKey('F2');
    await window.pressKey('Control+a');
    await window.typeText(to);
    await window.pressKey('Enter');
    await waitUntil(
      `the tab ${to}`,
      async () => (await window.tabs()).some(({ title }) => title === to) || undefined,
    );
  }

  it('keep their takes apart where their paths are equal, and when they are renamed and moved in the Explorer', async () => {
    write('a/north/shots/x.shot.md', shotFile('Gulls.'));
    write('b/north/shots/x.shot.md', shotFile('A ferry leaves.'));
    write('south/y.shot.md', shotFile('Cranes.'));
    await openFolders({ path: 'a/north' }, { path: 'b/north' }, { path: 'south', name: 'Night: unit' });
    await open('a/north/shots/x.shot.md');
    await generate();
    await untilFiles('north/shots/x.shot.md');
    await untilLens(/ \| 1 take/);
    await open('b/north/shots/x.shot.md');
    await generate();
    await untilFiles('north/shots/x.shot.md', '/b/north/shots/x.shot.md');
    await untilLens(/ \| 1 take/);
    await open('south/y.shot.md');
    await generate();
    await untilFiles('north/shots/x.shot.md', '/b/north/shots/x.shot.md', 'south/y.shot.md');

    await open('a/north/shots/x.shot.md');
    await rename('z.shot.md');
    await untilFiles('north/shots/z.shot.md', '/b/north/shots/x.shot.md', 'south/y.shot.md');
    await untilLens(/ \| 1 take/);
    // From one folder to another.
    await window.runCommand('File: Reveal Active File in Explorer View');
    await window.pressKey('Control+x');
    await open('south/y.shot.md');
    await window.runCommand('File: Reveal Active File in Explorer View');
    await window.pressKey('Control+v');
    await untilFiles('south/z.shot.md', '/b/north/shots/x.shot.md', 'south/y.shot.md');
    await open('south/z.shot.md');
    await untilLens(/ \| 1 take/);
  });

  it('keep their takes when other programs move them, and when their folder is opened later', async () => {
    write('north/shots/x.shot.md', shotFile('Gulls.'));
    write('south/y.shot.md', shotFile('Cranes.'));
    write('loose/w.shot.md', shotFile('Waves.'));
    await openFolders({ path: 'north' }, { path: 'south' });
    await open('north/shots/x.shot.md');
    await generate();
    await untilFiles('north/shots/x.shot.md');
    await open('loose/w.shot.md');
    await generate();
    await untilFiles('north/shots/x.shot.md', '/loose/w.shot.md');

    // The file is open nowhere.
    renameSync(join(root, 'north/shots/x.shot.md'), join(root, 'north/shots/x2.shot.md'));
    await untilFiles('north/shots/x2.shot.md', '/loose/w.shot.md');
    // To another folder, with another text below the same heading.
    rmSync(join(root, 'north/shots/x2.shot.md'));
    write('south/film/x2.shot.md', shotFile('Gulls at dawn.'));
    await untilFiles('south/film/x2.shot.md', '/loose/w.shot.md');
    // While nobody looks: *Show in Shot File* finds it.
    await window.close();
    renameSync(join(root, 'south/film/x2.shot.md'), join(root, 'north/moved.shot.md'));
    write('north/moved.shot.md', shotFile('Gulls.'));
    await openFolders({ path: 'north' }, { path: 'south' }, { path: 'loose' });
    await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === 2 || undefined);
    await window.contextMenu(VIEW, 'Gulls', 'Show in Shot File');
    await untilLens(/ \| 1 take/);
    await open('loose/w.shot.md');
    await untilFiles('north/moved.shot.md', 'loose/w.shot.md');
    await untilLens(/ \| 1 take/);
  });
});
