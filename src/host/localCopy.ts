import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uri, workspace } from 'vscode';

/** Runs on a path with what a file contains: its own, or that of a copy which is there only meanwhile. Rejects where it cannot be read. */
export async function withLocalFile<T>(uri: Uri, run: (path: string) => Promise<T>): Promise<T> {
  if (uri.scheme === 'file') {
    return run(uri.fsPath);
  }
  return withTemporaryFolder(async folder => {
    const path = join(folder, 'copy');
    await workspace.fs.copy(uri, Uri.file(path));
    return run(path);
  });
}

/** Runs on the path of a new folder of this machine, which goes with all that is in it. */
export async function withTemporaryFolder<T>(run: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
