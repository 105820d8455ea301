import type { Memento } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys } from '../ids.ts';
import type { LiveTasks } from '../tasks/liveTasks.ts';
import type { TaskStore } from '../tasks/store.ts';

/** Keeps the context keys true that menus, welcomes and the walkthrough ask for. */
export class Conditions implements Disposable {
  private readonly isKeySet: () => Promise<boolean>;
  private readonly owned = new DisposableStore();
  private readonly hasKey = new ContextKey(contextKeys.hasKey);
  private readonly hasTasks = new ContextKey(contextKeys.hasTasks);
  private readonly isPaused = new ContextKey(contextKeys.isPaused);
  private readonly isReady = new ContextKey(contextKeys.isReady);

  /** `isKeySet` tells whether the gateway of the settings has a key. */
  constructor(store: TaskStore, tasks: LiveTasks, isKeySet: () => Promise<boolean>) {
    this.isKeySet = isKeySet;
    const look = (): void => {
      void this.isPaused.set(store.pauses.list().some(pause => pause.reason === 'person'));
      void this.hasTasks.set(tasks.size > 0);
    };
    look();
    this.owned.add(store.onDidChange(look));
  }

  /** Another key or another gateway: looks again. */
  async lookForKey(): Promise<void> {
    await this.hasKey.set(await this.isKeySet());
  }

  /** All that decides which welcome is shown has been looked at. */
  async setReady(): Promise<void> {
    await this.isReady.set(true);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/**
 * Lets VS Code's Welcome page list the walkthrough, from the second run on: one that is listed when its extension is
 * installed is opened at once, and nothing is to open by itself.
 */
export async function listWalkthrough(memory: Memento): Promise<void> {
  const wasHere = memory.get(contextKeys.wasHereBefore) === true;
  await new ContextKey(contextKeys.wasHereBefore).set(wasHere);
  await memory.update(contextKeys.wasHereBefore, true);
}
