import type { Task, TaskKey, TaskPatch } from '../tasks/task.ts';

/** The part of the store that knows of saved files. */
export interface PresenceStore {
  /** The tasks whose clip has been saved, whether its file is still there or not. */
  withFile(): Pick<Task, 'key' | 'file' | 'filePath'>[];
  update(key: TaskKey, patch: TaskPatch): void;
  commit<T>(action: () => T): T;
}

/** How many files are looked for at once: a network folder answers each only after a while. */
const WIDTH = 8;

/**
 * Looks whether saved clips are still where they were saved, and writes down what has changed. `isThere` resolves to
 * `undefined` where nobody can tell (a folder that cannot be reached): then nothing is said.
 */
export async function lookForFiles(
  store: PresenceStore,
  isThere: (filePath: string) => Promise<boolean | undefined>,
): Promise<void> {
  const files = store.withFile();
  const changed: { key: TaskKey; file: 'saved' | 'missing' }[] = [];
  const queue = files.values();
  const look = async (): Promise<void> => {
    for (const { key, file, filePath } of queue) {
      const found = filePath === null ? undefined : await isThere(filePath);
      if (found !== undefined && found !== (file === 'saved')) {
        changed.push({ key, file: found ? 'saved' : 'missing' });
      }
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, look));
  if (changed.length > 0) {
    store.commit(() => {
      // Saved anew or removed meanwhile: what was seen is of a file that nobody speaks of any more.
      const now = new Map(store.withFile().map(task => [task.key, task.filePath]));
      const before = new Map(files.map(task => [task.key, task.filePath]));
      for (const { key, file } of changed) {
        if (now.get(key) === before.get(key)) {
          store.update(key, { file });
        }
      }
    });
  }
}
