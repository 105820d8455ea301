import { mkdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { MINUTE } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { withoutQuery } from '../base/log.ts';
import type { ClipEnding } from '../tasks/clipKind.ts';
import { isWhole, readPart, writePart, type FileCheck, type Kept, type Part } from '../tasks/part.ts';
import { SAVED, type Task, type TaskKey, type TaskPatch } from '../tasks/task.ts';
import { checkOf, isLastTry, UNFINISHED_CHECK } from './checkOf.ts';
import type { ClipChecker } from './clipChecker.ts';
import { endingOf, readHead } from './content.ts';
import { download, type Progress } from './download.ts';
import { SaveError, TakenOver, Unwanted } from './errors.ts';
import { nameOfClip } from './fileName.ts';
import { parentOf, storedFolder } from './folderPath.ts';
import type { MediaRules } from './mediaRules.ts';
import { moveAnywhere, patiently } from './moving.ts';
import { isSurelyDead, SHORT_TRIES } from './outcome.ts';
import { hashFile, sidecarOf, sidecarText } from './sidecar.ts';
import type { Target } from './target.ts';
import type { WorkFiles } from './workFiles.ts';

/** The part of the store that one saving writes to. */
interface PartStore {
  get(key: TaskKey): Task | undefined;
  readonly leases: { renew(key: TaskKey, work: 'save', until: number): boolean };
  update(key: TaskKey, patch: TaskPatch): void;
  /** The `part` facts of all tasks that have one. */
  parts(): string[];
  commit<T>(action: () => T): T;
  commitWhenPossible(action: () => void, signal: AbortSignal): Promise<void>;
}

/** What saving a clip needs from outside. */
export interface SavingDependencies {
  readonly store: PartStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly workFiles: WorkFiles;
  readonly checker: ClipChecker;
  /** A folder that clips go to, as a task holds it; `null` is the person's own of now. */
  readonly targetOf: (folder: string | null) => Promise<Target>;
  /** The template that clips are named by. */
  readonly nameTemplate: () => string;
  /** Whether a sidecar is written beside each clip. */
  readonly writesSidecars: () => boolean;
  readonly rulesOf: (task: Task) => MediaRules;
}

/** How often the store hears of progress at most, s. */
const TELL_EVERY = 0.9;

/** Longer than giving a file its name takes, ms. */
const LEASE = MINUTE;

/** One attempt to save one clip, from a beginning that another may have made. The store follows each step. */
export class ClipSaving {
  private readonly dependencies: SavingDependencies;
  private readonly task: Task;
  private readonly signal: AbortSignal;
  private readonly isAwaited: () => boolean;
  /** The most that there was of the clip when the attempt began, bytes. */
  private readonly sizeBefore: number;
  private part: Part | undefined;
  /** Whether the media host has given anything in this attempt. */
  private hasCome = false;
  private measuredAt = performance.now();

  /** `isAwaited` tells whether a slow download must give its place to a clip that waits. */
  constructor(dependencies: SavingDependencies, task: Task, signal: AbortSignal, isAwaited: () => boolean) {
    this.dependencies = dependencies;
    this.task = task;
    this.signal = signal;
    this.isAwaited = isAwaited;
    this.part = readPart(task.part);
    this.sizeBefore = Math.max(this.part?.size ?? 0, this.part?.kept?.size ?? 0);
  }

  /** Whether more of the clip is on the disk than when the attempt began. */
  get hasAdvanced(): boolean {
    return (this.part?.size ?? 0) > this.sizeBefore;
  }

  /** What is there of the clip, as a task's fact. */
  get partFact(): string | null {
    return this.part ? writePart(this.part) : null;
  }

  /** Whether all of the clip is on the disk. */
  get isComplete(): boolean {
    return isWhole(this.part);
  }

  /** Brings the clip to its final name. Resolves to what the task has to say of it then. */
  async run(): Promise<TaskPatch> {
    const { store, clock, nameTemplate, targetOf, writesSidecars } = this.dependencies;
    if (this.part?.placing && (await this.wasPlaced(this.part.placing, this.part))) {
      return { ...SAVED, ...this.checked, filePath: this.part.placing, fileSize: this.part.size };
    }
    const first = await targetOf(this.task.saveFolder);
    const begun = await this.begin(first.workFolder);
    const { size, ending, check } = await this.fetch(begun);
    // A person may have chosen another place or name meanwhile.
    const wish = store.get(this.task.key) ?? this.task;
    const target = await targetOf(wish.saveFolder);
    const part = await this.bringTo(target.workFolder, begun);
    const name = nameOfClip(wish, nameTemplate(), clock.now());
    const hasSidecar = writesSidecars();
    const sha256 = hasSidecar ? await hashFile(part.path) : '';
    const place = async (): Promise<string> =>
      target.place(part.path, { name, ending, hasSidecar, replaces: wish.saveReplaces }, async path =>
        this.intend(size, path),
      );
    const filePath = await patiently(place, clock, this.signal);
    if (hasSidecar) {
      await this.writeSidecar(target, filePath, { size, check, sha256 });
    }
    await removeQuietly(part.kept?.path);
    return { ...SAVED, ...check, filePath, fileSize: size };
  }

  /** Keeps what came so far for the next attempt, unless it is nothing or `isUseless`: that is removed. */
  async leave(isUseless: boolean): Promise<void> {
    if (isUseless || this.part?.size === 0) {
      await this.discard();
    }
  }

  /** Removes all that there is of the clip: nobody wants it. */
  async forget(): Promise<void> {
    const kept = this.part?.kept;
    this.part &&= { ...this.part, kept: undefined };
    await Promise.all([this.discard(), removeQuietly(kept?.path)]);
  }

  /** Whether a window before this one gave the clip its name, and died. It may have gone to another folder than that of now. */
  private async wasPlaced(placing: string, part: Part): Promise<boolean> {
    const { targetOf } = this.dependencies;
    const folder = parentOf(placing);
    try {
      return await (await targetOf(folder)).wasPlaced(part);
    } catch (error) {
      // That folder's machine may be gone for good. What is here can go elsewhere, if a person has said so.
      const isElsewhere = (await targetOf(this.task.saveFolder)).folder !== folder;
      if (isElsewhere && (await fileAt(part.path))?.size === part.size) {
        return false;
      }
      throw error;
    }
  }

  /** The part to go on with, or a new one; known to the store before there is a file of it. */
  private async begin(folder: string): Promise<Part> {
    const { store, clock, workFiles } = this.dependencies;
    await mkdir(folder, { recursive: true });
    const inUse = (): ReadonlySet<string> => new Set(store.parts().flatMap(namesOf));
    await workFiles.sweep(folder, inUse, clock.now());
    const link = withoutQuery(this.task.videoUrl ?? '');
    const known = await this.findPart(folder, link);
    if (known) {
      // Other lists see by its time that somebody goes on with it.
      const now = clock.now() / 1000;
      await utimes(known.path, now, now).catch(() => undefined);
    } else {
      await this.discard();
    }
    const part = known ?? { ...newPart(workFiles.newPath(folder), link), kept: this.part?.kept };
    await this.record(part, { file: 'downloading' });
    return part;
  }

  /** What is there of the clip under any of its names and can be gone on with. */
  private async findPart(folder: string, link: string): Promise<Part | undefined> {
    const { part, isComplete } = this;
    // What is whole is kept whatever its link was, and wherever it is: there may be no other.
    if (!part || !(isComplete || (part.link === link && dirname(part.path) === folder))) {
      return undefined;
    }
    const { spare = null, ...rest } = part;
    const [file, other] = await Promise.all([part.path, spare ?? ''].map(fileAt));
    // One with a second name is somebody's clip by now, and nothing is added to it.
    if (file?.nlink === 1 || (isComplete && file?.size === part.size)) {
      await removeQuietly(spare);
      return { ...rest, placing: null };
    }
    return spare !== null && isComplete && other?.size === part.size
      ? { ...rest, path: spare, placing: null }
      : undefined;
  }

  /** Has the part in a folder, on whichever disk that is. The store knows both names before there are two. */
  private async bringTo(folder: string, begun: Part): Promise<Part> {
    const { clock, workFiles } = this.dependencies;
    const part = this.part ?? begun;
    if (dirname(part.path) === folder) {
      return part;
    }
    await mkdir(folder, { recursive: true });
    const path = workFiles.newPath(folder);
    await this.record({ ...part, spare: path });
    await patiently(async () => moveAnywhere(part.path, path, this.signal), clock, this.signal);
    await this.record({ ...part, path, spare: part.path });
    await removeQuietly(part.path);
    return { ...part, path };
  }

  /** Removes what came, but not what was kept before. */
  private async discard(): Promise<void> {
    const { part } = this;
    this.part = part?.kept && { ...newPart(part.path, part.link), kept: part.kept };
    await Promise.all([part?.path, part?.spare].map(removeQuietly));
  }

  /** Has all of the clip that can be had, and knows what it is and what there is to say of it. */
  private async fetch(part: Part): Promise<{ size: number; ending: ClipEnding; check: FileCheck }> {
    const isThere = this.isComplete && (await stat(part.path)).size === part.size;
    if (!isThere) {
      this.part = { ...part, check: undefined };
    }
    const broken = isThere ? undefined : await this.download(this.part ?? part);
    const check = this.checked ?? (await this.check(isThere && part.check === 'begun', broken));
    const { path, size } = this.part ?? part;
    // What cannot be read just now is taken for what was promised.
    const ending = await readHead(path).then(endingOf, () => 'mp4' as const);
    return { size, ending, check };
  }

  /** What an earlier attempt has found out. */
  private get checked(): FileCheck | undefined {
    const check = this.part?.check;
    return check === 'begun' ? undefined : check;
  }

  /**
   * Looks into the whole file; that this is done is written down first, so that a file which ends the window is not looked
   * into again. Throws where it should be fetched again: then it is kept until something better has come. `broken`: why its
   * download did not bring all of it.
   */
  private async check(hasBegun: boolean, broken: SaveError | undefined): Promise<FileCheck> {
    const { checker, clock, log } = this.dependencies;
    if (!this.part) {
      throw new Error('There is nothing to check.');
    }
    if (hasBegun) {
      return UNFINISHED_CHECK;
    }
    // Also where nobody has said how long it is: now it is known.
    const { kept, size, path } = this.part;
    const unchecked = { ...this.part, total: size, check: undefined };
    await this.record({ ...unchecked, check: 'begun' });
    const takeBack = (): void => {
      // A window that closes in good order is not ended by the file.
      this.tell(unchecked);
    };
    this.signal.addEventListener('abort', takeBack, { once: true });
    const verdict = await checker.check(path, this.signal);
    this.signal.removeEventListener('abort', takeBack);
    this.signal.throwIfAborted();
    const { check, doubt } = checkOf(verdict, this.task, broken);
    const times = kept?.size === size ? kept.times + 1 : 1;
    if (doubt && !isLastTry(times, this.task, clock.now())) {
      await this.keep({ path, size, check, times });
      throw doubt;
    }
    if (check.fileCheck === 'notChecked') {
      log.info(`${this.task.id}: not checked: ${check.fileCheckText ?? ''}`);
    }
    this.part = { ...unchecked, check };
    return check;
  }

  /** Puts a file aside until a better one has come, and begins anew. */
  private async keep(file: Kept): Promise<void> {
    const { workFiles } = this.dependencies;
    const { kept = file, link = '' } = this.part ?? {};
    const [better, other] = kept.size > file.size ? [kept, file] : [file, kept];
    await this.record({ ...newPart(workFiles.newPath(dirname(file.path)), link), kept: better });
    await removeQuietly(other.path === better.path ? null : other.path);
  }

  /** Downloads the rest of the clip. Resolves to why that failed, where what there is must do all the same. */
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
          this.advance(progress);
        },
      });
      return undefined;
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof SaveError && (this.comesToNoMore(error) || (await this.takeKept(error)))) {
        return error;
      }
      throw error;
    }
  }

  /** Whether the media host seems to have ended the clip, time after time at the same byte. */
  private comesToNoMore({ problem }: SaveError): boolean {
    const isEnd = problem === 'incomplete' || problem === 'unreachable' || problem === 'stalled';
    const { size = 0 } = this.part ?? {};
    const isAlike = isEnd && this.hasCome && size > 0 && size === this.sizeBefore;
    return isAlike && this.task.failedSaves >= SHORT_TRIES - 1;
  }

  /** Takes what was kept before, once its link is dead: nothing better will come. Whether there is anything. */
  private async takeKept(error: SaveError): Promise<boolean> {
    const { store, clock } = this.dependencies;
    const task = store.get(this.task.key) ?? this.task;
    const { part } = this;
    if (!part?.kept || !isSurelyDead(task, error, clock.now())) {
      return false;
    }
    const { kept } = part;
    if ((await fileAt(kept.path))?.size !== kept.size) {
      return false;
    }
    await this.record({ ...part, ...kept, total: kept.size, kept: undefined });
    await removeQuietly(part.path);
    return true;
  }

  private advance(progress: Progress): void {
    // Once it is stopped, the task's part is for another to tell of: a person, or the window that has taken over.
    if (!this.part || this.signal.aborted) {
      return;
    }
    this.hasCome = true;
    const seconds = (performance.now() - this.measuredAt) / 1000;
    this.measuredAt = performance.now();
    const rate = Math.max(0, Math.round((progress.size - this.part.size) / Math.max(seconds, 0.001)));
    const { size, total, validator } = progress;
    const isTold = seconds < TELL_EVERY && size >= this.part.size;
    this.part = { ...this.part, size, total, validator, rate };
    if (isTold) {
      // The end of an attempt is written down with what came of it.
      return;
    }
    this.tell(this.part);
  }

  /** Writes down what there is of a clip, if that can be done at once. */
  private tell(part: Part): void {
    const { store, log } = this.dependencies;
    try {
      store.commit(() => {
        this.write({ part: writePart(part) });
      });
    } catch (error) {
      // Busy or full: what is not told now is told the next time.
      log.debug(`${this.task.id}: ${messageOf(error)}`);
    }
  }

  /** Last of all before the file gets its final name: it must be ours to give. */
  private async intend(size: number, placing: string): Promise<void> {
    if (this.part) {
      await this.record({ ...this.part, size, placing });
    }
  }

  private async record(part: Part, facts: TaskPatch = {}): Promise<void> {
    this.part = part;
    await this.dependencies.store.commitWhenPossible(() => {
      this.write({ ...facts, part: writePart(part) });
    }, this.signal);
  }

  /**
   * Within a commit: writes down what there is of a clip that is still ours to save. Throws `TakenOver` where it is not,
   * and `Unwanted` where a person has stopped it, in whichever window.
   */
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

  /** What cannot be written beside a clip does not make the clip less saved. */
  private async writeSidecar(
    target: Target,
    filePath: string,
    facts: { size: number; check: FileCheck; sha256: string },
  ): Promise<void> {
    const { clock, log } = this.dependencies;
    const last = filePath.split(/[\\/]/).at(-1) ?? '';
    const name = storedFolder(filePath).kind === 'remote' ? decodeURIComponent(last) : last;
    try {
      const sidecar = sidecarOf(this.task, { name, ...facts }, clock.now());
      await target.writeSidecar(filePath, sidecarText(sidecar));
    } catch (error) {
      log.warn(`${this.task.id}: no sidecar: ${messageOf(error)}`);
    }
  }
}

function newPart(path: string, link: string): Part {
  return { path, size: 0, total: null, rate: 0, link, validator: null, placing: null };
}

/** The names of the files that a part speaks of. */
function namesOf(fact: string): string[] {
  const { path, spare, kept } = readPart(fact) ?? {};
  return [path, spare, kept?.path].filter(one => one !== undefined).map(one => basename(one));
}

async function fileAt(path: string): Promise<{ nlink: number; size: number } | undefined> {
  return stat(path).catch(() => undefined);
}

/** What cannot be removed now is nobody's, and is swept away later. */
async function removeQuietly(path: string | null | undefined): Promise<void> {
  if (path) {
    await rm(path, { force: true }).catch(() => undefined);
  }
}
