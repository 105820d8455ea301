import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Task } from '../../src/tasks/task.ts';
import type { ClipName } from '../fixtures/clips/clips.ts';
import { waitUntil, type RemoteWorkbench } from '../vscode/bridgeClient.ts';
import { savedClip, type Role } from './cast.ts';
import { VIEW, type Stage } from './stage.ts';

/** A shot file with numbered shots in a folder of its own, and what a person does with its cut. */
export interface CutStage {
  readonly folder: () => string;
  /** A picked take of the shot with a number, whose clip is saved. */
  readonly take: (number: number, clip: ClipName, facts?: Partial<Task>) => Role;
  /** Opens the file with so many shots. */
  readonly openFile: (count: number) => Promise<void>;
  readonly untilRows: (count: number) => Promise<void>;
  /** Has these formats chosen in the dialog, and no others; then takes the folder that is offered: that of the file. */
  readonly choose: (...formats: readonly string[]) => Promise<void>;
  /** What is in the folder. */
  readonly files: () => string[];
}

export function cutStage(window: RemoteWorkbench, stage: () => Stage): CutStage {
  const folder = (): string => join(stage().clips, 'cut');
  return {
    folder,
    take: (number, clip, facts = {}) =>
      savedClip(stage(), `shot ${number} take`, clip, {
        shotFile: join(folder(), 'film.shot.md'),
        shot: `shot ${number}`,
        take: 1,
        verdict: 'picked',
        note: number === 2 ? 'Best light' : null,
        ...facts,
      }),
    openFile: async count => {
      mkdirSync(folder(), { recursive: true });
      const shots = Array.from({ length: count }, (_, index) => `## shot ${index + 1}\n\nA shot.\n`);
      const path = join(folder(), 'film.shot.md');
      writeFileSync(path, `---\nmodel: veo_3_1_fast\n---\n\n${shots.join('\n')}`);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(path));
    },
    untilRows: async count => {
      await waitUntil('the rows', async () => (await window.treeRows(VIEW)).length === count || undefined);
    },
    choose: async (...formats) => {
      await chooseFormats(window, formats, `${folder()}/`);
    },
    files: () => readdirSync(folder()).toSorted(),
  };
}

/** Has these formats chosen in the dialog, where others may be from before, and takes the folder, which is the one that is offered. */
export async function chooseFormats(
  window: RemoteWorkbench,
  formats: readonly string[],
  folder: string,
): Promise<void> {
  const { items } = await window.quickInput('Export the Cut');
  for (const { label } of items.filter(item => item.isChecked !== formats.includes(item.label))) {
    await window.pickRow(label);
  }
  await window.acceptQuickInput();
  await waitUntil(
    'the dialog to stand at the folder',
    async () => {
      const { isBusy, value } = await window.quickInput('Choose a folder for the cut');
      return (!isBusy && value === folder) || undefined;
    },
    async () => (await window.quickInput('Choose a folder for the cut')).value,
  );
  await window.acceptFileDialog('Choose a folder for the cut');
}
