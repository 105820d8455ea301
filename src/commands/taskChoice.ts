import { commands as vscodeCommands, l10n, window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { CommandId } from '../ids.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { plain } from '../views/plainText.ts';
import { stateOf } from '../views/stateWords.ts';
import { iconOf } from '../views/taskIcon.ts';
import { nameOf } from '../views/taskText.ts';

/** What a keybinding of the list hands over: the row that is selected there. package.json says it too. */
const SELECTION = 'selection';

/**
 * Registers the verbs on tasks. Called with a row they take it, or the selection it is part of; called without, those for
 * several tasks take the list's selection, and all others ask which task.
 */
export class TaskCommands implements Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly selection: () => readonly TaskKey[];
  private readonly registered = new DisposableStore();

  /** `selection` gives the rows selected in the list. */
  constructor(store: TaskStore, clock: Clock, selection: () => readonly TaskKey[]) {
    this.store = store;
    this.clock = clock;
    this.selection = selection;
  }

  /** A verb that needs no task. */
  on(id: CommandId, run: (...parameters: unknown[]) => unknown): void {
    this.registered.add(vscodeCommands.registerCommand(id, run));
  }

  /** A verb on one task that `suits`. `title` is what a person is asked to choose for. */
  onTask(id: CommandId, title: string, suits: (task: Task) => boolean, run: (task: Task) => unknown): void {
    this.on(id, async key => {
      const given = key === SELECTION ? this.selection()[0] : key;
      const task = typeof given === 'number' ? this.store.get(given) : await this.pick(title, suits);
      if (task) {
        await run(task);
      }
    });
  }

  /** A verb on any number of tasks. */
  onTasks(
    id: CommandId,
    title: string,
    suits: (task: Task) => boolean,
    run: (tasks: Task[]) => unknown,
  ): void {
    this.on(id, async (key, selected) => {
      const given =
        Array.isArray(selected) && selected.length > 0
          ? selected
          : typeof key === 'number'
            ? [key]
            : this.selection();
      const tasks = given.map(one => this.store.get(one as TaskKey)).filter(task => task !== undefined);
      const picked = tasks.length > 0 ? undefined : await this.pick(title, suits);
      await run(picked ? [picked] : tasks.filter(suits));
    });
  }

  dispose(): void {
    this.registered.dispose();
  }

  private async pick(title: string, suits: (task: Task) => boolean): Promise<Task | undefined> {
    const now = this.clock.now();
    const items = this.store
      .list()
      .filter(suits)
      .map(task => ({
        label: nameOf(task),
        description: plain(task.model ?? ''),
        detail: stateOf(task),
        iconPath: iconOf(task, now),
        key: task.key,
      }));
    if (items.length === 0) {
      void window.showInformationMessage(l10n.t('There is no task to do this with.'));
      return undefined;
    }
    const chosen = await window.showQuickPick(items, {
      title,
      placeHolder: l10n.t('Choose a task'),
      matchOnDescription: true,
    });
    return chosen && this.store.get(chosen.key);
  }
}
