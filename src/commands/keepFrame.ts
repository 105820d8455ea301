import { l10n, ProgressLocation, window, type Uri } from 'vscode';
import { messageOf } from '../base/errors.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import { messages } from '../host/messages.ts';
import { pathText } from '../host/pathText.ts';
import type { FrameReading } from '../preview/frameReading.ts';
import { keepLastFrame } from '../preview/saveFrame.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';

/** What keeping a frame needs from outside. */
export interface FrameKeeping {
  readonly store: TaskStore;
  readonly frames: Pick<FrameReading, 'read'>;
  /** Has a clip's file looked for, so that the list says the same. */
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

/** Keeps the last frame of a clip next to it, and which clip it is from; `undefined` once a message has said why that failed. */
export async function keepFrame(
  task: Task,
  { store, frames, lookForFile }: FrameKeeping,
): Promise<Uri | undefined> {
  const path = task.filePath ?? '';
  if ((await isThere(path)) === false) {
    await lookForFile(task.key);
    void messages.error(l10n.t('The file of "{0}" wasn\'t found: {1}', nameOf(task), pathText(path)));
    return undefined;
  }
  const options = { location: ProgressLocation.Window, title: l10n.t('Reading the last frame') };
  try {
    const clip = clipUri(path);
    const { signal } = new AbortController();
    const png = await window.withProgress(options, () => frames.read(clip, 'last', 'png', signal));
    const frame = await keepLastFrame(clip, png);
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
