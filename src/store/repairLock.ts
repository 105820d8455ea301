import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { block } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';

/** A repair takes well under a second; a lock this old, in ms, is that of a window that closed during its repair. */
const STALE = 30_000;

/** How long one window waits for another's repair, and between two looks, ms. */
const PATIENCE = 10_000;
const LOOK_EVERY = 50;

/**
 * Runs `repair` while no other window runs one on the same file: VS Code opens all its windows at once, and all of them
 * meet the same damage. Blocks, as nothing can be done before the list is open.
 */
export function withRepairLock<T>(path: string, repair: () => T): T {
  const lock = `${path}.repairing`;
  const end = Date.now() + PATIENCE;
  while (!take(lock) && Date.now() < end) {
    block(LOOK_EVERY);
  }
  try {
    return repair();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw error;
    }
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age > STALE) {
    rmSync(lock, { force: true });
  }
  return false;
}
