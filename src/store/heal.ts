import type { Database } from './database.ts';
import { FILE_STATES, GENERATIONS } from '../tasks/task.ts';

/** The last moment that a calendar has, ms since the epoch (ECMA-262, time values). */
const LAST_MOMENT = 8.64e15;

/** SQL: what each fact is where its value is none that a task can have. */
const POSSIBLE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'createdAt',
      'answeredAt',
      'unfinishedAt',
      'completedSeenAt',
      'linkExpiresAt',
      'deniedSince',
      'askedAt',
      'nextPollAt',
      'nextSaveAt',
      'notifiedAt',
      'linkRefusedAt',
      'seenAt',
      'fileSize',
      'fileDuration',
      'actualDuration',
      'amount',
    ].map(name => [name, number(name, 'NULL')]),
  ),
  ...Object.fromEntries(
    ['trackedAt', 'failedAsks', 'denials', 'failedSaves'].map(name => [name, number(name, '0')]),
  ),
  generation: word('generation', GENERATIONS, 'unknown'),
  file: word('file', FILE_STATES, 'none'),
};

/**
 * Mends rows with values that no task can have, which an older Dailies may have taken in, or damage may have left: those facts are
 * unknown from now on. Gives the ids of the tasks. Writes only where there is something to mend.
 */
export function healRows(database: Database): string[] {
  const sick = Object.entries(POSSIBLE)
    .map(([name, possible]) => `${name} IS NOT (${possible})`)
    .join(' OR ');
  const ids = database.all(`SELECT id FROM tasks WHERE ${sick}`).map(row => String(row.id));
  if (ids.length > 0) {
    const assignments = Object.entries(POSSIBLE)
      .map(([name, possible]) => `${name} = ${possible}`)
      .join(', ');
    database.run(`UPDATE tasks SET ${assignments} WHERE ${sick}`);
  }
  return ids;
}

function number(name: string, otherwise: string): string {
  return `CASE WHEN ${name} BETWEEN -${LAST_MOMENT} AND ${LAST_MOMENT} THEN ${name} ELSE ${otherwise} END`;
}

function word(name: string, words: readonly string[], otherwise: string): string {
  const list = words.map(one => `'${one}'`).join(', ');
  return `CASE WHEN ${name} IN (${list}) THEN ${name} ELSE '${otherwise}' END`;
}
