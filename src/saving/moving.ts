import { createReadStream, createWriteStream } from 'node:fs';
import { access, link, rename, rm, unlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { SECOND, sleep, type Clock } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';
import { isHeld } from './errors.ts';

/** How long such a program is waited for, time after time, ms: they look at what is new for a few seconds. */
const WAITS = [0.1, 0.4, 1, 2, 3].map(seconds => seconds * SECOND);

/** Does what another program may be in the way of for a moment; rejects with its last error when it stays there. */
export async function patiently<T>(action: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (const wait of WAITS) {
    try {
      return await action();
    } catch (error) {
      if (!isHeld(error)) {
        throw error;
      }
    }
    await sleep(clock, wait, signal);
  }
  return action();
}

/** Gives a file another path, on whichever disk: nothing may be there. What is copied is flushed; the file itself is left. */
export async function moveAnywhere(from: string, to: string, signal: AbortSignal): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') {
      throw error;
    }
    await copy(from, to, signal);
  }
}

async function copy(from: string, to: string, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(createReadStream(from), createWriteStream(to, { flags: 'wx', flush: true }), { signal });
  } catch (error) {
    await rm(to, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Gives a file another name, unless that is taken. Unlike `rename`, `link` sees so in one step. */
export async function moveUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? false : renameUnlessTaken(from, to);
  }
  // It has its name. The other one is swept away later where something holds it now.
  await unlink(from).catch(() => undefined);
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
