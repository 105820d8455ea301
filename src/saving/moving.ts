import { access, link, rename, unlink } from 'node:fs/promises';
import { codeOf } from '../base/errors.ts';

/** Gives a file another name, unless that is taken. Unlike `rename`, `link` sees so in one step. */
export async function moveUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? false : renameUnlessTaken(from, to);
  }
  await unlink(from);
  return true;
}

/** For file systems without hard links (exFAT, some network shares): two steps, so a look and then a rename. */
async function renameUnlessTaken(from: string, to: string): Promise<boolean> {
  if (await exists(to)) {
    return false;
  }
  await rename(from, to);
  return true;
}

/** Whether there is anything of this name. Rejects where that cannot be known. */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
    return false;
  }
}
