import type { Intent } from '../tasks/intent.ts';
import type { Task } from '../tasks/task.ts';
import { bringRows, type OutlivingTable } from './bringOver.ts';
import type { Database, Row } from './database.ts';
import type { Intents } from './intents.ts';

/** What the figures of spending are made from. */
export interface Records {
  /** Oldest first. */
  readonly intents: readonly Intent[];
  readonly tasks: readonly TaskRecord[];
}

/** What a task says of money, also one that is no longer in the list. Truth is 1, as SQLite has it. */
export interface TaskRecord extends Pick<
  Task,
  | 'gateway'
  | 'id'
  | 'label'
  | 'trackedAt'
  | 'createdAt'
  | 'model'
  | 'generation'
  | 'file'
  | 'unfinishedAt'
  | 'completedSeenAt'
  | 'fileDuration'
  | 'actualDuration'
  | 'verdict'
  | 'shotFile'
  | 'amount'
> {
  readonly hasLink: 0 | 1;
  /** Whether it is still polled. */
  readonly isPolled: 0 | 1;
  readonly isRemoved: 0 | 1;
  /** Whether it came of an intent. */
  readonly isMade: 0 | 1;
}

/** SQL: the columns that both tables of tasks have. */
const SHARED = `t.gateway, t.id, t.trackedAt, t.createdAt, t.model, t.generation, t.file, t.unfinishedAt, t.completedSeenAt,
  t.fileDuration, t.actualDuration, t.verdict, t.shotFile, 
  IFNULL(t.amount, (SELECT amount FROM charges c WHERE c.gateway = t.gateway AND c.taskId = t.id)) AS amount,
  EXISTS (SELECT 1 FROM intents i WHERE i.taskId = t.id AND i.gateway = t.gateway) AS isMade`;

const IN_LIST = `SELECT ${SHARED}, t.label, t.videoUrl IS NOT NULL AS hasLink, t.nextPollAt IS NOT NULL AS isPolled,
  0 AS isRemoved FROM tasks t`;

const REMOVED = `SELECT ${SHARED}, NULL AS label, t.hasLink, 0 AS isPolled, 1 AS isRemoved FROM removedTasks t`;

const IS_OUT = 'NOT EXISTS (SELECT 1 FROM tasks l WHERE l.gateway = t.gateway AND l.id = t.id)';

/** What the figures of spending are made from: read without the responses that most of a list consists of. */
export class VideoRecords {
  private readonly database: Database;
  private readonly commit: <T>(action: () => T) => T;
  private readonly intents: Intents;

  constructor(database: Database, commit: <T>(action: () => T) => T, intents: Intents) {
    this.database = database;
    this.commit = commit;
    this.intents = intents;
  }

  /** What was wanted, sent, or tracked since a moment, or is still to be sent, with the tasks of all of it. */
  since(moment: number): Records {
    const intents = this.intents.since(moment);
    const tasks = [
      ...this.database.all(`${IN_LIST} WHERE t.trackedAt >= ?`, moment),
      ...this.database.all(`${REMOVED} WHERE t.trackedAt >= ? AND ${IS_OUT}`, moment),
    ] as unknown as TaskRecord[];
    const known = new Set(tasks.map(({ gateway, id }) => JSON.stringify([gateway, id])));
    const older = intents.flatMap(({ gateway, taskId }) =>
      taskId === null || known.has(JSON.stringify([gateway, taskId])) ? [] : this.of(gateway, taskId),
    );
    return { intents, tasks: [...tasks, ...older] };
  }

  /** Takes in what was read from a damaged file of this list. */
  bringBack(rows: ReadonlyMap<OutlivingTable, readonly Row[]>): void {
    this.commit(() => {
      for (const [table, ofTable] of rows) {
        bringRows(table, ofTable, this.database);
      }
    });
  }

  private of(gateway: string, id: string): TaskRecord[] {
    const where = 'WHERE t.gateway = ? AND t.id = ?';
    const [found] = this.database.all(
      `${IN_LIST} ${where} UNION ALL ${REMOVED} ${where} AND ${IS_OUT}`,
      gateway,
      id,
      gateway,
      id,
    );
    return found ? [found as unknown as TaskRecord] : [];
  }
}
