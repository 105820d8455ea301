import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { HOUR, MINUTE, SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { DueLoop } from '../base/dueLoop.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { withoutQuery } from '../base/log.ts';
import type { Task, TaskKey, TaskPatch } from '../tasks/task.ts';
import { asSaveError, type SaveError } from './errors.ts';
import { clipName } from './fileName.ts';
import type { MediaRules } from './mediaRules.ts';

/** The part of the store that the saver works on. */
export interface SavingStore {
  claim(work: 'save', now: number, lease: number): Task | undefined;
  nextDueAt(work: 'save', now: number): number | undefined;
  renew(key: TaskKey, work: 'save', until: number): boolean;
  release(key: TaskKey, work: 'save'): void;
  update(key: TaskKey, patch: TaskPatch): void;
}

/** What the saver needs from outside. */
export interface SaverDependencies {
  readonly store: SavingStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The folder that clips go to now. */
  readonly folder: () => string;
  readonly rulesOf: (task: Task) => MediaRules;
}

/** A dead window's download is taken over after this time; a living one renews it. */
const LEASE = MINUTE;
const RENEWAL = 20 * SECOND;

/** Pauses between attempts to save; the last one repeats. */
const PAUSES = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR] as const;

const SAVED = {
  file: 'saved',
  saveProblem: null,
  saveProblemText: null,
  failedSaves: 0,
  nextSaveAt: null,
} as const satisfies TaskPatch;

/** Saves every finished clip whose turn it is, the one whose link dies first before the others. */
export class Saver implements Disposable {
  private readonly dependencies: SaverDependencies;
  private readonly loop: DueLoop<Task>;

  constructor(dependencies: SaverDependencies) {
    this.dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.loop = new DueLoop<Task>(
      {
        name: 'Saver',
        claim: () => store.claim('save', clock.now(), LEASE),
        run: (task, signal) => this.save(task, signal),
        nextDueAt: () => store.nextDueAt('save', clock.now()),
      },
      clock,
      log,
    );
  }

  /** Looks for clips to save now: at start, and after anything that may have made one due. */
  wake(): void {
    this.loop.wake();
  }

  dispose(): void {
    this.loop.dispose();
  }

  private async save(task: Task, stop: AbortSignal): Promise<void> {
    const { store, log, clock } = this.dependencies;
    const lost = new AbortController();
    const signal = AbortSignal.any([stop, lost.signal]);
    const renewal = this.keepLease(task.key, lost);
    try {
      store.update(task.key, { file: 'downloading' });
      const filePath = await this.fetchClip(task, signal);
      log.info(`${task.id}: saved as ${filePath}`);
      store.update(task.key, { ...SAVED, filePath });
    } catch (error) {
      // Stopped, not failed: the store may be closed, and whoever claims the task next goes on.
      signal.throwIfAborted();
      const problem = asSaveError(error);
      log.warn(`${task.id}: not saved: ${problem.message} (${withoutQuery(task.videoUrl ?? '')})`);
      store.update(task.key, failure(task, problem, clock.now()));
    } finally {
      renewal.dispose();
      if (!stop.aborted) {
        store.release(task.key, 'save');
      }
    }
  }

  private async fetchClip(task: Task, signal: AbortSignal): Promise<string> {
    const { folder: folderNow, rulesOf, clock } = this.dependencies;
    // Loaded on first use: start-up needs neither axios nor the container parser.
    const [{ download }, { verifyClip }, { place }] = await Promise.all([
      import('./download.ts'),
      import('./verify.ts'),
      import('./place.ts'),
    ]);
    const folder = folderNow();
    await mkdir(folder, { recursive: true });
    const temporaryPath = join(folder, `.dailies-${task.key}-${process.pid}.part`);
    try {
      await removeLeftovers(folder, task.key);
      await download(task.videoUrl ?? '', temporaryPath, rulesOf(task), signal);
      await verifyClip(temporaryPath);
      return await place(
        temporaryPath,
        folder,
        clipName({ ...task, finishedAt: task.completedSeenAt ?? clock.now() }),
      );
    } catch (error) {
      await rm(temporaryPath, { force: true });
      throw error;
    }
  }

  /** Renews the lease; a task that is gone, or that another window has taken over, is not saved here any more. */
  private keepLease(key: TaskKey, lost: AbortController): Disposable {
    const { store, clock, log } = this.dependencies;
    let timer: Disposable;
    const renew = (): void => {
      timer = clock.setTimer(renew, RENEWAL);
      try {
        if (!store.renew(key, 'save', clock.now() + LEASE)) {
          lost.abort(new Error('The task is not ours to save any more.'));
        }
      } catch (error) {
        // Busy or full: the lease has time for two more tries.
        log.warn(`Lease: ${messageOf(error)}`);
      }
    };
    timer = clock.setTimer(renew, RENEWAL);
    return {
      dispose: () => {
        timer.dispose();
      },
    };
  }
}

/** Temporary files of windows that died: whoever holds the task's lease is the only one at work on it. */
async function removeLeftovers(folder: string, key: TaskKey): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(`.dailies-${key}-`) && name.endsWith('.part')) {
      await rm(join(folder, name), { force: true });
    }
  }
}

/** What a failed attempt leaves behind: when to try again, or that the link is dead. */
function failure(task: Task, error: SaveError, now: number): TaskPatch {
  const told = {
    saveProblem: error.problem,
    saveProblemText: error.detail,
    failedSaves: task.failedSaves + 1,
  };
  if (error.isGone && task.linkExpiresAt !== null && now >= task.linkExpiresAt) {
    return { ...told, file: 'expired', nextSaveAt: null };
  }
  const pause = PAUSES[Math.min(task.failedSaves, PAUSES.length - 1)] ?? HOUR;
  return { ...told, file: 'failed', nextSaveAt: now + pause };
}
