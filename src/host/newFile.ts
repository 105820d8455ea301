import { FileSystemError, Uri } from 'vscode';
import { writeFile } from 'node:fs/promises';
import { codeOf } from '../base/errors.ts';
import { numbered, safeName } from '../saving/fileName.ts';
import { remoteFiles } from './remoteFiles.ts';

/** Far more files of one name than a folder ever holds. */
const MOST_NUMBERS = 1_000;

/**
 * Writes a new file into a folder, under a name that is made safe, and with a number where that is taken: nothing is
 * overwritten. Gives the file. Rejects where the folder cannot be written to.
 */
export async function writeNewFile(
  folder: Uri,
  name: string,
  ending: string,
  content: Uint8Array,
): Promise<Uri> {
  for (let count = 1; count <= MOST_NUMBERS; count++) {
    const file = Uri.joinPath(folder, numbered(safeName(name), count, ending));
    if (await writeUnlessTaken(file, content)) {
      return file;
    }
  }
  throw FileSystemError.FileExists(folder);
}

async function writeUnlessTaken(file: Uri, content: Uint8Array): Promise<boolean> {
  try {
    if (file.scheme === 'file') {
      await writeFile(file.fsPath, content, { flag: 'wx' });
    } else {
      await remoteFiles.write(file.toString(), content);
    }
    return true;
  } catch (error) {
    const isTaken =
      codeOf(error) === 'EEXIST' || (error instanceof FileSystemError && error.code === 'FileExists');
    if (isTaken) {
      return false;
    }
    throw error;
  }
}
