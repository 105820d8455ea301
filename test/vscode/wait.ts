import { setTimeout as sleep } from 'node:timers/promises';

/** How long a wait lasts when nobody says otherwise. Long, because two busy cores must not fail a test. */
export const WAIT_LIMIT_MS = 60_000;

/** For a step that succeeds at once or not at all, because what it needs has gone meanwhile; then one looks again. */
export const AT_ONCE_MS = 5_000;

/** Time between two looks. */
const LOOK_EVERY_MS = 100;

/**
 * Looks again and again until `probe` gives something other than undefined, and resolves to that. After `limitMs` it fails with
 * `what` was waited for and, if `seen` is given, what was there instead.
 */
export async function waitUntil<T>(
  what: string,
  probe: () => Promise<T | undefined> | T | undefined,
  seen?: () => Promise<string> | string,
  limitMs = WAIT_LIMIT_MS,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > end) break;
    await sleep(LOOK_EVERY_MS);
  }
  const instead = seen ? `. There was: ${await seen()}` : '';
  throw new Error(`Waited ${limitMs / 1000} s for ${what}${instead}`);
}

/** Repeats `attempt` until it does not throw, and resolves to its value. After `limitMs` it fails with the last error. */
export async function eventually<T>(attempt: () => Promise<T> | T, limitMs = WAIT_LIMIT_MS): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Whether a step was done; undefined, which `waitUntil` looks again at, when it failed. */
export async function isDone(step: Promise<void> | undefined): Promise<true | undefined> {
  return step?.then(
    () => true,
    () => undefined,
  );
}

/** What `promise` resolves to, or undefined when that takes longer than `limitMs`. */
export async function withinLimit<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  const done = new AbortController();
  const late = sleep(limitMs, undefined, { signal: done.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    done.abort();
  }
}
