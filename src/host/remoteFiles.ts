import { FileSystemError, Uri, workspace } from 'vscode';
import type { RemoteFiles } from '../saving/remoteFolder.ts';

/** Files by URI through VS Code's file systems: of a remote machine, of a virtual workspace. */
export const remoteFiles: RemoteFiles = {
  sizeOf: async uri => {
    try {
      return (await workspace.fs.stat(Uri.parse(uri))).size;
    } catch (error) {
      if (error instanceof FileSystemError && error.code === 'FileNotFound') {
        return undefined;
      }
      throw error;
    }
  },
  namesIn: async uri => (await workspace.fs.readDirectory(Uri.parse(uri))).map(([name]) => name),
  makeFolder: async uri => workspace.fs.createDirectory(Uri.parse(uri)),
  // VS Code copies between file systems in pieces, where both can.
  upload: async (path, uri) => workspace.fs.copy(Uri.file(path), Uri.parse(uri), { overwrite: false }),
  rename: async (from, to) => workspace.fs.rename(Uri.parse(from), Uri.parse(to), { overwrite: false }),
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
