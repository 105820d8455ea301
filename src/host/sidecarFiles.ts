import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { FileSystemError, Uri, workspace } from 'vscode';
import type { SidecarFiles } from '../saving/sidecarUpdates.ts';
import { clipUri } from './clipUri.ts';

/** Sidecars through VS Code's file systems, wherever their clips are. */
export const sidecarFiles: SidecarFiles = {
  read: async path => {
    const uri = clipUri(path);
    try {
      const { LARGEST_SIDECAR } = await import('../saving/sidecar.ts');
      const { size } = await workspace.fs.stat(uri);
      return size > LARGEST_SIDECAR ? undefined : Buffer.from(await workspace.fs.readFile(uri)).toString();
    } catch (error) {
      if (error instanceof FileSystemError && error.code === 'FileNotFound') {
        return undefined;
      }
      throw error;
    }
  },
  replace: async (path, content) => {
    const uri = clipUri(path);
    const temporary = Uri.joinPath(uri, '..', `.dailies-${randomUUID()}.part`);
    try {
      await workspace.fs.writeFile(temporary, Buffer.from(content));
      // VS Code removes what it overwrites first: for a moment there would be no file.
      await (uri.scheme === 'file'
        ? rename(temporary.fsPath, uri.fsPath)
        : workspace.fs.rename(temporary, uri, { overwrite: true }));
    } catch (error) {
      await Promise.resolve(workspace.fs.delete(temporary)).catch(() => undefined);
      throw error;
    }
  },
};
