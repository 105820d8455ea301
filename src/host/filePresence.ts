import { access } from 'node:fs/promises';
import { FileSystemError, workspace } from 'vscode';
import { codeOf } from '../base/errors.ts';
import { clipUri } from './clipUri.ts';
import { isInReach } from './reach.ts';

/** Whether a saved clip's file is there; `undefined` where its folder cannot be reached. */
export async function isThere(filePath: string): Promise<boolean | undefined> {
  const uri = clipUri(filePath);
  if (uri.scheme !== 'file' && !(await isInReach(uri))) {
    return undefined;
  }
  try {
    // A long list is looked through at every return to the window, and VS Code takes its time for each file.
    await (uri.scheme === 'file' ? access(uri.fsPath) : workspace.fs.stat(uri));
    return true;
  } catch (error) {
    const isMissing = uri.scheme === 'file' ? codeOf(error) === 'ENOENT' : isNotFound(error);
    return isMissing ? false : undefined;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof FileSystemError && error.code === 'FileNotFound';
}
