import { randomUUID } from 'node:crypto';
import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import { isBaseAddress } from '../tasks/gatewayAddress.ts';
import type { Others } from '../tasks/others.ts';
import { VERDICTS } from '../tasks/shot.ts';
import { FILE_STATES, GENERATIONS, type Task, type TaskKey, type TaskPatch } from '../tasks/task.ts';
import { isSafeId } from '../tasks/taskInput.ts';
import { Charges } from './charges.ts';
import type { Database } from './database.ts';
import { History } from './history.ts';
import { Intents } from './intents.ts';
import { Leases } from './leases.ts';
import { ListFile, type ListFileOptions } from './listFile.ts';
import { Pauses } from './pauses.ts';
import { Takes } from './takes.ts';
import { VideoRecords } from './videoRecords.ts';

/** What may be known of a task besides its id when it is tracked. */
export type Origin = Partial<
  Pick<
    Task,
    | 'endpoint'
    | 'model'
    | 'createdAt'
    | 'request'
    | 'label'
    | 'saveFolder'
    | 'shotFile'
    | 'shot'
    | 'take'
    | 'source'
  >
>;

/** What identifies a task, which is given apart from its facts. */
const IDENTITY: ReadonlySet<string> = new Set(['key', 'gateway', 'id', 'trackedAt']);

/**
 * The only truth about tasks, and the only broadcaster: SQLite in one file that all windows share. Methods are
 * synchronous; `onDidChange` fires after the commit with the keys that changed, in this window or another. An empty
 * set means that something other than a task changed.
 */
export class TaskStore implements Disposable {
  readonly file: ListFile;
  readonly leases: Leases;
  readonly pauses: Pauses;
  readonly history: History;
  readonly intents: Intents;
  readonly charges: Charges;
  readonly takes: Takes;
  readonly videos: VideoRecords;
  readonly isReadOnly: boolean;
  readonly onDidChange: Event<ReadonlySet<TaskKey>>;

  private readonly database: Database;

  /** Opens or creates the database. Throws `NewerSchemaError`, or SQLite's error for a file that cannot be used. */
  constructor(path: string, options: ListFileOptions) {
    const owner = randomUUID();
    const commit = <T>(action: () => T): T => this.commit(action);
    this.file = new ListFile(path, owner, options);
    this.database = this.file.database;
    this.leases = new Leases(this.database, owner, options.clock, commit);
    this.pauses = new Pauses(this.database, commit);
    this.history = new History(this.database);
    this.charges = new Charges(this.database);
    this.intents = new Intents(this.database, commit, owner);
    this.takes = new Takes(this.database, commit);
    this.videos = new VideoRecords(this.database, commit, this.intents);
    this.isReadOnly = this.file.isReadOnly;
    this.onDidChange = this.file.onDidChange;
  }

  /** Whether the list would be lost if this window closed now. */
  get isInMemory(): boolean {
    return this.file.isInMemory;
  }

  /** Makes all changes within one commit, announced together. */
  commit<T>(action: () => T): T {
    return this.file.commit(action);
  }

  /** Like `commit`, as soon as the file can be written; see `ListFile`. */
  async commitWhenPossible(action: () => void, signal: AbortSignal): Promise<void> {
    return this.file.commitWhenPossible(action, signal);
  }

  /** The list's own random name, the same in all windows: what is marked with it belongs to this list and no other. */
  get listName(): string {
    return String(this.database.get(`SELECT value FROM facts WHERE name = 'list'`)?.value);
  }

  /** All tasks, newest first. */
  list(): Task[] {
    return this.database.all('SELECT * FROM tasks ORDER BY trackedAt DESC, key DESC') as unknown as Task[];
  }

  get(key: TaskKey): Task | undefined {
    return this.database.get('SELECT * FROM tasks WHERE key = ?', key) as Task | undefined;
  }

  /** The tasks whose clip has been saved once, whether its file is still there or not, and is not being downloaded. */
  withFile(): Pick<Task, 'key' | 'file' | 'filePath'>[] {
    const sql = `SELECT key, file, filePath FROM tasks WHERE filePath IS NOT NULL AND file <> 'downloading'`;
    return this.database.all(sql) as unknown as Pick<Task, 'key' | 'file' | 'filePath'>[];
  }

  /**
   * The tasks with possible news that was not shown yet; `newsOf` decides. Clips that were announced are
   * among them when their links are expected to expire before `moment`.
   */
  untold(moment: number): TaskKey[] {
    const sql = `
      SELECT key FROM tasks WHERE generation IN ('completed', 'failed', 'cancelled', 'stalled', 'notFound') AND CASE told
        WHEN 'ended' THEN file = 'failed' OR (file IN ('none', 'waiting', 'downloading') AND linkExpiresAt < ?)
        WHEN 'unsaved' THEN file NOT IN ('none', 'failed', 'waiting', 'downloading')
        WHEN 'silent' THEN generation NOT IN ('stalled', 'notFound')
        ELSE file <> 'saved' OR seenAt IS NULL
      END`;
    return this.database.all(sql, moment).map(row => Number(row.key));
  }

  /** The `part` facts of all tasks that have one. */
  parts(): string[] {
    return this.database.all('SELECT part FROM tasks WHERE part IS NOT NULL').map(row => String(row.part));
  }

  find(gateway: string, id: string): Task | undefined {
    return this.database.get('SELECT * FROM tasks WHERE gateway = ? AND id = ?', gateway, id) as
      Task | undefined;
  }

  /** Adds a task that is due at `dueAt`. One that is there already is left as it is, and is not new. */
  add(
    gateway: string,
    id: string,
    now: number,
    dueAt = now,
    origin: Origin = {},
  ): { task: Task; isNew: boolean } {
    return this.commit(() => {
      const isNew =
        this.database.run(
          'INSERT INTO tasks (gateway, id, trackedAt, nextPollAt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          gateway,
          id,
          now,
          dueAt,
        ) > 0;
      const task = this.find(gateway, id);
      if (!task) {
        throw new Error(`Task ${id} was not stored.`);
      }
      if (isNew) {
        this.update(task.key, origin);
      }
      return { task: { ...task, ...origin }, isNew };
    });
  }

  /**
   * Takes in a task from elsewhere with all its facts that are known here, unless it is in the list already; under the same
   * `key`, where that is given and free. Throws for facts that no task can have.
   */
  restore(identity: Pick<Task, 'gateway' | 'id' | 'trackedAt'>, facts: object, key?: TaskKey): boolean {
    const columns = new Set(this.database.all('PRAGMA table_info(tasks)').map(column => column.name));
    const known = Object.fromEntries(
      Object.entries(facts).filter(([name]) => columns.has(name) && !IDENTITY.has(name)),
    );
    if (!isPossible(identity, known)) {
      throw new Error(`The facts of task ${identity.id} are not those of a task.`);
    }
    return this.commit(() => {
      const { task, isNew } = this.add(identity.gateway, identity.id, identity.trackedAt);
      if (isNew) {
        this.update(task.key, known);
        if (key !== undefined && !this.get(key)) {
          this.database.run('UPDATE tasks SET key = ? WHERE key = ?', key, task.key);
        }
      }
      return isNew;
    });
  }

  /** Changes the given facts and no others. A task that is gone stays gone. */
  update(key: TaskKey, patch: TaskPatch): void {
    const names = Object.keys(patch);
    const finite = Object.fromEntries(
      Object.entries(patch).map(([name, value]) => [name, finiteNumber(value)]),
    );
    if (names.length > 0) {
      const assignments = names.map(name => `${name} = :${name}`).join(', ');
      this.commit(() =>
        this.database.run(`UPDATE tasks SET ${assignments} WHERE key = :key`, { ...finite, key }),
      );
    }
  }

  remove(keys: readonly TaskKey[]): void {
    this.commit(() => {
      for (const key of keys) {
        this.database.run('DELETE FROM tasks WHERE key = ?', key);
      }
    });
  }

  /** A gateway responds again: polls that were put off because it did not are due `interval` ms after the last attempt. */
  pollAgain(gateway: string, now: number, interval: number): void {
    const sql = `
      UPDATE tasks SET nextPollAt = MAX(:now, MIN(nextPollAt, IFNULL(askedAt, 0) + :interval))
      WHERE gateway = :gateway AND nextPollAt > :now AND failedAsks > 0`;
    this.commit(() => this.database.run(sql, { gateway, now, interval: Math.ceil(interval) }));
  }

  /** What a gateway said last about its other tasks. */
  othersOf({ gateway, key }: Pick<Task, 'gateway' | 'key'>): Others {
    const sql = `
      SELECT MAX(answeredAt) AS answeredAt, IFNULL(SUM(underWay), 0) AS underWay,
        IFNULL(SUM(underWay AND deniedSince IS NOT NULL), 0) AS denied,
        IFNULL(SUM(underWay AND answeredAt IS NOT NULL AND IFNULL(problem, '') NOT IN ('keyRejected', 'outOfCredit')), 0)
          AS witnesses
      FROM (
        SELECT answeredAt, deniedSince, problem, generation IN ('unknown', 'queued', 'processing', 'unrecognised') AS underWay
        FROM tasks WHERE gateway = ? AND key <> ?
      )`;
    return this.database.get(sql, gateway, key) as unknown as Others;
  }

  /** Whether this call, and no other in any window at any time, is the first to claim a thing that is done once for a list. */
  claimOnce(what: string): boolean {
    const sql = `INSERT INTO facts (name, value) VALUES (?, '1') ON CONFLICT DO NOTHING`;
    return this.commit(() => this.database.run(sql, what)) > 0;
  }

  /** Whether this call, and no other in any window, may show this notification about the task. */
  claimNotification(key: TaskKey, told: NonNullable<Task['told']>, now: number): boolean {
    const sql = 'UPDATE tasks SET told = ?, notifiedAt = ? WHERE key = ? AND told IS NOT ?';
    return this.commit(() => this.database.run(sql, told, now, key, told)) > 0;
  }

  /** Gives this window's leases back, so that another can continue at once, and closes the file. */
  dispose(): void {
    this.file.stopWatching();
    try {
      if (!this.isReadOnly) {
        this.leases.releaseAll();
      }
    } finally {
      this.file.dispose();
    }
  }
}

/** A number that cannot be read back counts as unknown. */
function finiteNumber<T>(value: T): T | null {
  return typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** Whether facts from elsewhere are acceptable, as far as the columns' types do not ensure it. */
function isPossible(identity: Pick<Task, 'gateway' | 'id'>, facts: Partial<Task>): boolean {
  const { generation = 'unknown', file = 'none', verdict = null } = facts;
  return (
    isSafeId(identity.id) &&
    isBaseAddress(identity.gateway) &&
    GENERATIONS.includes(generation) &&
    FILE_STATES.includes(file) &&
    (verdict === null || VERDICTS.includes(verdict))
  );
}
