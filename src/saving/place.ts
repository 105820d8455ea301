import { access, link, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../base/errors.ts';
import { numbered } from './fileName.ts';

/** Far more takes of one name than a folder ever holds. */
const MOST_NUMBERS = 1_000;

/**
 * Gives a finished temporary file its final name in the same folder, with a number where the name is taken. Never
 * overwrites. Resolves to the final path.
 */
export async function place(temporaryPath: string, folder: string, name: string): Promise<string> {
  for (let count = 1; count <= MOST_NUMBERS; count++) {
    const path = join(folder, numbered(name, count));
    if (await moveUnlessTaken(temporaryPath, path)) {
      return path;
    }
  }
  throw new Error(`There are ${MOST_NUMBERS} files named ${name} in ${folder} already.`);
}

/** Unlike `rename`, `link` fails where the name is taken, in one step. */
async function moveUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    return renameUnlessTaken(from, to);
  }
  await unlink(from);
  return true;
}

/** For file systems without hard links (exFAT, some network shares): two steps, so a look and then a rename. */
async function renameUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await access(to);
    return false;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
  await rename(from, to);
  return true;
}
