import { FileSystemError, workspace } from 'vscode';
import { clipUri } from './clipUri.ts';

/** Whether a saved clip's file is there; `undefined` where its folder cannot be asked. */
export async function isThere(filePath: string): Promise<boolean | undefined> {
  try {
    await workspace.fs.stat(clipUri(filePath));
    return true;
  } catch (error) {
    return error instanceof FileSystemError && error.code === 'FileNotFound' ? false : undefined;
  }
}
