import { workspace } from 'vscode';
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
    for (const { oldUri, newUri } of files) {
      const [from, to] = [shotPath(oldUri), shotPath(newUri)];
      for (const path of known) {
        const rest = from !== null && path.startsWith(from) ? path.slice(from.length) : undefined;
        if (to !== null && rest !== undefined && /^(?:$|[/\\])/.test(rest)) {
          store.takes.moveFile(path, to + rest);
        }
      }
    }
  });
}
