import type { Memento } from 'vscode';
import { MINUTE, SECOND, type Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys } from '../ids.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { TaskStore } from '../store/store.ts';

/** What the conditions are made of. */
export interface ConditionsDependencies {
  readonly store: TaskStore;
  readonly tasks: LiveTasks;
  readonly clock: Clock;
  /** Tells whether the gateway of the settings has a key. Rejects when that cannot be known. */
  readonly isKeySet: () => Promise<boolean>;
}

/** How long the empty view waits for the keyring before it says that it does, ms. */
const PATIENCE = SECOND;

/** How long after a keyring could not be read it is read again, ms. */
const KEYRING_AGAIN = MINUTE;

type KeyState = 'set' | 'missing' | 'unreadable';

/** Keeps the context keys true that menus, welcomes and the walkthrough ask for. */
export class Conditions implements Disposable {
  private readonly clock: Clock;
  private readonly isKeySet: () => Promise<boolean>;
  private readonly owned = new DisposableStore();
  private readonly hasKey = new ContextKey(contextKeys.hasKey);
  private readonly isKeyUnreadable = new ContextKey(contextKeys.isKeyUnreadable);
  private readonly hasTasks = new ContextKey(contextKeys.hasTasks);
  private readonly isPaused = new ContextKey(contextKeys.isPaused);
  private readonly isReady = new ContextKey(contextKeys.isReady);
  /** The newest look at the key; what an older one finds is of no interest. */
  private look = 0;
  private timer: Disposable | undefined;

  constructor({ store, tasks, clock, isKeySet }: ConditionsDependencies) {
    this.clock = clock;
    this.isKeySet = isKeySet;
    const look = (): void => {
      void this.isPaused.set(store.pauses.list().some(pause => pause.reason === 'person'));
      void this.hasTasks.set(tasks.size > 0);
    };
    look();
    this.owned.add(store.onDidChange(look));
    this.owned.add({ dispose: () => this.timer?.dispose() });
  }

  /** Another key or another gateway: looks again, and again later where the keyring does not say. Takes no longer than a second. */
  async lookForKey(): Promise<void> {
    const look = ++this.look;
    this.timer?.dispose();
    const found = this.isKeySet().then(
      (isSet): KeyState => (isSet ? 'set' : 'missing'),
      (): KeyState => 'unreadable',
    );
    const late = new Promise<KeyState>(done => {
      this.timer = this.clock.setTimer(() => {
        done('unreadable');
      }, PATIENCE);
    });
    void found.then(async state => {
      if (look === this.look) {
        await this.tell(state);
        this.lookAgainAfter(state);
      }
    });
    await this.tell(await Promise.race([found, late]));
  }

  /** All that decides which welcome is shown has been looked at. */
  async setReady(): Promise<void> {
    await this.isReady.set(true);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async tell(state: KeyState): Promise<void> {
    await this.hasKey.set(state === 'set');
    await this.isKeyUnreadable.set(state === 'unreadable');
  }

  private lookAgainAfter(state: KeyState): void {
    this.timer?.dispose();
    if (state === 'unreadable') {
      this.timer = this.clock.setTimer(() => {
        void this.lookForKey();
      }, KEYRING_AGAIN);
    }
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

/**
 * The context key of whether a clip was ever previewed, by which the walkthrough completes its last step: also where that was before
 * the walkthrough was opened. Gives what to call when a clip is shown.
 */
export function rememberPreviews(memory: Memento): () => void {
  const hasPreviewed = new ContextKey(contextKeys.hasPreviewed);
  void hasPreviewed.set(wasPreviewed(memory));
  return () => {
    void hasPreviewed.set(true);
    if (!wasPreviewed(memory)) {
      void memory.update(contextKeys.hasPreviewed, true);
    }
  };
}

/** Whether a clip was ever previewed, in any window. */
export function wasPreviewed(memory: Memento): boolean {
  return memory.get(contextKeys.hasPreviewed) === true;
}
