import { workspace, type FileRenameEvent } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { shotPath } from '../host/shotPath.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { TaskStore } from '../store/store.ts';

/** A shot file that is renamed or moved, alone or with its folder, takes its takes along. */
export function followRenames(
  store: Pick<TaskStore, 'takes' | 'intents' | 'isReadOnly'>,
  tasks: LiveTasks,
): Disposable {
  return workspace.onDidRenameFiles(({ files }) => {
    if (store.isReadOnly) {
      return;
    }
    const known = new Set<string>();
    for (const { shotFile } of tasks.all()) {
      if (shotFile !== null) {
        known.add(shotFile);
      }
    }
    for (const { file } of store.intents.open()) {
      if (file !== null) {
        known.add(file);
      }
    }
    for (const path of known) {
      const moved = movedPath(path, files);
      if (moved !== path) {
        store.takes.moveFile(path, moved);
      }
    }
  });
}

/** Where a shot file is after others were renamed, or a folder that it is in; paths as they are written down. */
function movedPath(path: string, files: FileRenameEvent['files']): string {
  return files.reduce((before, { oldUri, newUri }) => {
    const [from, to] = [shotPath(oldUri), shotPath(newUri)];
    const rest = from !== null && before.startsWith(from) ? before.slice(from.length) : undefined;
    return to !== null && rest !== undefined && /^(?:$|[/\\])/.test(rest) ? to + rest : before;
  }, path);
}

/** Does something that takes a while with a shot file; gives also where the file is then, if it was renamed meanwhile. */
export async function whileRenamed<T>(
  path: string,
  work: () => Promise<T>,
): Promise<{ result: T; path: string }> {
  let now = path;
  const listener = workspace.onDidRenameFiles(({ files }) => {
    now = movedPath(now, files);
  });
  try {
    return { result: await work(), path: now };
  } finally {
    listener.dispose();
  }
}
