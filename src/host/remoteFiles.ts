import { FileSystemError, Uri, workspace, type FileStat } from 'vscode';
import type { RemoteFiles } from '../saving/remoteFolder.ts';
import { versionText } from '../saving/target.ts';
import { isInReach } from './reach.ts';

/** Files by URI through VS Code's file systems: of a remote machine, of a virtual workspace. */
export const remoteFiles: RemoteFiles = {
  isInReach: async uri => isInReach(Uri.parse(uri)),
  sizeOf: async uri => (await statOf(uri))?.size,
  versionOf: async uri => {
    const found = await statOf(uri);
    return found && versionText(found);
  },
  namesIn: async uri => (await workspace.fs.readDirectory(Uri.parse(uri))).map(([name]) => name),
  makeFolder: async uri => workspace.fs.createDirectory(Uri.parse(uri)),
  // VS Code copies between file systems in pieces, where both can.
  upload: async (path, uri) => workspace.fs.copy(Uri.file(path), Uri.parse(uri), { overwrite: false }),
  rename: async (from, to) => workspace.fs.rename(Uri.parse(from), Uri.parse(to), { overwrite: false }),
  replace: async (from, to) => workspace.fs.rename(Uri.parse(from), Uri.parse(to), { overwrite: true }),
  write: async (uri, content) => {
    const target = Uri.parse(uri);
    if ((await remoteFiles.sizeOf(uri)) !== undefined) {
      throw FileSystemError.FileExists(target);
    }
    await workspace.fs.writeFile(target, typeof content === 'string' ? Buffer.from(content) : content);
  },
  remove: async uri => {
    if ((await remoteFiles.sizeOf(uri)) !== undefined) {
      await workspace.fs.delete(Uri.parse(uri));
    }
  },
};

async function statOf(uri: string): Promise<FileStat | undefined> {
  try {
    return await workspace.fs.stat(Uri.parse(uri));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    throw error;
  }
}
