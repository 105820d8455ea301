import type { Clock } from '../base/clock.ts';
import { SECOND } from '../base/clock.ts';
import type { TaskStore } from './store.ts';
import { noteFrom, shotKey, shotOf, type Shot, type Verdict } from '../tasks/shot.ts';
import {
  isBeingSaved,
  isSavable,
  lacksKey,
  SAVED,
  type SaveProblem,
  type Task,
  type TaskKey,
  type TaskPatch,
} from '../tasks/task.ts';

/** What came of tracking: which tasks are new, and which were in the list already. */
export interface Tracked {
  readonly added: readonly Task[];
  readonly known: readonly Task[];
}

/** What more is known of tasks that are tracked. */
export interface TrackOptions {
  /** What the new ones are called, with a number where there are several. */
  readonly name?: string | undefined;
  /** Those of the IDs that a link into the gateway's model center has named. */
  readonly inModelCenter?: readonly string[];
}

/** However often a person presses Refresh, one task is not polled twice within this time. */
const REFRESH_GAP = 10 * SECOND;

/** The verbs that people and agents share. Each leaves the store in a state that the loops can continue from. */
export class Operations {
  private readonly store: TaskStore;
  private readonly clock: Clock;

  constructor(store: TaskStore, clock: Clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Takes ids (checked by `recogniseTasks`) into the list, to be polled at once. Never the same one twice.
   * `saveFolder` is where this window's workspace wants their clips, where it does.
   */
  track(
    gateway: string,
    ids: readonly string[],
    saveFolder: string | null,
    { name, inModelCenter = [] }: TrackOptions = {},
  ): Tracked {
    const added: Task[] = [];
    const known: Task[] = [];
    const now = this.clock.now();
    this.together(() => {
      for (const [index, id] of ids.entries()) {
        const label = name === undefined || ids.length === 1 ? (name ?? null) : `${name} ${index + 1}`;
        const endpoint = inModelCenter.includes(id) ? 'modelCenter' : null;
        const { task, isNew } = this.store.add(gateway, id, now, now, { saveFolder, label, endpoint });
        if (!isNew && endpoint && task.answeredAt === null) {
          this.store.update(task.key, { endpoint, nextPollAt: now });
        }
        (isNew ? added : known).push(task);
      }
    });
    return { added, known };
  }

  /** Several verbs in one commit, announced together: each commit waits for the disk. */
  together<T>(action: () => T): T {
    return this.store.commit(action);
  }

  /** Polls now, also a task that is no longer polled, and a gateway that is left alone until it is probed. */
  refresh(key: TaskKey): void {
    const task = this.store.get(key);
    if (task) {
      const now = this.clock.now();
      this.store.pauses.tryNow(task.gateway, now);
      this.store.update(key, {
        nextPollAt: Math.max(now, (task.askedAt ?? now - REFRESH_GAP) + REFRESH_GAP),
      });
    }
  }

  /** A key was set or cleared: what was refused the one before, or had none, is polled again. */
  useNewKeys(): void {
    const now = this.clock.now();
    this.store.commit(() => {
      this.store.pauses.end('keyRejected', 'noKey', 'keyUnreadable');
      for (const { key, problem, nextPollAt } of this.store.list()) {
        if (lacksKey(problem) && nextPollAt !== null && nextPollAt > now) {
          this.refresh(key);
        }
      }
    });
  }

  /**
   * Saves the clip as soon as possible, also one that was given up or whose file is gone; `as` says where and under
   * which name (without ending), in place of the settings. Gives whether there is anything to save.
   */
  save(key: TaskKey, as: Pick<TaskPatch, 'saveFolder' | 'saveName' | 'saveReplaces'> = {}): boolean {
    const task = this.store.get(key);
    if (!task || !isSavable(task)) {
      return false;
    }
    // One that is on its way is only hurried on.
    const file = task.file === 'downloading' ? 'downloading' : 'waiting';
    this.store.update(key, { ...as, file, nextSaveAt: this.clock.now() });
    return true;
  }

  /** Tries again now what these problems have kept from being saved; `as` as with `save`. */
  retryAll(problems: readonly SaveProblem[], as: Pick<TaskPatch, 'saveFolder'> = {}): void {
    const wanted = this.store
      .list()
      .filter(
        ({ file, saveProblem }) =>
          file === 'failed' && saveProblem !== null && problems.includes(saveProblem),
      );
    if (wanted.length > 0) {
      this.together(() => {
        for (const { key } of wanted) {
          this.save(key, as);
        }
      });
    }
  }

  /** Saves no more of the clip, and tries no more. What is saved stays. */
  stopSaving(key: TaskKey): void {
    const task = this.store.get(key);
    if (task && isBeingSaved(task)) {
      this.store.update(key, {
        file: 'none',
        nextSaveAt: null,
        saveProblem: null,
        saveProblemText: null,
        failedSaves: 0,
        part: null,
      });
    }
  }

  /** Gives a task the name that a person wants; none takes it back. */
  rename(key: TaskKey, label: string): void {
    this.store.update(key, { label: label.trim() === '' ? null : label.trim() });
  }

  /** The same for a video that is no task yet, and for the task that it has become meanwhile. */
  renameIntent(id: string, label: string): void {
    this.together(() => {
      this.store.intents.rename(id, label.trim() === '' ? null : label.trim());
      const intent = this.store.intents.get(id);
      const task =
        intent && intent.taskId !== null ? this.store.find(intent.gateway, intent.taskId) : undefined;
      if (task) {
        this.rename(task.key, label);
      }
    });
  }

  /** Decides on takes: picked, rejected, or neither again. */
  judge(keys: readonly TaskKey[], verdict: Verdict | null): void {
    this.together(() => {
      for (const key of keys) {
        this.store.update(key, { verdict });
      }
    });
  }

  /** Keeps one line about a take; an empty one takes it back. */
  annotate(key: TaskKey, text: string): void {
    this.store.update(key, { note: noteFrom(text) });
  }

  /**
   * Makes tasks takes of a shot, numbered on from its last; none takes them out of theirs. Those that are in it already stay as they are.
   * Gives those that changed, as they were before: `reassign` takes it back.
   */
  assign(keys: readonly TaskKey[], shot: Shot | null): Task[] {
    const before = keys.flatMap(key => this.store.get(key) ?? []);
    const others = before.filter(task =>
      shot && shotOf(task) ? shotKey(task) !== shotKey(shot) : shot !== null || shotOf(task) !== undefined,
    );
    this.together(() => {
      for (const { key } of others) {
        const take = shot ? this.store.takes.lastOf(shot) + 1 : null;
        this.store.update(key, { shotFile: null, shot: null, ...shot, take });
      }
    });
    return others;
  }

  /** Makes tasks the takes again that they were. */
  reassign(tasks: readonly Task[]): void {
    this.together(() => {
      for (const { key, shotFile, shot, take } of tasks) {
        if (this.store.get(key)) {
          this.store.update(key, { shotFile, shot, take });
        }
      }
    });
  }

  /** A person has looked at the clip. A list that is only shown stays as it is. */
  markSeen(key: TaskKey): void {
    if (!this.store.isReadOnly && this.store.get(key)?.seenAt === null) {
      this.store.update(key, { seenAt: this.clock.now() });
    }
  }

  /** The saved clip is elsewhere now, as `filePath` holds it. */
  relocate(key: TaskKey, filePath: string): void {
    const unknown = { fileSize: null, fileDuration: null, fileCheck: null, fileCheckText: null };
    this.store.update(key, { ...SAVED, ...unknown, filePath });
  }

  /** Takes tasks off the list. Saved files stay where they are. */
  forget(keys: readonly TaskKey[]): void {
    this.store.remove(keys);
  }
}
