import { SAVED, type Task, type TaskKey, type TaskPatch } from '../tasks/task.ts';

/** The part of the store that knows of saved files. */
export interface PresenceStore {
  /** The tasks whose clip has been saved once, and that is not being downloaded. */
  withFile(): Pick<Task, 'key' | 'file' | 'filePath'>[];
  update(key: TaskKey, patch: TaskPatch): void;
  commit<T>(action: () => T): T;
}

/** How many files are looked for at once: a network folder answers each only after a while. */
const WIDTH = 8;

/**
 * Looks whether saved clips are still where they were saved, and writes down what has changed: also that one which was to
 * be saved again is back. `isThere` resolves to `undefined` where nobody can tell (a folder that cannot be reached): then
 * nothing is said. `only` is the one task to look for.
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
        // Saved anew meanwhile: what was seen is of a file that nobody speaks of any more.
        if (change?.filePath === filePath) {
          store.update(key, change.patch);
        }
      }
    });
  }
}
