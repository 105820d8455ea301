import type { Clock } from '../../../src/base/clock.ts';
import { systemClock } from '../../../src/base/clock.ts';

/** What a process is told that stands for a window. */
export interface MakeOrder {
  readonly folder: string;
  readonly gateway: string;
  /** How many ms of its clock pass in a real one, so that what a dead window held is free again soon. */
  readonly speed: number;
  /** Real ms since the epoch at which the clock shows the same. */
  readonly start: number;
}

/** A clock that runs faster than the real one, the same in all processes. */
export function fastClock({ speed, start }: Pick<MakeOrder, 'speed' | 'start'>): Clock {
  return {
    now: () => Math.round(start + (Date.now() - start) * speed),
    setTimer: (callback, delayMs) => systemClock.setTimer(callback, delayMs / speed),
  };
}
