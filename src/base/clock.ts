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

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
