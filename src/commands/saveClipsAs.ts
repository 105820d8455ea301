import { l10n, ProgressLocation, window, type Uri } from 'vscode';
import { messageOf } from '../base/errors.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { messages } from '../host/messages.ts';
import { learnReach } from '../host/reach.ts';
import type { Operations } from '../store/operations.ts';
import type { Task } from '../tasks/task.ts';
import { endingIn } from '../tasks/clipKind.ts';
import { nameOf } from '../views/names.ts';

/** What `saveClipsAs` depends on. */
export interface SaveClipsServices {
  readonly operations: Operations;
  /** The initial folder of the dialog. */
  readonly saveFolder: () => Uri;
  /** The file name for a clip, without extension. */
  readonly fileNameOf: (task: Task) => Promise<string>;
}

/**
 * Lets the user choose a folder, copies the saved clips there without replacing files, and saves the unsaved ones there. Shows the
 * number of clips, or what went wrong.
 */
export async function saveClipsAs(tasks: readonly Task[], services: SaveClipsServices): Promise<void> {
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t('Choose a folder for {0} clips', tasks.length),
      openLabel: l10n.t('Select Folder'),
      defaultUri: services.saveFolder(),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!folder) {
    return;
  }
  const [saved, unsaved] = [tasks.filter(isSaved), tasks.filter(task => !isSaved(task))];
  if (unsaved.length > 0) {
    learnReach(folder);
    const as = { saveFolder: storedPath(folder), saveName: null, saveReplaces: null };
    services.operations.together(() => unsaved.map(task => services.operations.save(task.key, as)));
  }
  if (saved.length > 0) {
    const title = l10n.t('Saving {0} clips…', saved.length);
    const failures = await window.withProgress({ location: ProgressLocation.Notification, title }, () =>
      copyAll(saved, folder, services),
    );
    reportResult(saved.length - failures.length, folder, failures);
  }
}

interface Failure {
  readonly task: Task;
  readonly why: string;
}

/** Copies one clip after the other, because they share a disk. */
async function copyAll(
  saved: readonly Task[],
  folder: Uri,
  { fileNameOf }: SaveClipsServices,
): Promise<readonly Failure[]> {
  const { copyNew } = await import('../host/newFile.ts');
  const failures: Failure[] = [];
  for (const task of saved) {
    try {
      const path = task.filePath ?? '';
      await copyNew(clipUri(path), folder, await fileNameOf(task), endingIn(path) || 'mp4');
    } catch (error) {
      failures.push({ task, why: messageOf(error) });
    }
  }
  return failures;
}

function reportResult(count: number, folder: Uri, failures: readonly Failure[]): void {
  const [first] = failures;
  if (!first) {
    void messages.info(l10n.t('{0} clips saved to {1}.', count, storedPath(folder)));
    return;
  }
  const why = l10n.t('"{0}" couldn\'t be saved. {1}', nameOf(first.task), first.why);
  void messages.warning(
    failures.length === 1 ? why : l10n.t("{0} clips couldn't be saved. {1}", failures.length, why),
  );
}

function isSaved({ file, filePath }: Task): boolean {
  return file === 'saved' && filePath !== null;
}
