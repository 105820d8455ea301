import { rm } from 'node:fs/promises';
import { MINUTE } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { isWhole, readPart, writePart, type FileCheck, type Part } from '../tasks/part.ts';
import type { Task, TaskPatch } from '../tasks/task.ts';
import type { Progress } from './download.ts';
import { TakenOver, Unwanted } from './errors.ts';
import type { SavingDependencies } from './savingDependencies.ts';

/** The shortest time between two progress reports to the store, s. */
const REPORT_EVERY = 0.9;

/** Longer than giving a file its name takes, ms. */
const LEASE = MINUTE;

/**
 * What is on the disk of one clip, and the store's record of it. The record is written before the disk changes, so that
 * another window can continue from it whenever this one closes.
 */
export class PartRecord {
  private readonly dependencies: Pick<SavingDependencies, 'store' | 'clock' | 'log'>;
  private readonly task: Task;
  private readonly signal: AbortSignal;
  /** The most that was on the disk when the attempt started, bytes. */
  private readonly sizeBefore: number;
  private current: Part | undefined;
  private receivedAny = false;
  private measuredAt = performance.now();

  constructor(
    dependencies: Pick<SavingDependencies, 'store' | 'clock' | 'log'>,
    task: Task,
    signal: AbortSignal,
  ) {
    this.dependencies = dependencies;
    this.task = task;
    this.signal = signal;
    this.current = readPart(task.part);
    this.sizeBefore = Math.max(this.current?.size ?? 0, this.current?.kept?.size ?? 0);
  }

  get part(): Part | undefined {
    return this.current;
  }

  /** The part as a task's fact. */
  get fact(): string | null {
    return this.current ? writePart(this.current) : null;
  }

  /** Whether all of the clip is on the disk. */
  get isComplete(): boolean {
    return isWhole(this.current);
  }

  /** Whether more of the clip is on the disk than when the attempt started. */
  get hasAdvanced(): boolean {
    return (this.current?.size ?? 0) > this.sizeBefore;
  }

  /** Whether the media host has responded, but with not a byte beyond those of the attempt before. */
  get cameNoFurther(): boolean {
    const { size = 0 } = this.current ?? {};
    return this.receivedAny && size > 0 && size === this.sizeBefore;
  }

  /** The finished check of an earlier attempt. */
  get check(): FileCheck | undefined {
    const check = this.current?.check;
    return check === 'begun' ? undefined : check;
  }

  /** Changes the part without recording it: the next record includes it. */
  set(part: Part | undefined): void {
    this.current = part;
  }

  /**
   * Records a part, as soon as the store can be written. Rejects with `TakenOver` or `Unwanted` where the clip is no longer
   * this window's to save.
   */
  async record(part: Part, facts: TaskPatch = {}): Promise<void> {
    this.current = part;
    await this.dependencies.store.commitWhenPossible(() => {
      this.write({ ...facts, part: writePart(part) });
    }, this.signal);
  }

  /** Follows a download, and updates the store about once a second. */
  advance(progress: Progress): void {
    // Once stopped, the task's part belongs to another: a person, or the window that has taken over.
    if (!this.current || this.signal.aborted) {
      return;
    }
    this.receivedAny = true;
    const seconds = (performance.now() - this.measuredAt) / 1000;
    this.measuredAt = performance.now();
    const rate = Math.max(0, Math.round((progress.size - this.current.size) / Math.max(seconds, 0.001)));
    const { size, total, validator } = progress;
    const isFinal = seconds < REPORT_EVERY && size >= this.current.size;
    this.current = { ...this.current, size, total, validator, rate };
    // The end of an attempt is recorded with its outcome.
    if (!isFinal) {
      this.report(this.current);
    }
  }

  /** Records a part if that can be done at once. */
  report(part: Part): void {
    const { store, log } = this.dependencies;
    try {
      store.commit(() => {
        this.write({ part: writePart(part) });
      });
    } catch (error) {
      // Busy or full: the next report says it.
      log.debug(`${this.task.id}: ${messageOf(error)}`);
    }
  }

  /** Removes what came, but not what was kept before. */
  async discard(): Promise<void> {
    const part = this.current;
    this.current = part?.kept && { ...newPart(part.path, part.link), kept: part.kept };
    await Promise.all([part?.path, part?.spare].map(removeQuietly));
  }

  /** Removes everything that there is of the clip. */
  async forget(): Promise<void> {
    const kept = this.current?.kept;
    this.current &&= { ...this.current, kept: undefined };
    await Promise.all([this.discard(), removeQuietly(kept?.path)]);
  }

  /** Within a commit. Throws `TakenOver` or `Unwanted` (a person has stopped it, in any window). */
  private write(patch: TaskPatch): void {
    const { store, clock } = this.dependencies;
    const { key } = this.task;
    if ((store.get(key)?.nextSaveAt ?? null) === null) {
      throw new Unwanted();
    }
    if (!store.leases.renew(key, 'save', clock.now() + LEASE)) {
      throw new TakenOver();
    }
    store.update(key, patch);
  }
}

/** A part of which nothing has come yet. */
export function newPart(path: string, link: string): Part {
  return { path, size: 0, total: null, rate: 0, link, validator: null, placing: null };
}

/** What cannot be removed now belongs to nobody, and is swept away later. */
export async function removeQuietly(path: string | null | undefined): Promise<void> {
  if (path) {
    await rm(path, { force: true }).catch(() => undefined);
  }
}
