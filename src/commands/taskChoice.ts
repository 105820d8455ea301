import { commands as vscodeCommands, l10n, window, type QuickPickItem } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { CommandId } from '../ids.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { fillPick } from '../views/pickLimit.ts';
import { friendlyModel } from '../views/shortText.ts';
import { stateOf } from '../views/stateWords.ts';
import { stillIconOf } from '../views/taskIcon.ts';
import { nameOf } from '../views/names.ts';
import { keysGiven, SELECTION, type InFront } from './givenTasks.ts';
import { registerCommand } from './register.ts';

/** Where commands without a task argument find their tasks. */
export interface TasksInFront extends InFront {
  /** The selected tasks of the list. */
  readonly selection: () => readonly TaskKey[];
}

/**
 * Registers commands on tasks. A command acts on the tasks that it is called with (see `keysGiven`). Without any, one for several
 * tasks uses the selection of the list, and otherwise the user chooses a task.
 */
export class TaskCommands implements Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly inFront: TasksInFront;
  private readonly registered = new DisposableStore();

  constructor(store: TaskStore, clock: Clock, inFront: TasksInFront) {
    this.store = store;
    this.clock = clock;
    this.inFront = inFront;
  }

  /** Registers a command that needs no task. */
  on(id: CommandId, run: (...parameters: unknown[]) => unknown): void {
    this.registered.add(registerCommand(id, run));
  }

  /**
   * Registers a command on one task that `suits`. `title`: the title of the quick pick. `runOnIntent`: what it does with a video that is
   * no task yet, by the ID of its intent.
   */
  onTask(
    id: CommandId,
    title: string,
    suits: (task: Task) => boolean,
    run: (task: Task) => unknown,
    runOnIntent?: (intent: string) => unknown,
  ): void {
    this.on(id, async pointed => {
      const rows = isIntent(pointed) ? [pointed] : await keysGiven([pointed], this.inFront);
      const [row] = rows ?? [];
      if (runOnIntent && isIntent(row)) {
        await runOnIntent(row.intent);
        return;
      }
      const task = rows ? this.known(rows)[0] : await this.pick(title, suits);
      if (task) {
        await run(task);
      }
    });
  }

  /**
   * Registers a command on any number of tasks that `suits`. `forIntents`: what a key of this command does instead where the row with the
   * focus is a video that is no task yet, with all of those that are selected.
   */
  onTasks(
    id: CommandId,
    title: string,
    suits: (task: Task) => boolean,
    run: (tasks: Task[]) => unknown,
    forIntents?: CommandId,
  ): void {
    this.on(id, async (...parameters) => {
      const rows = await keysGiven(parameters, this.inFront);
      if (parameters[0] === SELECTION && forIntents !== undefined && rows && isIntent(rows[0])) {
        await vscodeCommands.executeCommand(forIntents, rows[0], rows.filter(isIntent));
        return;
      }
      const given = this.known(rows ?? this.inFront.selection());
      if (given.some(suits)) {
        await run(given.filter(suits));
      } else if (given.length > 0) {
        reportNoTask();
      } else if (parameters[0] !== SELECTION) {
        const picked = await this.pick(title, suits);
        if (picked) {
          await run([picked]);
        }
      }
    });
  }

  /** The tasks that a command was called with, without removed ones; `undefined` if it was called with none. */
  async tasksOf(...parameters: readonly unknown[]): Promise<Task[] | undefined> {
    const keys = await keysGiven(parameters, this.inFront);
    return keys && this.known(keys);
  }

  dispose(): void {
    this.registered.dispose();
  }

  private known(keys: readonly unknown[]): Task[] {
    // Among the rows that are selected may be groups, and videos that are no tasks yet.
    return keys
      .filter(key => typeof key === 'number')
      .map(key => this.store.get(key))
      .filter(task => task !== undefined);
  }

  private async pick(title: string, suits: (task: Task) => boolean): Promise<Task | undefined> {
    const now = this.clock.now();
    const items = this.store
      .list()
      .filter(suits)
      .map(task => ({
        label: nameOf(task),
        description: friendlyModel(task.model ?? ''),
        detail: stateOf(task),
        iconPath: stillIconOf(task, now),
        key: task.key,
        taskId: task.id,
      }));
    if (items.length === 0) {
      reportNoTask();
      return undefined;
    }
    const chosen = await chooseOne(title, items);
    return chosen && this.store.get(chosen.key);
  }
}

async function chooseOne<T extends QuickPickItem>(title: string, rows: readonly T[]): Promise<T | undefined> {
  const pick = window.createQuickPick<T | QuickPickItem>();
  pick.title = title;
  pick.placeholder = l10n.t('Select a task');
  fillPick(pick, rows);
  return new Promise(done => {
    pick.onDidAccept(() => {
      done(rows.find(row => row === pick.selectedItems[0]));
      pick.hide();
    });
    pick.onDidHide(() => {
      done(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** Whether a row stands for a video that is no task yet. */
function isIntent(row: unknown): row is { readonly intent: string } {
  return typeof row === 'object' && row !== null && 'intent' in row && typeof row.intent === 'string';
}

function reportNoTask(): void {
  void messages.info(l10n.t('No task supports this action.'));
}
