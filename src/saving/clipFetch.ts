import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ClipEnding } from '../tasks/clipKind.ts';
import type { FileCheck, Kept, Part } from '../tasks/part.ts';
import type { Task } from '../tasks/task.ts';
import { checkOf, isLastTry, UNFINISHED_CHECK } from './checkOf.ts';
import { endingOf, readHead } from './content.ts';
import { download } from './download.ts';
import { SaveError } from './errors.ts';
import { isSurelyExpired, SHORT_TRIES } from './outcome.ts';
import { newPart, removeQuietly, type PartRecord } from './partRecord.ts';
import type { SavingDependencies } from './savingDependencies.ts';

/** A file that has everything that is available of a clip. */
export interface Fetched {
  /** bytes */
  readonly size: number;
  readonly ending: ClipEnding;
  readonly check: FileCheck;
}

/**
 * Gets everything that is available of a clip and checks it. A file that seems to end too early is put aside until a better one
 * comes; it is what counts once nothing better can come.
 */
export class ClipFetch {
  private readonly dependencies: SavingDependencies;
  private readonly task: Task;
  private readonly record: PartRecord;
  private readonly signal: AbortSignal;
  private readonly isAwaited: () => boolean;

  /** `isAwaited`: whether a slow download must yield its slot to a waiting clip. */
  constructor(
    dependencies: SavingDependencies,
    task: Task,
    record: PartRecord,
    signal: AbortSignal,
    isAwaited: () => boolean,
  ) {
    this.dependencies = dependencies;
    this.task = task;
    this.record = record;
    this.signal = signal;
    this.isAwaited = isAwaited;
  }

  /** Continues from `part`. Rejects with a `SaveError` if the clip should be tried again. */
  async run(part: Part): Promise<Fetched> {
    const isThere = this.record.isComplete && (await stat(part.path)).size === part.size;
    if (!isThere) {
      this.record.set({ ...part, check: undefined });
    }
    const broken = isThere ? undefined : await this.download(this.record.part ?? part);
    const check = this.record.check ?? (await this.check(isThere && part.check === 'begun', broken));
    const { path, size } = this.record.part ?? part;
    // What cannot be read at the moment is taken for what was promised.
    const ending = await readHead(path).then(endingOf, () => 'mp4' as const);
    return { size, ending, check };
  }

  /** Downloads the rest of the clip. Resolves to why that failed if what there is must do. */
  private async download(part: Part): Promise<SaveError | undefined> {
    try {
      await download({
        link: this.task.videoUrl ?? '',
        path: part.path,
        beginning: part,
        rules: this.dependencies.rulesOf(this.task),
        clock: this.dependencies.clock,
        isAwaited: this.isAwaited,
        signal: this.signal,
        onProgress: progress => {
          this.record.advance(progress);
        },
      });
      return undefined;
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof SaveError && (this.endsHere(error) || (await this.takeKept(error)))) {
        return error;
      }
      throw error;
    }
  }

  /**
   * Checks the whole file. The start of the check is recorded first, so that a file whose check crashes the window is not
   * checked again. Throws if the clip should be downloaded again. `broken`: why the download did not bring all of it.
   */
  private async check(hasBegun: boolean, broken: SaveError | undefined): Promise<FileCheck> {
    const { checker, clock, log } = this.dependencies;
    const { part } = this.record;
    if (!part) {
      throw new Error('There is nothing to check.');
    }
    if (hasBegun) {
      return UNFINISHED_CHECK;
    }
    // Even if nobody said how long the clip is: now it is known.
    const { kept, size, path } = part;
    const unchecked = { ...part, total: size, check: undefined };
    await this.record.record({ ...unchecked, check: 'begun' });
    const takeBack = (): void => {
      // A window that closes normally was not crashed by the file.
      this.record.report(unchecked);
    };
    this.signal.addEventListener('abort', takeBack, { once: true });
    const verdict = await checker.check(path, this.signal);
    this.signal.removeEventListener('abort', takeBack);
    this.signal.throwIfAborted();
    const { check, doubt } = checkOf(verdict, this.task, broken);
    const times = kept?.size === size ? kept.times + 1 : 1;
    if (doubt && !isLastTry(times, this.task, clock.now())) {
      await this.putAside({ path, size, check, times });
      throw doubt;
    }
    if (check.fileCheck === 'notChecked') {
      log.info(`${this.task.id}: not checked: ${check.fileCheckText ?? ''}`);
    }
    this.record.set({ ...unchecked, check });
    return check;
  }

  /** Keeps the better of a file and the one that was put aside before, and starts from nothing. */
  private async putAside(file: Kept): Promise<void> {
    const { workFiles } = this.dependencies;
    const { kept = file, link = '' } = this.record.part ?? {};
    const [better, other] = kept.size > file.size ? [kept, file] : [file, kept];
    await this.record.record({ ...newPart(workFiles.newPath(dirname(file.path)), link), kept: better });
    await removeQuietly(other.path === better.path ? null : other.path);
  }

  /** Whether the clip seems to end here: the media host has stopped several times at the same byte. */
  private endsHere({ problem }: SaveError): boolean {
    const isEnd = problem === 'incomplete' || problem === 'unreachable' || problem === 'stalled';
    return isEnd && this.record.cameNoFurther && this.task.failedSaves >= SHORT_TRIES - 1;
  }

  /** Uses the file that was put aside, once its link has expired: nothing better will come. Whether there is one. */
  private async takeKept(error: SaveError): Promise<boolean> {
    const { store, clock } = this.dependencies;
    const task = store.get(this.task.key) ?? this.task;
    const { part } = this.record;
    if (!part?.kept || !isSurelyExpired(task, error, clock.now())) {
      return false;
    }
    const { kept } = part;
    if ((await stat(kept.path).catch(() => undefined))?.size !== kept.size) {
      return false;
    }
    await this.record.record({ ...part, ...kept, total: kept.size, kept: undefined });
    await removeQuietly(part.path);
    return true;
  }
}
