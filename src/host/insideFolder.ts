import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, posix, relative } from 'node:path';
import type { Uri } from 'vscode';
import { codeOf } from '../base/errors.ts';

/** Whether a folder, which may not exist yet, is one of some others or in one of them, links followed. */
export async function isInside(folder: Uri, others: readonly Uri[]): Promise<boolean> {
  for (const other of others) {
    const isIn =
      folder.scheme === 'file' && other.scheme === 'file'
        ? isBelow(relative(await realFolder(other.fsPath), await realFolder(folder.fsPath)))
        : folder.scheme === other.scheme &&
          folder.authority === other.authority &&
          isBelow(posix.relative(other.path, folder.path));
    if (isIn) {
      return true;
    }
  }
  return false;
}

function isBelow(way: string): boolean {
  return way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}

/** Where a path leads, also where its last parts are not there yet. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) !== 'ENOENT' || parent === path) {
      throw error;
    }
    return join(await realFolder(parent), basename(path));
  }
}
