import { workspace, type FileRenameEvent } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { placeOf, shotPath } from '../host/shotPath.ts';
import type { ShotServices } from './services.ts';

/** What knows of takes. */
type TakeServices = Pick<ShotServices, 'store' | 'tasks'>;

/** A shot file that is renamed or moved in VS Code, alone or with its folder, takes its takes along. */
export function followRenames({ store, tasks }: TakeServices): Disposable {
  return workspace.onDidRenameFiles(({ files }) => {
    if (store.isReadOnly) {
      return;
    }
    for (const path of filesWithTakes({ store, tasks })) {
      const moved = movedPath(path, files);
      if (moved !== path) {
        store.takes.moveFile(path, moved);
      }
    }
  });
}

/** The shot files that have takes, or will have some, as they are written down. */
export function filesWithTakes({ store, tasks }: TakeServices): Set<string> {
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
  return known;
}

/** Where a shot file is after others were renamed, or a folder that it is in; paths as they are written down. */
function movedPath(path: string, files: FileRenameEvent['files']): string {
  return files.reduce((before, { oldUri, newUri }) => {
    const to = shotPath(newUri);
    // Where its folder is open only now, it may still be written down by its place.
    const from = [shotPath(oldUri), placeOf(oldUri)].find(
      one => one !== null && before.startsWith(one) && /^(?:$|[/\\])/.test(before.slice(one.length)),
    );
    return to !== null && typeof from === 'string' ? to + before.slice(from.length) : before;
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
