import {
  commands as vscodeCommands,
  l10n,
  ProgressLocation,
  window,
  workspace,
  type TextDocument,
  type Uri,
} from 'vscode';
import { messageOf } from '../base/errors.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { messages } from '../host/messages.ts';
import { pathText } from '../host/pathText.ts';
import { shotUri } from '../host/shotPath.ts';
import { commands } from '../ids.ts';
import type { Shot as WrittenShot } from '../making/shotFile.ts';
import type { ShotToWrite } from '../making/shotWriter.ts';
import { keepLastFrame } from '../preview/saveFrame.ts';
import { FIRST_IMAGE, firstImageEdit, newShotEdit } from '../shots/firstImage.ts';
import { pathFrom } from '../shots/imageDrop.ts';
import type { ReadShots } from '../shots/issues.ts';
import { workspaceEdit } from '../shots/ranges.ts';
import { sectionsOf } from '../shots/sections.ts';
import type { Shots } from '../shots/shots.ts';
import type { Edit } from '../shots/textEdits.ts';
import type { TaskStore } from '../store/store.ts';
import { knownRequestOf } from '../tasks/request.ts';
import { shotName } from '../tasks/shot.ts';
import { promptOf, type Task, type TaskKey } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import { titleOf } from '../views/taskText.ts';
import { chooseShot, placeOf, type ShotPlace } from './shotTarget.ts';
import { goTo } from './shotVerbs.ts';

/** What the verbs need from outside. */
export interface LineageDependencies {
  readonly store: TaskStore;
  readonly shots: Shots;
  /** The last frame of a task's clip, as PNG. */
  readonly lastFrameOf: (key: TaskKey) => Promise<Uint8Array>;
  readonly openShot: (shot: ShotToWrite) => Promise<void>;
}

/** Has the shot after the one that made a clip start from the clip's last frame; a person chooses where there is no such shot. */
export async function useInNextShot(task: Task, dependencies: LineageDependencies): Promise<void> {
  const place = await placeOf(task, dependencies.shots, key => dependencies.store.get(key));
  if (!place || place.index < 0) {
    await useAsFirst(task, dependencies);
    return;
  }
  const { document, read, index } = place;
  const next = sectionsOf(read.file)[index + 1];
  if (next !== undefined) {
    await useIn(task, document, next, dependencies);
    return;
  }
  const isOnly = read.file.shots[index]?.heading === null;
  const add = isOnly ? l10n.t('New Shot File') : l10n.t('Add Shot');
  const choose = l10n.t('Choose Shot…');
  const text = isOnly
    ? l10n.t('"{0}" is the only shot in its file.', nameIn(place))
    : l10n.t('"{0}" is the last shot in its file.', nameIn(place));
  const button = await messages.info(text, add, choose);
  if (button === choose) {
    await useAsFirst(task, dependencies);
  } else if (button === add && isOnly) {
    await useInNewFile(task, dependencies);
  } else if (button === add) {
    await addShot(task, document, dependencies);
  }
}

/** Has a shot that the person chooses start from the last frame of a clip. */
export async function useAsFirst(task: Task, dependencies: LineageDependencies): Promise<void> {
  const title = l10n.t('Use the Last Frame of "{0}" in', titleOf(task));
  const chosen = await chooseShot(title, dependencies.shots, task.shotFile);
  if (chosen === 'newFile') {
    await useInNewFile(task, dependencies);
  } else if (chosen) {
    const document = await workspace.openTextDocument(chosen.uri);
    await useIn(task, document, chosen.section, dependencies);
  }
}

/** Goes to the shot that made a task, and says when its prompt is another now. */
export async function showInShotFile(task: Task, { shots, store }: LineageDependencies): Promise<void> {
  const place = await placeOf(task, shots, key => store.get(key));
  if (!place) {
    const file = task.shotFile ?? '';
    const text = shotUri(file)
      ? l10n.t("The shot file {0} wasn't found.", file)
      : l10n.t("The shot file {0} is in a folder that isn't open in this window.", file);
    void messages.warning(text);
    return;
  }
  const { document, read, index } = place;
  const shot = read.file.shots[index];
  await goTo(document, shot ? startOf(shot) : { start: 0, end: 0 });
  if (!shot) {
    void messages.info(l10n.t('The shot "{0}" is no longer in this file.', shotName(task)));
  } else if (hasChanged(task, shot)) {
    const details = l10n.t('Show Details');
    const text = l10n.t('The prompt has changed since "{0}" was made.', nameOf(task));
    if ((await messages.info(text, details)) === details) {
      await vscodeCommands.executeCommand(commands.showDetails, task.key);
    }
  }
}

function startOf({ heading, headingSpan, promptSpan }: WrittenShot): WrittenShot['headingSpan'] {
  return heading === null ? promptSpan : headingSpan;
}

/** Whether none of a shot's videos has the prompt of a task; nobody knows while there are mistakes in the shot. */
function hasChanged(task: Task, { videos }: WrittenShot): boolean {
  const made = plainText(promptOf(task) ?? '');
  return (
    made !== '' &&
    videos.length > 0 &&
    videos.every(({ request }) => plainText(String(request.prompt)) !== made)
  );
}

function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

function nameIn({ document, read, index }: ShotPlace): string {
  const section = sectionsOf(read.file)[index] ?? '';
  return shotName({ shotFile: document.uri.path, shot: section === '' ? null : section });
}

async function useIn(
  task: Task,
  document: TextDocument,
  section: string,
  dependencies: LineageDependencies,
): Promise<void> {
  const path = await framePath(task, document, dependencies);
  if (path === undefined) {
    return;
  }
  await change(document, dependencies.shots, read => {
    const index = sectionsOf(read.file).indexOf(section);
    return index < 0 ? undefined : firstImageEdit(read, index, path);
  });
  const read = await (await dependencies.shots.documents()).readWhole(document);
  const index = sectionsOf(read.file).indexOf(section);
  const shot = read.file.shots[index];
  if (!shot) {
    void messages.info(l10n.t('This shot is no longer in the file.'));
    return;
  }
  await goTo(document, shot.fields.get(FIRST_IMAGE)?.span ?? startOf(shot));
  void messages.info(
    l10n.t('"{0}" starts from the last frame of "{1}".', nameIn({ document, read, index }), titleOf(task)),
  );
}

async function addShot(task: Task, document: TextDocument, dependencies: LineageDependencies): Promise<void> {
  const path = await framePath(task, document, dependencies);
  if (path !== undefined) {
    await change(document, dependencies.shots, read => newShotEdit(read, l10n.t('New Shot'), path));
    const end = document.getText().length;
    await goTo(document, { start: end, end });
  }
}

/** A new file with the settings of the task, to be given a prompt. */
async function useInNewFile(task: Task, dependencies: LineageDependencies): Promise<void> {
  const frame = await frameOf(task, dependencies);
  if (frame) {
    const { request = {} } = knownRequestOf(task) ?? {};
    const { model = task.model, resolution, aspect_ratio: ratio, duration } = request;
    const path = frame.scheme === 'file' ? frame.fsPath : frame.toString();
    await dependencies.openShot({
      request: { model, resolution, aspect_ratio: ratio, duration, [FIRST_IMAGE]: path },
    });
  }
}

/** Changes a shot file as the person would: it can be undone, and is saved when they save it. */
async function change(
  document: TextDocument,
  shots: Shots,
  editOf: (read: ReadShots) => Edit | undefined,
): Promise<void> {
  const edit = editOf(await (await shots.documents()).readWhole(document));
  if (edit) {
    await workspace.applyEdit(workspaceEdit(document, [edit]));
  }
}

/** The last frame of a clip as a shot file names it; `undefined` once a message has said why that cannot be. */
async function framePath(
  task: Task,
  document: TextDocument,
  dependencies: LineageDependencies,
): Promise<string | undefined> {
  const frame = await frameOf(task, dependencies);
  const path = frame && pathFrom(document.uri, frame);
  if (frame && path === undefined) {
    const text = l10n.t('{0} is on another computer than the shot file.', pathText(storedPath(frame)));
    void messages.error(text);
  }
  return path;
}

/** Keeps the last frame of a clip next to it, and which clip it is from; `undefined` once a message has said why that failed. */
async function frameOf(task: Task, { store, lastFrameOf }: LineageDependencies): Promise<Uri | undefined> {
  try {
    const options = { location: ProgressLocation.Window, title: l10n.t('Reading the last frame') };
    const png = await window.withProgress(options, () => lastFrameOf(task.key));
    const frame = await keepLastFrame(clipUri(task.filePath ?? ''), png);
    if (!store.isReadOnly) {
      store.takes.noteFrame(storedPath(frame), { gateway: task.gateway, id: task.id, at: null });
    }
    return frame;
  } catch (error) {
    const text = l10n.t('Couldn\'t save the last frame of "{0}": {1}', nameOf(task), messageOf(error));
    void messages.error(text);
    return undefined;
  }
}
