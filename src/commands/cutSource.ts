import { l10n, Uri, window, workspace, type TextDocument } from 'vscode';
import { picksOfSelection, picksOfShots, type Picks } from '../cut/picks.ts';
import { messages } from '../host/messages.ts';
import { shotPath, shotUri } from '../host/shotPath.ts';
import { sectionsOf } from '../shots/sections.ts';
import { isShotDocument } from '../shots/shotDocuments.ts';
import type { Shots } from '../shots/shots.ts';
import { shotKeyOf } from '../shots/wishes.ts';
import type { TaskStore } from '../store/store.ts';
import { shotKey, shotName, type Shot } from '../tasks/shot.ts';
import type { Task } from '../tasks/task.ts';

/** What a cut is made from. */
export interface CutSource {
  /** What the cut is called, and its files. */
  readonly name: string;
  readonly picks: Picks;
  /** The shot file that it is made from; `undefined` for a selection. */
  readonly file: Uri | undefined;
  /** Where its files are offered to be written; `undefined` where a shot file is nowhere yet. */
  readonly folder: Uri | undefined;
}

/** What finding it needs from outside. */
export interface CutSourceServices {
  readonly shots: Shots;
  readonly store: Pick<TaskStore, 'list'>;
}

/**
 * What a command is to make a cut of: the shot file that it was called with, the tasks that it was called with or, without either,
 * the shot file in front, else the selection of the list. A single take stands for its shot file where that has picks. Says what is
 * wrong where there is nothing.
 */
export async function cutSource(
  given: unknown,
  tasks: readonly Task[] | undefined,
  selected: () => readonly Task[],
  services: CutSourceServices,
): Promise<CutSource | undefined> {
  const named = given instanceof Uri && given.scheme !== 'webview-panel' ? given : undefined;
  const document = named
    ? await workspace.openTextDocument(named)
    : tasks === undefined
      ? window.activeTextEditor?.document
      : undefined;
  if (document && isShotDocument(document)) {
    return cutOfDocument(document, services);
  }
  const chosen = tasks ?? selected();
  if (chosen.length === 0) {
    void messages.info(l10n.t('Open a shot file (.shot.md) or select clips in the list first.'));
    return undefined;
  }
  return (await cutOfTake(chosen, services)) ?? cutOfTasks(chosen, services);
}

/** One clip is no cut: what is meant is the film that it is part of. */
async function cutOfTake(
  [take, ...others]: readonly Task[],
  services: CutSourceServices,
): Promise<CutSource | undefined> {
  if (!take?.shotFile || others.length > 0) {
    return undefined;
  }
  const document = await documentOf(take.shotFile);
  const cut = document && (await cutOfDocument(document, services));
  return cut && cut.picks.tasks.length > 0 ? cut : undefined;
}

/** The cut of a shot file: the picks of its shots. */
export async function cutOfDocument(
  document: TextDocument,
  { shots, store }: CutSourceServices,
): Promise<CutSource> {
  const { uri } = document;
  const read = await (await shots.documents()).readWhole(document);
  const takesOf = await shots.takesIn(document, read);
  const path = shotPath(uri);
  const picks = picksOfShots(
    sectionsOf(read.file).map(section => shotKeyOf(uri, section)),
    ({ shot }) => takesOf(shot ?? '').tasks,
    path === null ? [] : store.list().filter(({ shotFile }) => shotFile === path),
  );
  return {
    name: shotName({ shotFile: uri.path, shot: null }),
    file: uri,
    folder: document.isUntitled ? undefined : Uri.joinPath(uri, '..'),
    picks,
  };
}

/** The cut of some clips. */
export async function cutOfTasks(tasks: readonly Task[], services: CutSourceServices): Promise<CutSource> {
  const files = [...new Set(tasks.map(({ shotFile }) => shotFile).filter(file => file !== null))];
  const order = new Map<string, number>();
  for (const file of files) {
    const document = await documentOf(file);
    const shots = document ? await shotsIn(document, services) : [];
    for (const [index, { shot }] of shots.entries()) {
      order.set(shotKey({ shotFile: file, shot }), index);
    }
  }
  const [only, ...others] = files;
  const name =
    only !== undefined && others.length === 0
      ? shotName({ shotFile: only, shot: null })
      : l10n.t('Selected Clips');
  return {
    name,
    file: undefined,
    folder: undefined,
    picks: picksOfSelection(tasks, (shot: Shot) => order.get(shotKey(shot))),
  };
}

async function shotsIn(document: TextDocument, { shots }: CutSourceServices): Promise<Shot[]> {
  const read = await (await shots.documents()).readWhole(document);
  return sectionsOf(read.file).map(section => shotKeyOf(document.uri, section));
}

/** A shot file that may be gone, or of another window: the takes then keep the order that they have. */
async function documentOf(file: string): Promise<TextDocument | undefined> {
  const uri = shotUri(file);
  try {
    return uri && (await workspace.openTextDocument(uri));
  } catch {
    return undefined;
  }
}
