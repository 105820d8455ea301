import { HOUR } from './clock.ts';

const DAY = 24 * HOUR;

/** The beginning of a moment's day on this machine, ms since the epoch. */
export function midnight(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}

/** The beginning of a day, so many days before that of a moment. Days of 23 and 25 hours count as one. */
export function daysAgo(moment: number, days: number): number {
  return midnight(midnight(moment) + DAY / 2 - days * DAY);
}
