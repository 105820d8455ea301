import { commands as vscodeCommands, env, l10n, ViewColumn, window } from 'vscode';
import { clipUri } from '../host/clipUri.ts';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { Preview } from '../preview/panel.ts';
import type { Operations } from '../store/operations.ts';
import { isImageOrAudio } from '../tasks/clipKind.ts';
import { removalOf, type Removal } from '../tasks/removal.ts';
import { standInOf } from '../tasks/standIn.ts';
import type { TaskStore } from '../store/store.ts';
import { isFinal, isUnseen, type Task } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import { offerHelp } from './fileCommands.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands depend on. */
export interface TaskCommandDependencies {
  readonly store: TaskStore;
  readonly operations: Operations;
  readonly preview: Preview;
  readonly showLog: () => void;
  readonly extensionId: string;
}

/** The commands on tasks themselves. */
export function registerTaskCommands(on: TaskCommands, dependencies: TaskCommandDependencies): void {
  const { store, operations, preview } = dependencies;
  const any = (): boolean => true;

  on.onTask(
    commands.preview,
    l10n.t('Preview'),
    task => task.file === 'saved',
    task => {
      if (task.file === 'missing') {
        offerHelp(task);
        return;
      }
      if (openInViewer(task, ViewColumn.Active)) {
        return;
      }
      // For a task without a clip the focus stays in the list, so that arrow keys go on to the next one.
      preview.show(task.key, task.file !== 'saved');
    },
  );
  on.onTask(
    commands.previewToSide,
    l10n.t('Preview to the Side'),
    task => task.file === 'saved',
    task => {
      if (!openInViewer(task, ViewColumn.Beside)) {
        preview.showToSide(task.key);
      }
    },
  );
  on.onTask(commands.showDetails, l10n.t('Show Details'), any, task => {
    preview.showDetails(task.key);
  });
  on.onTask(commands.rename, l10n.t('Rename'), any, rename, renameIntent);
  on.onTasks(commands.copyId, l10n.t('Copy Task ID'), any, async tasks =>
    env.clipboard.writeText(tasks.map(task => task.id).join('\n')),
  );
  on.onTasks(commands.refresh, l10n.t('Refresh'), any, tasks => {
    warnIfPaused();
    operations.together(() => {
      for (const task of tasks) {
        operations.refresh(task.key);
      }
    });
  });
  on.onTasks(commands.remove, l10n.t('Remove from List'), any, remove, commands.cancelVideo);
  on.on(commands.refreshAll, () => {
    warnIfPaused();
    const open = store.list().filter(task => task.nextPollAt !== null || !isFinal(task.generation));
    operations.together(() => {
      for (const task of open) {
        operations.refresh(task.key);
      }
    });
  });
  on.on(commands.removeFailed, () => {
    operations.forget(
      store
        .list()
        .filter(({ generation }) => generation === 'failed' || generation === 'cancelled')
        .map(task => task.key),
    );
  });
  on.on(commands.markAllViewed, () => {
    operations.together(() => {
      for (const task of store.list().filter(isUnseen)) {
        operations.markSeen(task.key);
      }
    });
  });
  on.on(commands.showLog, dependencies.showLog);
  on.on(commands.openSettings, setting =>
    vscodeCommands.executeCommand(
      'workbench.action.openSettings',
      typeof setting === 'string' ? setting : `@ext:${dependencies.extensionId}`,
    ),
  );

  /** VS Code's own viewers show images and play audio. Gives whether it is one of these. */
  function openInViewer({ key, file, filePath }: Task, column: ViewColumn): boolean {
    if (file !== 'saved' || filePath === null || !isImageOrAudio(filePath)) {
      return false;
    }
    void vscodeCommands.executeCommand('vscode.open', clipUri(filePath), column);
    operations.markSeen(key);
    return true;
  }

  /** A refresh takes effect as soon as polling is possible. If the user must act first, shows how. */
  function warnIfPaused(): void {
    const holding = store.pauses
      .list()
      .filter(({ reason }) => reason === 'person' || reason === 'noKey' || reason === 'keyUnreadable');
    if (holding.length > 0) {
      const isPersons = holding.some(pause => pause.reason === 'person');
      const action = isPersons ? l10n.t('Resume Polling') : l10n.t('Set API Key…');
      const message = isPersons
        ? l10n.t('Polling is paused. Resume to get updates.')
        : l10n.t('Polling is paused until you set a valid API key.');
      void messages.info(message, action).then(chosen => {
        if (chosen === action) {
          void vscodeCommands.executeCommand(isPersons ? commands.resumePolling : commands.setKey);
        }
      });
    }
  }

  async function rename(task: Task): Promise<void> {
    const label = await promptForName(task);
    if (label !== undefined) {
      operations.rename(task.key, label);
    }
  }

  /** A video that is no task yet has the name that its task will have. */
  async function renameIntent(id: string): Promise<void> {
    const intent = store.intents.get(id);
    const label = intent && (await promptForName(standInOf(intent)));
    if (label !== undefined) {
      operations.renameIntent(id, label);
    }
  }

  async function remove(tasks: Task[]): Promise<void> {
    const [only] = tasks;
    if (!only) {
      return;
    }
    const detail = lossText(removalOf(tasks));
    // Removing failed or cancelled tasks loses nothing.
    if (detail === '') {
      operations.forget(tasks.map(task => task.key));
      return;
    }
    const message =
      tasks.length === 1
        ? l10n.t('Remove "{0}" from the list?', nameOf(only))
        : l10n.t('Remove {0} tasks from the list?', tasks.length);
    const confirmed = l10n.t('Remove');
    if ((await messages.warning(message, { modal: true, detail }, confirmed)) === confirmed) {
      operations.forget(tasks.map(task => task.key));
    }
  }
}

/** The new name of a task; `undefined`: it stays as it is. */
async function promptForName(task: Task): Promise<string | undefined> {
  // VS Code selects it, so that typing replaces it.
  const before = task.label ?? nameOf(task);
  const label = await window.showInputBox({
    title: l10n.t('Rename "{0}"', nameOf(task)),
    prompt: l10n.t(
      "Shown in the list and used for the file name if the clip isn't saved yet. Leave empty to reset.",
    ),
    value: before,
  });
  return label === before ? undefined : label;
}

/** What is lost when tasks are removed; '' if nothing is. */
function lossText({ unsaved, inProgress, saved }: Removal): string {
  const sentences = [
    unsaved === 1 && l10n.t("1 clip hasn't been saved and can't be recovered after removal."),
    unsaved > 1 && l10n.t("{0} clips haven't been saved and can't be recovered after removal.", unsaved),
    inProgress === 1 && l10n.t('1 task is still in progress.'),
    inProgress > 1 && l10n.t('{0} tasks are still in progress.', inProgress),
    saved > 0 && l10n.t('Saved files are not deleted.'),
  ];
  return sentences.filter(sentence => sentence !== false).join(' ');
}
