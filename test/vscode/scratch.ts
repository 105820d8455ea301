import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeExit } from './processes.ts';

/** A folder that lasts no longer than this process. */
export interface Scratch {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Makes a folder `<parent>/<prefix>-<process id>-<random>` that is removed when this process ends, at the latest. On the way it
 * removes those of processes that were killed before they could.
 */
export function makeScratch(parent: string, prefix: string): Scratch {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const owner = name.startsWith(`${prefix}-`) && /^(\d+)-\w+$/.exec(name.slice(prefix.length + 1))?.[1];
    if (owner && !isRunning(Number(owner))) removeFolder(join(parent, name));
  }
  const path = mkdtempSync(join(parent, `${prefix}-${process.pid}-`));
  const forget = beforeExit(() => {
    removeFolder(path);
  });
  return {
    path,
    remove: () => {
      removeFolder(path);
      forget();
    },
  };
}

/** Removes a folder and all below it. Tries again for a moment, because a process that was just killed may still write there. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // It runs, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
