import { commands as vscodeCommands, env, l10n, window } from 'vscode';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { Preview } from '../preview/panel.ts';
import type { Operations } from '../tasks/operations.ts';
import type { TaskStore } from '../tasks/store.ts';
import { isFinal, type Task } from '../tasks/task.ts';
import { factsOf, nameOf } from '../views/taskText.ts';
import { offerHelp } from './fileCommands.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface TaskCommandDependencies {
  readonly store: TaskStore;
  readonly operations: Operations;
  readonly preview: Preview;
  readonly now: () => number;
  readonly showLog: () => void;
}

/** The verbs on tasks themselves. */
export function registerTaskCommands(on: TaskCommands, dependencies: TaskCommandDependencies): void {
  const { store, operations, preview, now } = dependencies;
  const any = (): boolean => true;

  on.onTask(
    commands.preview,
    l10n.t('Preview'),
    task => task.file === 'saved',
    task => {
      if (task.file === 'missing') {
        return offerHelp(task);
      }
      // One who looks at a list of tasks that have no clip yet goes on with the keys.
      preview.show(task.key, task.file !== 'saved');
      return undefined;
    },
  );
  on.onTask(
    commands.previewToSide,
    l10n.t('Preview to the Side'),
    task => task.file === 'saved',
    task => {
      preview.showToSide(task.key);
    },
  );
  on.onTask(commands.showDetails, l10n.t('Show Details'), any, async task => showDetails(task, now()));
  on.onTask(commands.rename, l10n.t('Rename'), any, rename);
  on.onTasks(commands.copyId, l10n.t('Copy Task ID'), any, async tasks =>
    env.clipboard.writeText(tasks.map(task => task.id).join('\n')),
  );
  on.onTasks(commands.refresh, l10n.t('Refresh'), any, tasks => {
    sayIfPaused();
    operations.together(() => {
      for (const task of tasks) {
        operations.refresh(task.key);
      }
    });
  });
  on.onTasks(commands.remove, l10n.t('Remove from List'), any, remove);
  on.on(commands.refreshAll, () => {
    sayIfPaused();
    const open = store.list().filter(task => task.nextPollAt !== null || !isFinal(task.generation));
    operations.together(() => {
      for (const task of open) {
        operations.refresh(task.key);
      }
    });
  });
  on.on(commands.showLog, dependencies.showLog);

  /** Refreshing asks as soon as asking is possible: a person who waits for it must know what it waits for. */
  function sayIfPaused(): void {
    const holding = store.pauses
      .list()
      .filter(({ reason }) => reason === 'person' || reason === 'noKey' || reason === 'keyUnreadable');
    if (holding.length > 0) {
      const isPersons = holding.some(pause => pause.reason === 'person');
      const action = isPersons ? l10n.t('Resume Polling') : l10n.t('Set API Key');
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
    const label = await window.showInputBox({
      title: l10n.t('Rename {0}', nameOf(task)),
      prompt: l10n.t(
        'A name for the list, and for the file if it is not saved yet. Leave it empty to take the name back.',
      ),
      value: task.label ?? '',
    });
    if (label !== undefined) {
      operations.rename(task.key, label);
    }
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
    if ((await messages.warning(question, { modal: true, detail }, confirmed)) === confirmed) {
      operations.forget(tasks.map(task => task.key));
    }
  }
}

async function showDetails(task: Task, now: number): Promise<void> {
  const copy = l10n.t('Copy ID');
  const detail = factsOf(task, now)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  if ((await messages.info(nameOf(task), { modal: true, detail }, copy)) === copy) {
    await env.clipboard.writeText(task.id);
  }
}
