import { FileSystemError, Uri, workspace } from 'vscode';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { numbered, safeName } from '../saving/fileName.ts';
import { moveUnlessTaken } from '../saving/moving.ts';
import { takeName } from '../saving/takeName.ts';
import { remoteFiles } from './remoteFiles.ts';

/**
 * Writes a new file into a folder, under a name that is made safe, and with a number where that is taken: nothing is
 * overwritten, and nothing half-written has the name. Gives the file. Rejects where the folder cannot be written to.
 */
export async function writeNewFile(
  folder: Uri,
  name: string,
  ending: string,
  content: Uint8Array,
): Promise<Uri> {
  const list = async (): Promise<string[]> => remoteFiles.namesIn(folder.toString());
  const write = async (candidate: string): Promise<boolean> =>
    writeUnlessTaken(Uri.joinPath(folder, candidate), content);
  return Uri.joinPath(folder, await takeName(safeName(name), [ending], list, write));
}

/** Of so many files by one name it is looked whether they have the same content. */
const MOST_LOOKED_AT = 20;

/** The same, except that a file by that name, or one with a number, which has this content is given instead. */
export async function keepFile(folder: Uri, name: string, ending: string, content: Uint8Array): Promise<Uri> {
  for (let count = 1; count <= MOST_LOOKED_AT; count++) {
    const before = Uri.joinPath(folder, numbered(safeName(name), count, ending));
    const bytes = await workspace.fs.readFile(before).then(undefined, () => undefined);
    if (bytes === undefined) {
      break;
    }
    if (Buffer.compare(bytes, content) === 0) {
      return before;
    }
  }
  return writeNewFile(folder, name, ending, content);
}

async function writeUnlessTaken(file: Uri, content: Uint8Array): Promise<boolean> {
  if (file.scheme === 'file') {
    return writeWholeUnlessTaken(file.fsPath, content);
  }
  try {
    await remoteFiles.write(file.toString(), content);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileExists') {
      return false;
    }
    throw error;
  }
}

/** Under a temporary name first: what bears the name of the file is whole. */
async function writeWholeUnlessTaken(path: string, content: Uint8Array): Promise<boolean> {
  const part = join(dirname(path), `.dailies-${randomUUID()}.part`);
  try {
    await writeFile(part, content, { flag: 'wx' });
    return await moveUnlessTaken(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

/**
 * Copies a file into a folder, as `writeNewFile` writes one: under a name that is made safe, and with a number where that is taken.
 * Gives the copy. Rejects where the file cannot be read, or the folder not written to.
 */
export async function copyNew(file: Uri, folder: Uri, name: string, ending: string): Promise<Uri> {
  const part = Uri.joinPath(folder, `.dailies-${randomUUID()}.part`);
  const list = async (): Promise<string[]> => remoteFiles.namesIn(folder.toString());
  try {
    await workspace.fs.copy(file, part, { overwrite: false });
    const take = async (candidate: string): Promise<boolean> =>
      renameUnlessTaken(part, Uri.joinPath(folder, candidate));
    return Uri.joinPath(folder, await takeName(safeName(name), [ending], list, take));
  } catch (error) {
    await remoteFiles.remove(part.toString()).catch(() => undefined);
    throw error;
  }
}

async function renameUnlessTaken(from: Uri, to: Uri): Promise<boolean> {
  try {
    await workspace.fs.rename(from, to, { overwrite: false });
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileExists') {
      return false;
    }
    throw error;
  }
}

/**
 * Copies a file to where a person allowed it to replace another: under a temporary name first, so that what is
 * there stays until all of the copy is. Rejects where it cannot be written.
 */
export async function copyOver(file: Uri, target: Uri): Promise<void> {
  if (file.toString() === target.toString()) {
    return;
  }
  const part = Uri.joinPath(target, '..', `.dailies-${randomUUID()}.part`);
  try {
    await workspace.fs.copy(file, part, { overwrite: false });
    await workspace.fs.rename(part, target, { overwrite: true });
  } catch (error) {
    await remoteFiles.remove(part.toString()).catch(() => undefined);
    throw error;
  }
}
