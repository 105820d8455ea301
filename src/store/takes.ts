import type { MadeTask } from '../tasks/lineage.ts';
import type { Shot, Source } from '../tasks/shot.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import type { Database } from './database.ts';

/** SQL: rows of one shot. A heading that is empty is none. */
const OF_SHOT = `IFNULL(shotFile, '') = :file AND IFNULL(shot, '') = :shot`;

/** Which tasks are takes of which shot, and which clip each saved frame is from. Methods that change something commit on their own. */
export class Takes {
  private readonly database: Database;
  private readonly commit: <T>(action: () => T) => T;

  constructor(database: Database, commit: <T>(action: () => T) => T) {
    this.database = database;
    this.commit = commit;
  }

  /** The takes of a shot, in their order. */
  ofShot(shot: Shot): Task[] {
    const sql = `SELECT * FROM tasks WHERE ${OF_SHOT} AND NOT (shotFile IS NULL AND shot IS NULL) ORDER BY take, key`;
    return this.database.all(sql, named(shot)) as unknown as Task[];
  }

  /** The highest number that a take of the shot has or had, also one that is still to be made; 0 where there is none. */
  lastOf(shot: Shot): number {
    const sql = `SELECT MAX(
      IFNULL((SELECT MAX(take) FROM tasks WHERE ${OF_SHOT}), 0),
      IFNULL((SELECT MAX(take) FROM intents WHERE IFNULL(file, '') = :file AND IFNULL(section, '') = :shot), 0)) AS last`;
    return Number(this.database.get(sql, named(shot))?.last ?? 0);
  }

  /** A shot file has another path: its takes, made and still to be made, go with it. */
  moveFile(from: string, to: string): void {
    this.commit(() => {
      this.database.run('UPDATE tasks SET shotFile = ? WHERE shotFile = ?', to, from);
      this.database.run('UPDATE intents SET file = ? WHERE file = ?', to, from);
    });
  }

  /** Takes, made and still to be made, that were of no file are of this one. */
  moveToFile(tasks: readonly TaskKey[], intents: readonly string[], file: string): void {
    this.commit(() => {
      for (const key of tasks) {
        this.database.run('UPDATE tasks SET shotFile = ? WHERE key = ?', file, key);
      }
      for (const id of intents) {
        this.database.run('UPDATE intents SET file = ? WHERE id = ?', file, id);
      }
    });
  }

  /** Takes, made and still to be made, are of another shot of their file; their numbers stay. */
  moveTakes(tasks: readonly TaskKey[], intents: readonly string[], to: string | null): void {
    this.commit(() => {
      for (const key of tasks) {
        this.database.run('UPDATE tasks SET shot = ? WHERE key = ?', to, key);
      }
      for (const id of intents) {
        this.database.run('UPDATE intents SET section = ? WHERE id = ?', to, id);
      }
    });
  }

  /** Writes down which clip a saved frame is from; a later one of the same path replaces it. */
  noteFrame(path: string, { gateway, id, at }: Source): void {
    this.commit(() =>
      this.database.run(
        'INSERT OR REPLACE INTO frames (path, gateway, id, at) VALUES (?, ?, ?, ?)',
        path,
        gateway,
        id,
        at,
      ),
    );
  }

  /** The clip that a frame was saved from; `undefined` for one that Dailies did not save. */
  sourceOfFrame(path: string): Source | undefined {
    return this.database.get('SELECT gateway, id, at FROM frames WHERE path = ?', path) as Source | undefined;
  }

  /** What was made here from a frame of a task, also what is no longer in the list. */
  madeFrom({ gateway, id }: Pick<Task, 'gateway' | 'id'>): MadeTask[] {
    const sql = `SELECT gateway, taskId AS id, label, source FROM intents WHERE source IS NOT NULL AND taskId IS NOT NULL
      AND json_valid(source) AND json_extract(source, '$.gateway') = ? AND json_extract(source, '$.id') = ? ORDER BY key`;
    return this.database.all(sql, gateway, id) as unknown as MadeTask[];
  }

  /** The tasks that start from a frame of this one, oldest first. */
  followersOf({ gateway, id }: Pick<Task, 'gateway' | 'id'>): Task[] {
    const sql = `SELECT * FROM tasks WHERE source IS NOT NULL AND json_valid(source)
      AND json_extract(source, '$.gateway') = ? AND json_extract(source, '$.id') = ? ORDER BY key`;
    return this.database.all(sql, gateway, id) as unknown as Task[];
  }
}

function named({ shotFile, shot }: Shot): { file: string; shot: string } {
  return { file: shotFile ?? '', shot: shot ?? '' };
}
