import type { Memento } from 'vscode';
import { MINUTE, SECOND, type Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys } from '../ids.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { TaskStore } from '../store/store.ts';

/** What the conditions depend on. */
export interface ConditionsDependencies {
  readonly store: TaskStore;
  readonly tasks: LiveTasks;
  readonly clock: Clock;
  /** Whether the gateway of the settings has a key. Rejects if that cannot be found out. */
  readonly isKeySet: () => Promise<boolean>;
}

/** How long the empty view waits for the keyring until it counts as unreadable, ms. */
const KEYRING_TIMEOUT = SECOND;

/** When an unreadable keyring is read again, ms. */
const KEYRING_RETRY = MINUTE;

type KeyState = 'set' | 'missing' | 'unreadable';

/** Maintains the context keys that menus, welcome views and the walkthrough depend on. */
export class Conditions implements Disposable {
  private readonly clock: Clock;
  private readonly isKeySet: () => Promise<boolean>;
  private readonly owned = new DisposableStore();
  private readonly hasKey = new ContextKey(contextKeys.hasKey);
  private readonly isKeyUnreadable = new ContextKey(contextKeys.isKeyUnreadable);
  private readonly hasTasks = new ContextKey(contextKeys.hasTasks);
  private readonly hasIntents = new ContextKey(contextKeys.hasIntents);
  private readonly isPaused = new ContextKey(contextKeys.isPaused);
  private readonly isReady = new ContextKey(contextKeys.isReady);
  /** The number of the latest check for a key; results of earlier ones are ignored. */
  private look = 0;
  private timer: Disposable | undefined;

  constructor({ store, tasks, clock, isKeySet }: ConditionsDependencies) {
    this.clock = clock;
    this.isKeySet = isKeySet;
    const look = (): void => {
      void this.isPaused.set(store.pauses.list().some(pause => pause.reason === 'person'));
      void this.hasTasks.set(tasks.size > 0);
      void this.hasIntents.set(store.intents.open().length > 0);
    };
    look();
    this.owned.add(store.onDidChange(look));
    this.owned.add({ dispose: () => this.timer?.dispose() });
  }

  /** Checks whether a key is set, and again every minute while the keyring is unreadable. Resolves after a second at most. */
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
      }, KEYRING_TIMEOUT);
    });
    void found.then(async state => {
      if (look === this.look) {
        await this.setKeyState(state);
        this.lookAgainAfter(state);
      }
    });
    await this.setKeyState(await Promise.race([found, late]));
  }

  /** Everything that the choice of the welcome view depends on is known now. */
  async setReady(): Promise<void> {
    await this.isReady.set(true);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async setKeyState(state: KeyState): Promise<void> {
    await this.hasKey.set(state === 'set');
    await this.isKeyUnreadable.set(state === 'unreadable');
  }

  private lookAgainAfter(state: KeyState): void {
    this.timer?.dispose();
    if (state === 'unreadable') {
      this.timer = this.clock.setTimer(() => {
        void this.lookForKey();
      }, KEYRING_RETRY);
    }
  }
}

/**
 * Lists the walkthrough on VS Code's Welcome page from the second run on. If it were listed on installation, VS Code would open it
 * automatically.
 */
export async function listWalkthrough(memory: Memento): Promise<void> {
  const wasHere = memory.get(contextKeys.wasHereBefore) === true;
  await new ContextKey(contextKeys.wasHereBefore).set(wasHere);
  await memory.update(contextKeys.wasHereBefore, true);
}

/**
 * Sets the context key that completes the last step of the walkthrough once a clip was previewed, in this session or before.
 * Returns what to call when a clip is shown.
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
