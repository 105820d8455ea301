import { HOUR } from '../base/clock.ts';
import { isWhole, readPart } from './part.ts';
import { isBeingSaved, type Task } from './task.ts';

/** A clip is at risk when it is not saved and less than this share of the time is left in which it could have been, … */
const RISKY_SHARE = 1 / 4;

/** … of a link that lives long when this is left, ms. */
export const LONGEST_RISK = 6 * HOUR;

/** Whether all of the clip is on this machine, and it only waits for its place: nothing of it is lost with its link. */
export function isDownloaded({ file, part }: Pick<Task, 'file' | 'part'>): boolean {
  return file !== 'saved' && part !== null && isWhole(readPart(part));
}

/** When a clip is lost that is not saved until then, as far as that is known; what is downloaded is not. ms since the epoch. */
export function lostAt(task: Pick<Task, 'file' | 'part' | 'linkExpiresAt'>): number | null {
  return isDownloaded(task) ? null : task.linkExpiresAt;
}

/** Whether a finished clip may soon be lost: it is neither saved nor downloaded, and its link expires soon, measured by its life. */
export function isAtRisk(task: Task, now: number): boolean {
  const { generation, file, linkExpiresAt } = task;
  if (generation !== 'completed' || linkExpiresAt === null || !(file === 'none' || isBeingSaved(task))) {
    return false;
  }
  if (isDownloaded(task)) {
    return false;
  }
  const life = linkExpiresAt - (task.completedSeenAt ?? -Infinity);
  return linkExpiresAt - now < Math.min(Math.max(life * RISKY_SHARE, 0), LONGEST_RISK);
}
