import { commands as vscodeCommands, env, l10n, Uri, window } from 'vscode';
import { messages } from '../host/messages.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { pathText } from '../host/pathText.ts';
import { learnReach } from '../host/reach.ts';
import { setSaveFolder } from '../host/saveFolder.ts';
import { commands } from '../ids.ts';
import { CLIP_ENDINGS, endingIn, mediumOfFile, withoutEnding } from '../tasks/clipKind.ts';
import { mediumOf, type Medium } from '../tasks/family.ts';
import type { Operations } from '../store/operations.ts';
import type { TaskStore } from '../store/store.ts';
import {
  hasLink,
  FOLDER_PROBLEMS,
  isBeingSaved,
  isLocatable,
  isSavable,
  type Task,
  type TaskKey,
} from '../tasks/task.ts';
import { plain } from '../base/plainText.ts';
import { saveProblemText } from '../views/stateWords.ts';
import { nameOf } from '../views/names.ts';
import { helpsFor, type Action } from '../views/taskHelp.ts';
import { canReach, openFolder, showLocation } from './fileLocation.ts';
import { followSaving } from './savingProgress.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands depend on. */
export interface FileCommandDependencies {
  readonly store: TaskStore;
  readonly operations: Operations;
  /** The folder that this window saves clips to. */
  readonly saveFolder: () => Uri;
  /** The file name for a clip, without extension. */
  readonly fileNameOf: (task: Task) => Promise<string>;
  /** Checks whether a saved file still exists, and updates the task if not. */
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

/** What results are until something else comes. */
const USUAL_ENDINGS: Readonly<Record<Medium, string>> = { video: 'mp4', image: 'png', audio: 'mp3' };

/** The commands on the files of clips. */
export function registerFileCommands(on: TaskCommands, dependencies: FileCommandDependencies): void {
  const { store, operations } = dependencies;
  const isSaved = (task: Task): boolean => task.file === 'saved';

  on.onTasks(commands.saveNow, l10n.t('Save Now'), isSavable, save);
  on.onTasks(commands.retrySave, l10n.t('Retry Save'), isSavable, save);
  // Saving a clip whose link has expired starts by requesting a new one from the gateway.
  on.onTasks(commands.requestLink, l10n.t('Request New Link'), isSavable, save);
  on.onTasks(
    commands.saveAs,
    l10n.t('Save As'),
    task => isSaved(task) || isSavable(task),
    async tasks => {
      const [only, ...others] = tasks;
      await (only && others.length === 0
        ? saveAs(only)
        : (await import('./saveClipsAs.ts')).saveClipsAs(tasks, dependencies));
    },
  );
  on.onTasks(commands.stopSaving, l10n.t('Stop Saving'), isBeingSaved, tasks => {
    operations.together(() => {
      for (const task of tasks) {
        operations.stopSaving(task.key);
      }
    });
  });
  on.onTask(commands.openExternally, l10n.t('Open in System Player'), isSaved, withFile(openExternally));
  on.onTask(commands.openFolder, l10n.t('Open Containing Folder'), isSaved, withFile(openFolder));
  on.onTasks(
    commands.copyPath,
    l10n.t('Copy File Path'),
    task => task.filePath !== null,
    async tasks => env.clipboard.writeText(tasks.map(task => task.filePath).join('\n')),
  );
  on.onTasks(commands.copyLink, l10n.t('Copy Video Link'), hasLink, async tasks =>
    env.clipboard.writeText(tasks.map(task => task.videoUrl).join('\n')),
  );
  on.onTask(commands.openLink, l10n.t('Open Link'), hasLink, async task => {
    await env.openExternal(Uri.parse(task.videoUrl ?? '', true));
  });
  on.onTask(commands.locate, l10n.t('Locate File'), isLocatable, locate);
  on.on(commands.chooseFolder, chooseFolder);

  async function save(tasks: readonly Task[]): Promise<void> {
    const wanted = operations.together(() => tasks.filter(task => operations.save(task.key)));
    const [only] = wanted;
    // The progress of several is shown in their rows.
    if (only && wanted.length === 1) {
      reportOutcome(only, await followSaving(only, store, operations));
    }
  }

  /** Saves an unsaved clip to a file that the user chooses, or copies a saved one there. */
  async function saveAs(task: Task): Promise<void> {
    const isHere = task.file === 'saved' && task.filePath !== null;
    const medium = isHere ? mediumOfFile(task.filePath) : mediumOf(task.model);
    const ending = (isHere && endingIn(task.filePath)) || USUAL_ENDINGS[medium];
    const name = `${await dependencies.fileNameOf(task)}.${ending}`;
    const target = await window.showSaveDialog({
      title: l10n.t('Save As'),
      defaultUri: Uri.joinPath(dependencies.saveFolder(), name),
      filters: { [mediumText(medium)]: [ending] },
    });
    const current = target && store.get(task.key);
    if (!target || !current) {
      return;
    }
    if (current.file === 'saved' && current.filePath !== null) {
      const { copyOver } = await import('../host/newFile.ts');
      await copyOver(clipUri(current.filePath), target);
      return;
    }
    learnReach(target);
    // The dialog has already confirmed replacing an existing file: only this version of it may be replaced.
    const { remoteFiles } = await import('../host/remoteFiles.ts');
    const saveReplaces = await remoteFiles.versionOf(target.toString()).catch(() => undefined);
    const { safeName } = await import('../saving/fileName.ts');
    const folder = Uri.joinPath(target, '..');
    const as = {
      saveFolder: storedPath(folder),
      saveName: safeName(withoutEnding(target.path.split('/').at(-1) ?? name)),
      saveReplaces: saveReplaces ?? null,
    };
    if (operations.save(task.key, as)) {
      reportOutcome(current, await followSaving(current, store, operations));
    }
  }

  async function locate(task: Task): Promise<void> {
    const [file] =
      (await window.showOpenDialog({
        title: l10n.t('Locate the file for "{0}"', nameOf(task)),
        openLabel: l10n.t('Use This File'),
        defaultUri: dependencies.saveFolder(),
        filters: { [l10n.t('Video')]: [...CLIP_ENDINGS] },
      })) ?? [];
    if (file) {
      operations.relocate(task.key, storedPath(file));
    }
  }

  /** Changes the save folder, and at once retries clips that could not be saved to the previous one. */
  async function chooseFolder(): Promise<void> {
    const [folder] =
      (await window.showOpenDialog({
        title: l10n.t('Choose a folder for saved clips'),
        openLabel: l10n.t('Select Folder'),
        defaultUri: dependencies.saveFolder(),
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    if (folder) {
      operations.retryAll(FOLDER_PROBLEMS, { saveFolder: await setSaveFolder(folder) });
    }
  }

  /** Runs on the file of a clip if it still exists; otherwise updates the task, and offers what can be done. */
  function withFile(run: (file: Uri, task: Task) => Promise<void>): (task: Task) => Promise<void> {
    return async task => {
      await dependencies.lookForFile(task.key);
      const current = store.get(task.key);
      if (current?.file === 'saved' && current.filePath !== null) {
        operations.markSeen(current.key);
        await run(clipUri(current.filePath), current);
      } else if (current) {
        offerHelp(current);
      }
    };
  }
}

function mediumText(medium: Medium): string {
  switch (medium) {
    case 'video':
      return l10n.t('Video');
    case 'image':
      return l10n.t('Image');
    case 'audio':
      return l10n.t('Audio');
  }
}

/** Shows that a clip's file no longer exists, with the actions that can help. */
export function offerHelp(task: Task): void {
  const message = l10n.t(
    'The file for "{0}" no longer exists: {1}',
    nameOf(task),
    plain(pathText(task.filePath ?? '')),
  );
  offer(messages.warning, message, ...helpsFor(task, Date.now()));
}

/** Shows how a save that the user requested ended: regular notifications would come only after several attempts, or not again. */
function reportOutcome(before: Task, after: Task | undefined): void {
  if (after?.file === 'saved' && before.told === 'ended') {
    offer(messages.info, l10n.t('"{0}" is saved.', nameOf(after)), [
      l10n.t('Preview'),
      commands.preview,
      after.key,
    ]);
  } else if (after?.file === 'failed' || after?.file === 'expired') {
    const why = saveProblemText(after.saveProblem, after.saveProblemText ?? '');
    const message = l10n.t('"{0}" couldn\'t be saved. {1}', nameOf(after), why);
    const helps = helpsFor(after, Date.now()).slice(0, 1);
    offer(messages.warning, message, ...helps, [l10n.t('Show Details'), commands.showDetails, after.key]);
  }
}

/** Shows a message with buttons, and runs the chosen command. Does not wait for it. */
function offer(show: typeof messages.info, message: string, ...actions: readonly Action[]): void {
  void show(message, ...actions.map(([title]) => title)).then(chosen => {
    const action = actions.find(([title]) => title === chosen);
    if (action) {
      void vscodeCommands.executeCommand(action[1], action[2]);
    }
  });
}

async function openExternally(file: Uri): Promise<void> {
  if (!canReach(file) || !(await env.openExternal(file))) {
    await showLocation(file);
  }
}
