import type { Disposable } from './disposable.ts';

/** Time as a dependency: tests hand in their own. */
export interface Clock {
  /** Wall-clock time, ms since the epoch. */
  now(): number;
  /** Calls back once after `delayMs`, unless disposed before. */
  setTimer(callback: () => void, delayMs: number): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};

/** Resolves after `delayMs`. Rejects with the signal's reason when that comes first. */
export async function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((done, fail) => {
    const stop = (): void => {
      timer.dispose();
      fail(signal.reason as Error);
    };
    const timer = clock.setTimer(() => {
      signal.removeEventListener('abort', stop);
      done();
    }, delayMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** A moment in ms since the epoch as ISO 8601; `null` for one that is unknown, or that no calendar has. */
export function isoTime(at: number | null): string | null {
  const date = new Date(at ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Blocks for real ms: nothing else happens in this window meanwhile. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, ms);
}
