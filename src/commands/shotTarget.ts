import {
  l10n,
  TabInputText,
  window,
  workspace,
  type QuickPickItem,
  type TextDocument,
  type Uri,
} from 'vscode';
import { shotPath, shotUri } from '../host/shotPath.ts';
import { readShotFile } from '../making/shotFile.ts';
import type { ReadShots } from '../shots/issues.ts';
import { sectionsOf } from '../shots/sections.ts';
import { MOST_FILES, SHOT_FILES, type Shots } from '../shots/shots.ts';
import { shotKeyOf } from '../shots/wishes.ts';
import { shotName, type Shot } from '../tasks/shot.ts';
import type { Task, TaskKey } from '../tasks/task.ts';

/** A shot in a file that is open. */
export interface ShotPlace {
  readonly document: TextDocument;
  readonly read: ReadShots;
  /** Its number in the file; -1 where it is no longer in it. */
  readonly index: number;
}

/** The shot that made a task, as it is written now, also where other programs have moved it; `undefined` where its file cannot be opened. */
export async function placeOf(
  { key }: Task,
  shots: Shots,
  find: (key: TaskKey) => Task | undefined,
): Promise<ShotPlace | undefined> {
  let document = await open(find(key));
  if (!document) {
    await shots.lookForMoved();
    document = await open(find(key));
  }
  if (!document) {
    return undefined;
  }
  const read = await (await shots.documents()).readWhole(document);
  const takesOf = await shots.takesIn(document, read);
  const index = sectionsOf(read.file).findIndex(section =>
    takesOf(section).tasks.some(one => one.key === key),
  );
  return { document, read, index };
}

async function open(task: Task | undefined): Promise<TextDocument | undefined> {
  const uri = task && task.shotFile !== null ? shotUri(task.shotFile) : undefined;
  try {
    return uri && (await workspace.openTextDocument(uri));
  } catch {
    // It is gone, or its machine is.
    return undefined;
  }
}

/** What a person has chosen. */
export type ChosenShot = 'newFile' | { readonly uri: Uri; readonly section: string };

interface ShotItem extends QuickPickItem {
  readonly chosen: ChosenShot;
}

/** A shot as it is written in a file of the workspace, or of an editor. */
interface WrittenShot {
  readonly uri: Uri;
  readonly section: string;
  /** How it is known with its takes. */
  readonly shot: Shot;
}

/** Lets the person choose a shot of the files that are open or in the workspace, those of `first` first. */
export async function chooseShot(
  title: string,
  shots: Shots,
  first: string | null,
): Promise<ChosenShot | undefined> {
  const items = (await shotsOfWorkspace(shots, first)).map(({ uri, section }): ShotItem => ({
    label: shotName({ shotFile: uri.path, shot: section === '' ? null : section }),
    description: workspace.asRelativePath(uri),
    chosen: { uri, section },
  }));
  const chosen = await window.showQuickPick<ShotItem>(
    [{ label: l10n.t('New Shot File…'), alwaysShow: true, chosen: 'newFile' }, ...items],
    { title, placeHolder: l10n.t('Select a shot'), matchOnDescription: true },
  );
  return chosen?.chosen;
}

/** The shot files that a person has in front of them; VS Code keeps closed ones for a while. */
async function openFiles(shots: Shots): Promise<TextDocument[]> {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs.map(tab => tab.input));
  const open = new Set(tabs.flatMap(one => (one instanceof TabInputText ? [one.uri.toString()] : [])));
  return (await shots.documents()).all().filter(({ uri, isDirty }) => isDirty || open.has(uri.toString()));
}

/** The shots of all files that are open or in the workspace, in their order, those of `first` first. */
export async function shotsOfWorkspace(shots: Shots, first: string | null): Promise<WrittenShot[]> {
  const documents = await openFiles(shots);
  const texts = new Map(documents.map(one => [one.uri.toString(), one.getText()]));
  const files = await workspace.findFiles(SHOT_FILES, '**/node_modules/**', MOST_FILES);
  const uris = new Map(files.map(uri => [uri.toString(), uri]));
  for (const { uri } of documents) {
    uris.set(uri.toString(), uri);
  }
  const inOrder = [...uris.values()].sort(
    (a, b) => Number(shotPath(b) === first) - Number(shotPath(a) === first) || a.path.localeCompare(b.path),
  );
  const found = await Promise.all(
    inOrder.map(async uri => {
      const text = texts.get(uri.toString()) ?? (await textOf(uri));
      return sectionsOf(readShotFile(text)).map(section => ({
        uri,
        section,
        shot: shotKeyOf(uri, section),
      }));
    }),
  );
  return found.flat();
}

async function textOf(uri: Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    // Gone since it was found.
    return '';
  }
}
