import { commands as vscodeCommands, l10n, workspace, type TextDocument } from 'vscode';
import { storedPath } from '../host/clipUri.ts';
import type { Model } from '../gateway/models.ts';
import { messages } from '../host/messages.ts';
import { pathText } from '../host/pathText.ts';
import { shotUri } from '../host/shotPath.ts';
import { commands } from '../ids.ts';
import type { Shot as WrittenShot } from '../making/shotFile.ts';
import type { ShotToWrite } from '../making/shotWriter.ts';
import {
  FIRST_IMAGE,
  firstImageEdit,
  firstImageOf,
  newShotEdit,
  objectionToFrame,
  referenceEdit,
} from '../shots/firstImage.ts';
import { pathFrom } from '../shots/imageDrop.ts';
import { workspaceEdit } from '../shots/ranges.ts';
import { sectionsOf } from '../shots/sections.ts';
import type { Shots } from '../shots/shots.ts';
import type { Edit } from '../shots/textEdits.ts';
import { knownRequestOf } from '../tasks/request.ts';
import { shotName } from '../tasks/shot.ts';
import { promptOf, type Task } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import { friendlyModel } from '../views/shortText.ts';
import { titleOf } from '../views/taskText.ts';
import { keepFrame, type FrameKeeping } from './keepFrame.ts';
import { chooseShot, placeOf, type ShotPlace } from './shotTarget.ts';
import { goTo } from './shotVerbs.ts';

/** What the verbs need from outside. */
export interface LineageDependencies extends FrameKeeping {
  readonly shots: Shots;
  /** A model's row of the table. */
  readonly modelOf: (id: string) => Model | undefined;
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
  const { shots } = dependencies;
  const place = await placeIn(document, section, shots);
  const form = place && (await frameForm(place, dependencies));
  const path = form && (await framePath(task, document, dependencies));
  if (path === undefined) {
    return;
  }
  // Meanwhile the person may have gone on writing.
  const now = await placeIn(document, section, shots);
  if (!now) {
    return;
  }
  const { read, index } = now;
  const before = firstImageOf(read, index);
  const edit = form === 'first' ? firstImageEdit(read, index, path) : referenceEdit(read, index, path);
  const after = (await change(document, edit)) ? await placeIn(document, section, shots) : undefined;
  const shot = after?.read.file.shots[after.index];
  if (!shot) {
    return;
  }
  await goTo(document, shot.fields.get(form === 'first' ? FIRST_IMAGE : 'image_urls')?.span ?? startOf(shot));
  const [name, clip] = [nameIn(now), titleOf(task)];
  const text =
    form === 'reference'
      ? l10n.t('"{0}" has the last frame of "{1}" as its reference image.', name, clip)
      : before === undefined || before === path
        ? l10n.t('"{0}" starts from the last frame of "{1}".', name, clip)
        : l10n.t('"{0}" starts from the last frame of "{1}" instead of {2}.', name, clip, before);
  void messages.info(text);
}

/** A shot of a file that is open; `undefined` once a message has said that it is gone. */
async function placeIn(
  document: TextDocument,
  section: string,
  shots: Shots,
): Promise<ShotPlace | undefined> {
  const read = await (await shots.documents()).readWhole(document);
  const index = sectionsOf(read.file).indexOf(section);
  if (index < 0) {
    void messages.info(l10n.t('This shot is no longer in the file.'));
    return undefined;
  }
  return { document, read, index };
}

/** How a shot can take a frame, which the person decides where it has no first one; `undefined`: not at all, which a message says. */
async function frameForm(
  place: ShotPlace,
  { modelOf }: LineageDependencies,
): Promise<'first' | 'reference' | undefined> {
  const { document, read, index } = place;
  const objection = objectionToFrame(read, index, modelOf);
  if (!objection) {
    return 'first';
  }
  const show = l10n.t('Show Shot');
  const use = l10n.t('Use as Reference Image');
  const button =
    objection.why === 'noFrames'
      ? await messages.warning(
          l10n.t(
            '"{0}" uses {1}, which has no first frame, only reference images.',
            nameIn(place),
            friendlyModel(objection.model),
          ),
          use,
          show,
        )
      : await messages.warning(
          objection.why === 'noImages'
            ? l10n.t(
                '"{0}" uses {1}, which takes no images. Choose another model for it first.',
                nameIn(place),
                friendlyModel(objection.model),
              )
            : l10n.t(
                '"{0}" has reference images, which can\'t be combined with a first frame. Remove them first.',
                nameIn(place),
              ),
          show,
        );
  const shot = read.file.shots[index];
  if (button === show && shot) {
    const field = objection.why === 'references' ? 'image_urls' : 'model';
    const span = shot.fields.get(field)?.span;
    await goTo(document, span && span.end > 0 ? span : startOf(shot));
  }
  return button === use ? 'reference' : undefined;
}

async function addShot(task: Task, document: TextDocument, dependencies: LineageDependencies): Promise<void> {
  const path = await framePath(task, document, dependencies);
  if (path !== undefined) {
    const read = await (await dependencies.shots.documents()).readWhole(document);
    if (await change(document, newShotEdit(read, l10n.t('New Shot'), path))) {
      const end = document.getText().length;
      await goTo(document, { start: end, end });
    }
  }
}

/** A new file with the settings of the task, to be given a prompt. */
async function useInNewFile(task: Task, dependencies: LineageDependencies): Promise<void> {
  const frame = await keepFrame(task, dependencies);
  if (frame) {
    const { request = {} } = knownRequestOf(task) ?? {};
    const { model = task.model, resolution, aspect_ratio: ratio, duration } = request;
    const path = frame.scheme === 'file' ? frame.fsPath : frame.toString();
    await dependencies.openShot({
      request: { model, resolution, aspect_ratio: ratio, duration, [FIRST_IMAGE]: path },
    });
  }
}

/** Changes a shot file as the person would: it can be undone, and is saved when they save it. A message says where that cannot be. */
async function change(document: TextDocument, edit: Edit): Promise<boolean> {
  const isDone = await workspace.applyEdit(workspaceEdit(document, [edit]));
  if (!isDone) {
    void messages.error(l10n.t("Couldn't change {0}.", pathText(storedPath(document.uri))));
  }
  return isDone;
}

/** The last frame of a clip as a shot file names it; `undefined` once a message has said why that cannot be. */
async function framePath(
  task: Task,
  document: TextDocument,
  dependencies: LineageDependencies,
): Promise<string | undefined> {
  const frame = await keepFrame(task, dependencies);
  const path = frame && pathFrom(document.uri, frame);
  if (frame && path === undefined) {
    const text = l10n.t('{0} is on another computer than the shot file.', pathText(storedPath(frame)));
    void messages.error(text);
  }
  return path;
}
