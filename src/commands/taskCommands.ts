import { commands as vscodeCommands, env, l10n, UIKind, Uri, window, workspace } from 'vscode';
import { dirname } from 'node:path';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { commands, type CommandId } from '../ids.ts';
import type { Preview } from '../preview/panel.ts';
import type { Operations } from '../tasks/operations.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { plain } from '../views/plainText.ts';
import { factsOf, iconOf, nameOf, stateOf } from '../views/taskText.ts';

/** What the commands need from outside. */
export interface TaskCommandDependencies {
  readonly store: TaskStore;
  readonly operations: Operations;
  readonly preview: Preview;
  /** The rows selected in the list. */
  readonly selection: () => readonly TaskKey[];
  readonly showLog: () => void;
}

/**
 * The verbs on tasks. Called with a row they take it, or the selection it is part of; called without, those for several
 * tasks take the list's selection, and all others ask which task.
 */
export function registerTaskCommands(dependencies: TaskCommandDependencies): Disposable {
  const { store, operations, preview } = dependencies;
  const registered = new DisposableStore();

  onTask(
    commands.preview,
    task => task.file === 'saved',
    task => {
      preview.show(task.key);
    },
  );
  onTask(commands.openFolder, task => task.filePath !== null, openFolder);
  onTask(commands.showDetails, () => true, showDetails);
  onTask(
    commands.copyId,
    () => true,
    async task => env.clipboard.writeText(task.id),
  );
  onTask(
    commands.retrySave,
    task => task.videoUrl !== null && task.file !== 'saved',
    task => {
      operations.retrySave(task.key);
    },
  );
  onTasks(commands.refresh, tasks => {
    sayIfPaused();
    for (const task of tasks) {
      operations.refresh(task.key);
    }
  });
  onTasks(commands.remove, remove);
  register(commands.refreshAll, () => {
    sayIfPaused();
    for (const task of store.list()) {
      if (task.nextPollAt !== null) {
        operations.refresh(task.key);
      }
    }
  });
  register(commands.showLog, () => {
    dependencies.showLog();
  });
  return registered;

  function register(id: CommandId, run: (...parameters: unknown[]) => unknown): void {
    registered.add(vscodeCommands.registerCommand(id, run));
  }

  function onTask(id: CommandId, suits: (task: Task) => boolean, run: (task: Task) => unknown): void {
    register(id, async key => {
      const task = typeof key === 'number' ? store.get(key) : await pick(suits);
      if (task) {
        await run(task);
      }
    });
  }

  function onTasks(id: CommandId, run: (tasks: Task[]) => unknown): void {
    register(id, async (key, selected) => {
      const given =
        Array.isArray(selected) && selected.length > 0
          ? selected
          : typeof key === 'number'
            ? [key]
            : dependencies.selection();
      const tasks = given.map(one => store.get(one as TaskKey)).filter(task => task !== undefined);
      const picked = tasks.length > 0 ? undefined : await pick(() => true);
      await run(picked ? [picked] : tasks);
    });
  }

  /** Refreshing asks as soon as asking is possible: a person who waits for it must know what it waits for. */
  function sayIfPaused(): void {
    const holding = store.pauses.list().filter(pause => pause.until === null);
    if (holding.length > 0) {
      const isPersons = holding.some(pause => pause.reason === 'person');
      const action = isPersons ? l10n.t('Resume Polling') : l10n.t('Set API Key');
      const message = isPersons
        ? l10n.t('Polling is paused. Nothing is asked until you resume it.')
        : l10n.t('Nothing is asked until there is an API key that the gateway accepts.');
      void window.showInformationMessage(message, action).then(chosen => {
        if (chosen === action) {
          void vscodeCommands.executeCommand(isPersons ? commands.resumePolling : commands.setKey);
        }
      });
    }
  }

  async function pick(suits: (task: Task) => boolean): Promise<Task | undefined> {
    const items = store
      .list()
      .filter(suits)
      .map(task => ({
        label: nameOf(task),
        description: plain(task.model ?? ''),
        detail: stateOf(task),
        iconPath: iconOf(task),
        key: task.key,
      }));
    if (items.length === 0) {
      void window.showInformationMessage(l10n.t('There is no task to do this with.'));
      return undefined;
    }
    const chosen = await window.showQuickPick(items, {
      placeHolder: l10n.t('Choose a task'),
      matchOnDescription: true,
    });
    return chosen && store.get(chosen.key);
  }

  async function remove(tasks: Task[]): Promise<void> {
    const [only] = tasks;
    if (!only) {
      return;
    }
    const unsaved = tasks.filter(task => task.file !== 'saved').length;
    const question =
      tasks.length === 1
        ? l10n.t('Remove {0} from the list?', nameOf(only))
        : l10n.t('Remove {0} tasks from the list?', tasks.length);
    const detail =
      unsaved === 0
        ? l10n.t('Saved files stay where they are.')
        : l10n.t(
            'Not saved yet: {0}. What is removed is not saved any more. Saved files stay where they are.',
            unsaved,
          );
    const confirmed = l10n.t('Remove');
    if ((await window.showWarningMessage(question, { modal: true, detail }, confirmed)) === confirmed) {
      operations.forget(tasks.map(task => task.key));
    }
  }
}

async function showDetails(task: Task): Promise<void> {
  const copy = l10n.t('Copy ID');
  const detail = factsOf(task)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  if ((await window.showInformationMessage(nameOf(task), { modal: true, detail }, copy)) === copy) {
    await env.clipboard.writeText(task.id);
  }
}

/** Shows the saved file where the person's files are: the system's file manager, else the explorer, else in words. */
async function openFolder(task: Task): Promise<void> {
  if (task.filePath === null) {
    return;
  }
  const file = Uri.file(task.filePath);
  if (env.uiKind === UIKind.Desktop && env.remoteName === undefined) {
    await vscodeCommands.executeCommand('revealFileInOS', file);
  } else if (workspace.getWorkspaceFolder(file)) {
    await vscodeCommands.executeCommand('revealInExplorer', file);
  } else {
    // A browser cannot open a folder of the machine that VS Code runs on.
    const copy = l10n.t('Copy Path');
    const folder = dirname(task.filePath);
    if ((await window.showInformationMessage(l10n.t('The clip is in {0}', folder), copy)) === copy) {
      await env.clipboard.writeText(task.filePath);
    }
  }
}
