import { l10n, window, type QuickPickItem } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { CommandId } from '../ids.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { plain } from '../base/plainText.ts';
import { fillPick } from '../views/pickLimit.ts';
import { stateOf } from '../views/stateWords.ts';
import { stillIconOf } from '../views/taskIcon.ts';
import { nameOf } from '../views/taskText.ts';
import { registerCommand } from './register.ts';

/** What a keybinding of the list hands over: the rows that it is pressed on. package.json says it too. */
const SELECTION = 'selection';

/** What the list tells of its rows. */
export interface ListRows {
  readonly selection: readonly TaskKey[];
  /** The rows that a key is pressed on: those selected, or the one with the focus. */
  pointed(): Promise<readonly TaskKey[]>;
}

/**
 * Registers the verbs on tasks. Called with a row they take it, or the selection it is part of; called without, those for
 * several tasks take the list's selection, and all others ask which task. Called by a key they take the rows it is pressed on.
 */
export class TaskCommands implements Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly rows: ListRows;
  private readonly registered = new DisposableStore();

  constructor(store: TaskStore, clock: Clock, rows: ListRows) {
    this.store = store;
    this.clock = clock;
    this.rows = rows;
  }

  /** A verb that needs no task. */
  on(id: CommandId, run: (...parameters: unknown[]) => unknown): void {
    this.registered.add(registerCommand(id, run));
  }

  /** A verb on one task that `suits`. `title` is what a person is asked to choose for. */
  onTask(id: CommandId, title: string, suits: (task: Task) => boolean, run: (task: Task) => unknown): void {
    this.on(id, async key => {
      const [given] = key === SELECTION ? await this.rows.pointed() : [key];
      const isAsked = typeof given !== 'number' && key !== SELECTION;
      const task = isAsked
        ? await this.pick(title, suits)
        : typeof given === 'number'
          ? this.store.get(given)
          : undefined;
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
      const given = await this.given(key, selected);
      const tasks = given.map(one => this.store.get(one as TaskKey)).filter(task => task !== undefined);
      if (tasks.some(suits)) {
        await run(tasks.filter(suits));
      } else if (tasks.length > 0) {
        sayThereIsNone();
      } else if (key !== SELECTION) {
        const picked = await this.pick(title, suits);
        if (picked) {
          await run([picked]);
        }
      }
    });
  }

  dispose(): void {
    this.registered.dispose();
  }

  /** The rows that a verb for several is called with. Some may be groups. */
  private async given(key: unknown, selected: unknown): Promise<readonly unknown[]> {
    if (Array.isArray(selected) && selected.length > 0) {
      return selected as unknown[];
    }
    if (key === SELECTION) {
      return this.rows.pointed();
    }
    return typeof key === 'number' ? [key] : this.rows.selection;
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
        iconPath: stillIconOf(task, now),
        key: task.key,
      }));
    if (items.length === 0) {
      sayThereIsNone();
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

function sayThereIsNone(): void {
  void messages.info(l10n.t('No task supports this action.'));
}
