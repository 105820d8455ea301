import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { SAVED, type Task, type TaskKey, type TaskPatch } from '../tasks/task.ts';

/** The part of the store that knows about saved files. */
export interface PresenceStore {
  /** The tasks whose clip was saved once, and is not being downloaded. */
  withFile(): Pick<Task, 'key' | 'file' | 'filePath'>[];
  update(key: TaskKey, patch: TaskPatch): void;
  commit<T>(action: () => T): T;
}

/** How many files are looked for at once: a network folder takes a while for each. */
const WIDTH = 8;

/**
 * Checks whether saved clips are still where they were saved, and records what has changed: also that a missing one is
 * back. Where `isThere` resolves to `undefined`, because a folder cannot be reached, nothing is recorded. With `only`,
 * just that task is checked.
 */
export async function lookForFiles(
  store: PresenceStore,
  isThere: (filePath: string) => Promise<boolean | undefined>,
  only?: TaskKey,
): Promise<void> {
  const files = store.withFile().filter(({ key }) => only === undefined || key === only);
  const changed = new Map<TaskKey, { filePath: string | null; patch: TaskPatch }>();
  const queue = files.values();
  const look = async (): Promise<void> => {
    for (const { key, file, filePath } of queue) {
      const found = filePath === null ? undefined : await isThere(filePath);
      if (found === true && file !== 'saved') {
        changed.set(key, { filePath, patch: SAVED });
      } else if (found === false && file === 'saved') {
        changed.set(key, { filePath, patch: { file: 'missing' } });
      }
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, look));
  if (changed.size > 0) {
    store.commit(() => {
      for (const { key, filePath } of store.withFile()) {
        const change = changed.get(key);
        // Saved again meanwhile: what was seen is about a file that no longer counts.
        if (change?.filePath === filePath) {
          store.update(key, change.patch);
        }
      }
    });
  }
}

/** Keeps the list up to date with the saved files, unless the list is read-only. */
export class SavedFiles {
  private readonly store: PresenceStore & { readonly isReadOnly: boolean };
  private readonly isThere: (filePath: string) => Promise<boolean | undefined>;
  private readonly log: Log;
  private looking: Promise<void> | undefined;

  /** For `isThere`, see `lookForFiles`. */
  constructor(
    store: PresenceStore & { readonly isReadOnly: boolean },
    isThere: (filePath: string) => Promise<boolean | undefined>,
    log: Log,
  ) {
    this.store = store;
    this.isThere = isThere;
    this.log = log;
  }

  /** Checks all saved files, one round at a time: a network folder may take long. Errors go to the log. */
  lookForAll(): void {
    if (!this.store.isReadOnly) {
      this.looking ??= lookForFiles(this.store, this.isThere)
        .catch((error: unknown) => {
          this.log.error(`Saved files: ${messageOf(error)}`);
        })
        .finally(() => {
          this.looking = undefined;
        });
    }
  }

  /** Checks the file of one task. */
  async lookFor(key: TaskKey): Promise<void> {
    if (!this.store.isReadOnly) {
      await lookForFiles(this.store, this.isThere, key);
    }
  }
}
