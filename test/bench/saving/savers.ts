import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { waitUntil } from '../../vscode/wait.ts';
import { Workbench } from '../../vscode/workbench.ts';
import { withServer } from '../lib/server.ts';
import { FOLDER_VARIABLE } from '../tree/control.ts';
import { makeSaver } from '../tree/extensions.ts';
import { Helper } from './helper.ts';
import type { SaveCost, SaveOrder } from './protocol.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Has clips saved. */
export type Save = (order: SaveOrder) => Promise<SaveCost>;

/** Where the saver runs: as for a person, or in a plain Node, where VS Code cannot be had. */
export type Path = 'extension host' | 'node';

/** Gives a saver of that kind, for as long as `measure` takes. */
export async function withSaver<T>(path: Path, measure: (save: Save) => Promise<T>): Promise<T> {
  return path === 'node' ? measure(saveInNode) : withHost(measure);
}

/** In a new process each time, so that no round lives on what another has grown. */
async function saveInNode(order: SaveOrder): Promise<SaveCost> {
  await using saver = new Helper('saverProcess.ts');
  return (await saver.ask(order)) as SaveCost;
}

async function withHost<T>(measure: (save: Save) => Promise<T>): Promise<T> {
  return withServer(
    root,
    async folder => ({
      extensions: [await makeSaver(root, join(folder, 'saver'))],
      env: { [FOLDER_VARIABLE]: folder },
    }),
    async ({ folder, browser, server }) => {
      await new Workbench(await browser.newPage()).open(server.window());
      const facts = await waitUntil(
        'the saver in the extension host',
        () => readFile(join(folder, 'saver.json'), 'utf8').catch(() => undefined),
        undefined,
        60_000,
      );
      const { port } = JSON.parse(facts) as { port: number };
      return measure(async order => {
        const response = await fetch(`http://127.0.0.1:${port}`, {
          method: 'POST',
          body: JSON.stringify(order),
        });
        if (!response.ok) {
          throw new Error(await response.text());
        }
        return (await response.json()) as SaveCost;
      });
    },
  );
}
