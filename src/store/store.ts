import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { HOUR, MINUTE, SECOND, sleep } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import { PLACES } from '../base/places.ts';
import { ChangeWatch } from './changeWatch.ts';
import { isNetworkFolder } from '../base/networkFolder.ts';
import { bringLeases, bringMissing, bringOver } from './bringOver.ts';
import { damageError, Database, isDamage, isPassing, type Journal } from './database.ts';
import { FilePlace } from './filePlace.ts';
import { withRepairLock } from './repairLock.ts';
import { isBaseAddress } from '../tasks/gatewayAddress.ts';
import { healRows } from './heal.ts';
import { History } from './history.ts';
import type { Others } from '../tasks/others.ts';
import { ALL_GATEWAYS } from '../tasks/pause.ts';
import { PAUSE_HOLDS, PAUSE_IS_PROBED, Pauses } from './pauses.ts';
import { FILE_STATES, GENERATIONS, type Task, type TaskKey, type TaskPatch } from '../tasks/task.ts';
import { isSafeId } from '../tasks/taskInput.ts';

/** What a lease is held for. */
export type Work = 'poll' | 'save';

/** What a window is working on, or was until it died. */
export interface Lease {
  readonly task: TaskKey;
  readonly work: Work;
  /** Whether it is this window that works. */
  readonly isOurs: boolean;
  /** ms since the epoch. */
  readonly until: number;
}

/** How a store is opened. */
export interface StoreOptions {
  readonly clock: Clock;
  readonly readOnly?: boolean;
  /** How long opening waits for other windows, ms. */
  readonly patience?: number;
  /** How the file is to survive a crash; told by where it is unless given. */
  readonly journal?: Journal;
  readonly onListenerError?: (error: unknown) => void;
  /** Repairs the file: called when damage was met that was not there to be seen at opening. */
  readonly repair?: () => void;
}

/** What a task is tracked with, where more is known than its id. */
export type Origin = Partial<Pick<Task, 'model' | 'createdAt' | 'request' | 'label' | 'saveFolder'>>;

/** What a task is known by, which is given apart from its facts. */
const OWN: ReadonlySet<string> = new Set(['key', 'gateway', 'id', 'trackedAt']);

/** How a due task is found. When saving, the clip whose link is assumed to die first goes before the others. */
const DUE: Record<Work, { column: 'nextPollAt' | 'nextSaveAt'; order: string }> = {
  poll: { column: 'nextPollAt', order: 'nextPollAt' },
  save: { column: 'nextSaveAt', order: 'linkExpiresAt' },
};

/** How long to wait before something is written that could not be, ms. */
const WRITE_AGAIN = SECOND;

/** No deadline is set further ahead, ms; one that is was set before the clock was turned back, and is due. */
const FARTHEST = 2 * HOUR;

/** No lease is longer, ms; for the same reason. */
const LONGEST_LEASE = HOUR / 6;

/** The change log is kept for longer than any window sleeps through another's work, ms. */
const CHANGES_KEPT = 24 * HOUR;

/** The change log is trimmed after so many changes, within the commit of one: a window may stay open for weeks. */
const TRIM_EVERY = 1_000;

/** Owns a place that stays taken for a while after the work is done. */
const NOBODY = '';

/** SQL: whether lease `l` holds at `:now`. */
const LEASE_HOLDS = `(l.work = :work AND l.until > :now AND l.until <= :now + ${LONGEST_LEASE})`;

/** Polls that a window leaves to others are theirs for so long, ms: longer than a lease. */
const OTHERS_TURN = MINUTE;

/** SQL: whether no other window asks a task's gateway, for want of a key or because there is no other window. */
const IS_FORSAKEN = `(
  tasks.nextPollAt <= :now - ${OTHERS_TURN}
  AND NOT EXISTS (SELECT 1 FROM asks a WHERE a.gateway = tasks.gateway AND a.at > :now - ${OTHERS_TURN} AND a.at <= :now)
  AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.gateway = tasks.gateway AND p.reason IN ('noKey', 'keyUnreadable'))
)`;

/**
 * SQL: whether a task is free to be worked on at `:now`: not leased, its gateway not paused, and not left to others, as
 * those in the JSON list `:without` are: of gateways for polls, of keys for saves.
 */
const IS_FREE = `
  tasks.key NOT IN (SELECT l.task FROM leases l WHERE ${LEASE_HOLDS})
  AND (:work <> 'save' OR tasks.key NOT IN (SELECT value FROM json_each(:without)))
  AND (:work <> 'poll' OR (
    (tasks.gateway NOT IN (SELECT value FROM json_each(:without)) OR ${IS_FORSAKEN})
    AND tasks.gateway NOT IN (SELECT p.gateway FROM pauses p WHERE ${PAUSE_HOLDS})
    AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.gateway = '${ALL_GATEWAYS}' AND ${PAUSE_HOLDS})
  ))`;

/**
 * SQL: whether fewer than all places for this work are taken, by any window. It depends on nothing of a task but its
 * gateway, so that SQLite looks through the leases once, not for every due task, while it holds the write lock.
 */
const HAS_PLACE = `
  CASE :work
    WHEN 'save' THEN (SELECT COUNT(*) FROM leases l WHERE ${LEASE_HOLDS}) < ${PLACES.save}
    ELSE tasks.gateway NOT IN (
      SELECT other.gateway FROM leases l CROSS JOIN tasks other ON other.key = l.task
      WHERE ${LEASE_HOLDS} GROUP BY other.gateway HAVING COUNT(*) >= CASE
        WHEN other.gateway IN (SELECT p.gateway FROM pauses p WHERE ${PAUSE_IS_PROBED}) THEN 1 ELSE ${PLACES.poll}
      END
    )
  END`;

/**
 * The only truth about tasks, and the only broadcaster: SQLite in one file that all windows share. Methods are
 * synchronous; `onDidChange` fires after the commit with the keys that changed, in this window or another. An empty
 * set means that something other than a task changed.
 */
export class TaskStore implements Disposable {
  private readonly database: Database;
  private readonly clock: Clock;
  private readonly owned = new DisposableStore();
  private readonly changes: Emitter<ReadonlySet<TaskKey>>;
  private readonly failures: Emitter<unknown>;
  /** This window, as the owner of leases. */
  private readonly owner = randomUUID();
  /** How far in the change log this window has announced. */
  private announced: number;
  private dataVersion: number;
  /** How far the change log had come when it was last trimmed. */
  private trimmed = 0;

  private readonly options: StoreOptions;
  /** Which file this window has open; none while it works in memory. */
  private place: FilePlace | undefined;
  /** How far the change log was when the file was last seen in its place, and the time before. */
  private inPlace: readonly [before: number, last: number] = [0, 0];
  private mending: Disposable | undefined;

  readonly isReadOnly: boolean;
  /** The ids of tasks that had values which no task can have, and were mended when the list was opened. */
  readonly healed: readonly string[] = [];
  readonly onDidChange: Event<ReadonlySet<TaskKey>>;
  /** The file could not be read or written just now; whoever tried gets the same error. */
  readonly onDidFail: Event<unknown>;
  readonly pauses: Pauses;
  readonly history: History;

  /** Opens or makes the database. Throws `NewerSchemaError`, or SQLite's error for a file that cannot be used. */
  constructor(path: string, options: StoreOptions) {
    this.clock = options.clock;
    this.options = options;
    this.isReadOnly = options.readOnly === true;
    this.changes = this.owned.add(new Emitter(options.onListenerError));
    this.onDidChange = this.changes.event;
    this.failures = this.owned.add(new Emitter(options.onListenerError));
    this.onDidFail = this.failures.event;
    this.database = this.openFile(path);
    this.pauses = new Pauses(this.database, action => this.commit(action));
    this.history = new History(this.database);
    try {
      this.dataVersion = this.database.dataVersion;
      this.announced = this.isReadOnly ? 0 : this.newestChange();
      if (!this.isReadOnly) {
        this.trimChanges();
        this.healed = healRows(this.database);
        this.stayAt(path);
      }
    } catch (error) {
      // Not our tables. The file must be free to be moved aside.
      this.owned.dispose();
      this.database.dispose();
      throw error;
    }
  }

  /** Whether the list would end with this window if it closed now. */
  get isInMemory(): boolean {
    return this.place === undefined && !this.isReadOnly;
  }

  /** How the file survives a crash: `rollback` where it is on a network drive, or nothing else can be had there. */
  get journal(): Journal {
    return this.database.journal;
  }

  /** Throws where the file is damaged, in its tables or its indices. */
  checkWhole(): void {
    const found = this.database.get('PRAGMA quick_check(1)')?.quick_check;
    if (found !== 'ok') {
      throw damageError(String(found));
    }
    this.database.get('SELECT 1 FROM tasks LIMIT 1');
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
   * The tasks of which there may be something to tell that was not told; `newsOf` knows. Clips that were spoken of are
   * among them when their links are assumed to expire before a moment.
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
      Object.entries(facts).filter(([name]) => columns.has(name) && !OWN.has(name)),
    );
    if (!isSound(identity, known)) {
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
    const sound = Object.fromEntries(
      Object.entries(patch).map(([name, value]) => [name, soundNumber(value)]),
    );
    if (names.length > 0) {
      const assignments = names.map(name => `${name} = :${name}`).join(', ');
      this.commit(() =>
        this.database.run(`UPDATE tasks SET ${assignments} WHERE key = :key`, { ...sound, key }),
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

  /** A gateway can be asked again: what was put off because it could not be is due, `interval` ms after it was tried last. */
  askAgain(gateway: string, now: number, interval: number): void {
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

  /** Makes all changes within one commit, announced together. */
  commit<T>(action: () => T): T {
    if (this.database.isInTransaction) {
      return action();
    }
    const whole = (): T => {
      this.checkPlace();
      if (this.announced - this.trimmed > TRIM_EVERY) {
        this.trimChanges();
      }
      return action();
    };
    let result: T;
    try {
      result = this.database.transaction(whole);
    } catch (error) {
      if (!(error instanceof MovedError)) {
        throw error;
      }
      this.reopen();
      result = this.database.transaction(whole);
    }
    this.announce();
    return result;
  }

  /**
   * Goes on with the file at a path, in place of the memory: with what was changed here since `numberFrom`. Throws as opening
   * does; then all goes on as before.
   */
  moveTo(path: string): void {
    this.goOnWith(this.openFile(path));
    this.stayAt(path);
  }

  /** What is tracked from now on gets keys from a number on, so that no other list has the same. */
  numberFrom(key: TaskKey): void {
    this.database.run(`DELETE FROM sqlite_sequence WHERE name = 'tasks'`);
    this.database.run(`INSERT INTO sqlite_sequence (name, seq) VALUES ('tasks', ?)`, key);
    this.announced = this.newestChange();
    this.inPlace = [this.announced, this.announced];
  }

  /** Whether this call, and no other in any window at any time, is the first to claim a thing that is done once for a list. */
  claimOnce(what: string): boolean {
    const sql = `INSERT INTO facts (name, value) VALUES (?, '1') ON CONFLICT DO NOTHING`;
    return this.commit(() => this.database.run(sql, what)) > 0;
  }

  /**
   * As `commit`, as soon as the file can be written: another window may be writing for longer than SQLite waits, and a
   * full disk may be emptied. Rejects when `signal` stops the waiting, and with every other error.
   */
  async commitWhenPossible(action: () => void, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        this.commit(action);
        return;
      } catch (error) {
        if (!isPassing(error)) {
          throw error;
        }
      }
      await sleep(this.clock, WRITE_AGAIN, signal);
    }
  }

  /**
   * Claims the most urgent due task for this window for `lease` ms, by one atomic statement: no two windows get the
   * same one. `undefined` when nothing is due, or all windows together have their hands full. Polls of the gateways
   * `without` are left to other windows, as long as those ask; so are saves of the tasks `without`.
   */
  claim(work: Work, now: number, lease: number, without: Iterable<string | TaskKey> = []): Task | undefined {
    const { column, order } = DUE[work];
    this.pullIn(work, now);
    const claimed = this.database.get(
      `INSERT INTO leases (task, work, owner, until)
       SELECT key, :work, :owner, :until FROM tasks
       WHERE ${column} <= :now AND ${IS_FREE} AND ${HAS_PLACE}
       ORDER BY ${order} LIMIT 1
       ON CONFLICT DO UPDATE SET owner = :owner, until = :until
       RETURNING task`,
      { work, owner: this.owner, until: now + lease, now, without: JSON.stringify([...without]) },
    );
    return claimed ? this.get(Number(claimed.task)) : undefined;
  }

  /** Whether a due task waits for nothing but a place: all are taken, here or in other windows. */
  isCrowded(work: Work, now: number, without: Iterable<string | TaskKey> = []): boolean {
    const { column } = DUE[work];
    const sql = `SELECT 1 FROM tasks WHERE ${column} <= :now AND ${IS_FREE} AND NOT ${HAS_PLACE} LIMIT 1`;
    return this.database.get(sql, { work, now, without: JSON.stringify([...without]) }) !== undefined;
  }

  /** Prolongs this window's lease. `false` when another window holds it by now, or the task is gone. */
  renew(key: TaskKey, work: Work, until: number): boolean {
    const sql = 'UPDATE leases SET until = ? WHERE task = ? AND work = ? AND owner = ?';
    return this.database.run(sql, until, key, work, this.owner) > 0;
  }

  /**
   * Gives this window's lease back. `false` when another window holds it by now, or the task is gone. The place that it took
   * stays taken, by nobody, until the moment `placeUntil` where that is still to come.
   */
  release(key: TaskKey, work: Work, placeUntil = 0): boolean {
    const isOurs = 'task = ? AND work = ? AND owner = ?';
    return placeUntil > this.clock.now()
      ? this.database.run(
          `UPDATE leases SET owner = '${NOBODY}', until = ? WHERE ${isOurs}`,
          placeUntil,
          key,
          work,
          this.owner,
        ) > 0
      : this.database.run(`DELETE FROM leases WHERE ${isOurs}`, key, work, this.owner) > 0;
  }

  /** Who works on what now. */
  leases(now: number): Lease[] {
    return this.database
      .all(
        `SELECT task, work, owner, until FROM leases WHERE until > ? AND owner <> '${NOBODY}' ORDER BY task`,
        now,
      )
      .map(row => ({
        task: Number(row.task),
        work: row.work as Work,
        isOurs: row.owner === this.owner,
        until: Number(row.until),
      }));
  }

  /** When to look for work again, leases, pauses and `without` considered: never too late, at times too early. */
  nextDueAt(work: Work, now: number, without: Iterable<string | TaskKey> = []): number | undefined {
    const { column } = DUE[work];
    const due = this.database.get(
      `SELECT ${column} AS at FROM tasks WHERE ${column} IS NOT NULL AND ${IS_FREE} ORDER BY ${column} LIMIT 1`,
      { work, now, without: JSON.stringify([...without]) },
    );
    const freed = this.database.get(
      `SELECT MIN(until) AS at FROM (
         SELECT until FROM leases l WHERE ${LEASE_HOLDS}
         UNION ALL SELECT until FROM pauses p WHERE :work = 'poll' AND p.until IS NOT NULL AND ${PAUSE_HOLDS}
       )`,
      { work, now },
    );
    const moments = [this.isTurnedBack(work, now) ? now : undefined, due?.at, freed?.at].filter(
      at => typeof at === 'number',
    );
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** Whether this call, and no other in any window, may tell the person this about the task. */
  claimNotification(key: TaskKey, told: NonNullable<Task['told']>, now: number): boolean {
    const sql = 'UPDATE tasks SET told = ?, notifiedAt = ? WHERE key = ? AND told IS NOT ?';
    return this.commit(() => this.database.run(sql, told, now, key, told)) > 0;
  }

  /** Gives this window's leases back, so that another can go on at once, and closes the file. */
  dispose(): void {
    this.owned.dispose();
    this.mending?.dispose();
    try {
      if (!this.isReadOnly) {
        this.database.run('DELETE FROM leases WHERE owner = ?', this.owner);
      }
    } finally {
      this.database.dispose();
    }
  }

  /** Whether a deadline lies further ahead than any is set: the clock was turned back since. */
  private isTurnedBack(work: Work, now: number): boolean {
    const { column } = DUE[work];
    return this.database.get(`SELECT 1 FROM tasks WHERE ${column} > ? LIMIT 1`, now + FARTHEST) !== undefined;
  }

  /** Makes due now what would be due in a time that the clock has to live through a second time. */
  private pullIn(work: Work, now: number): void {
    if (this.isTurnedBack(work, now)) {
      const { column } = DUE[work];
      this.commit(() =>
        this.database.run(`UPDATE tasks SET ${column} = ? WHERE ${column} > ?`, now, now + FARTHEST),
      );
    }
  }

  private newestChange(): number {
    return Number(this.database.get('SELECT MAX(seq) AS seq FROM changes')?.seq ?? 0);
  }

  /** Forgets changes that every window has heard of; again after each so many. */
  private trimChanges(): void {
    this.database.run('DELETE FROM changes WHERE at < ?', Date.now() - CHANGES_KEPT);
    this.trimmed = this.newestChange();
  }

  private announce(): void {
    const rows = this.database.all(
      'SELECT seq, task FROM changes WHERE seq > ? ORDER BY seq',
      this.announced,
    );
    const newest = rows.at(-1)?.seq;
    if (typeof newest === 'number') {
      this.announced = newest;
      this.changes.fire(new Set(rows.map(row => row.task).filter(task => typeof task === 'number')));
    }
  }

  /** Another window may have committed: its changes are announced here too. */
  private announceOthers(): void {
    if (this.place?.isLost() === true && !this.database.isInTransaction) {
      this.reopen();
    }
    const version = this.database.dataVersion;
    if (version !== this.dataVersion) {
      this.announce();
      this.dataVersion = version;
    }
  }

  private openFile(path: string): Database {
    const { readOnly = false, patience, journal } = this.options;
    return new Database(path, {
      readOnly,
      ...(patience === undefined ? {} : { patience }),
      journal: journal ?? (isNetworkFolder(dirname(path)) ? 'rollback' : 'wal'),
      onError: error => {
        this.failures.fire(error);
        if (isDamage(error)) {
          this.mendSoon();
        }
      },
    });
  }

  /** From now on the file at a path is this window's. */
  private stayAt(path: string): void {
    this.inPlace = [this.announced, this.announced];
    if (path !== ':memory:') {
      this.place = new FilePlace(path);
      this.owned.add(
        new ChangeWatch(path, this.clock, () => {
          this.announceOthers();
        }),
      );
    }
  }

  /** Throws where the file was moved aside. Called with the lock that whoever repairs it has to wait for. */
  private checkPlace(): void {
    if (this.place?.isLost() === true) {
      throw new MovedError();
    }
    this.inPlace = [this.inPlace[1], this.announced];
  }

  /** The file was moved aside, as another window has found it damaged: goes on with the one that is there now. */
  private reopen(): void {
    if (this.place) {
      const { path } = this.place;
      this.goOnWith(withRepairLock(path, () => this.openFile(path)));
      this.place = new FilePlace(path);
    }
  }

  /** Damage that was met in the midst of work is repaired when the work is over. */
  private mendSoon(): void {
    const { repair } = this.options;
    if (repair && this.place) {
      this.mending ??= this.clock.setTimer(() => {
        this.mending = undefined;
        try {
          repair();
          this.announceOthers();
        } catch (error) {
          this.failures.fire(error);
        }
      }, 0);
    }
  }

  /** Brings over what the other file may not have, and works with that from now on. */
  private goOnWith(other: Database): void {
    const before = keysIn(this.database);
    try {
      ignoringDamage(() => {
        bringOver(this.database, other, this.inPlace[0]);
      });
      ignoringDamage(() => {
        bringMissing(this.database, other);
      });
      ignoringDamage(() => {
        bringLeases(this.database, other, this.owner);
      });
      healRows(other);
    } catch (error) {
      other.dispose();
      throw error;
    }
    this.database.takeOver(other);
    this.dataVersion = this.database.dataVersion;
    this.announced = this.newestChange();
    this.trimmed = this.announced;
    this.inPlace = [this.announced, this.announced];
    this.changes.fire(new Set([...before, ...keysIn(this.database)]));
  }
}

/** The file at the path is not the one that is open. */
class MovedError extends Error {}

/** What a damaged file does not give is not there to be had. */
function ignoringDamage(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
  }
}

function keysIn(database: Database): TaskKey[] {
  try {
    return database.all('SELECT key FROM tasks').map(({ key }) => Number(key));
  } catch {
    return [];
  }
}

/** A number that cannot be read back is as good as unknown. */
function soundNumber<T>(value: T): T | null {
  return typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** Whether facts from elsewhere can be lived with: what the columns' types cannot tell. */
function isSound(identity: Pick<Task, 'gateway' | 'id'>, facts: Partial<Task>): boolean {
  const { generation = 'unknown', file = 'none' } = facts;
  return (
    isSafeId(identity.id) &&
    isBaseAddress(identity.gateway) &&
    GENERATIONS.includes(generation) &&
    FILE_STATES.includes(file)
  );
}
