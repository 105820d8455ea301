import { mkdir, stat, utimes } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { messageOf } from '../base/errors.ts';
import { withoutQuery } from '../base/log.ts';
import { readPart, type FileCheck, type Part } from '../tasks/part.ts';
import { SAVED, type Task, type TaskPatch } from '../tasks/task.ts';
import { ClipFetch } from './clipFetch.ts';
import { nameOfClip } from './fileName.ts';
import { parentOf, storedFolder } from './folderPath.ts';
import { moveAnywhere, patiently } from './moving.ts';
import { newPart, PartRecord, removeQuietly } from './partRecord.ts';
import type { SavingDependencies } from './savingDependencies.ts';
import { hashFile, sidecarOf, sidecarText } from './sidecar.ts';
import type { Target } from './target.ts';

/** One attempt to save one clip; it may continue what another has started. The store follows each step. */
export class ClipSaving {
  private readonly dependencies: SavingDependencies;
  private readonly task: Task;
  private readonly signal: AbortSignal;
  private readonly isAwaited: () => boolean;
  private readonly record: PartRecord;

  /** `isAwaited`: whether a slow download must yield its slot to a waiting clip. */
  constructor(dependencies: SavingDependencies, task: Task, signal: AbortSignal, isAwaited: () => boolean) {
    this.dependencies = dependencies;
    this.task = task;
    this.signal = signal;
    this.isAwaited = isAwaited;
    this.record = new PartRecord(dependencies, task, signal);
  }

  /** Whether more of the clip is on the disk than when the attempt started. */
  get hasAdvanced(): boolean {
    return this.record.hasAdvanced;
  }

  /** What is on the disk of the clip, as a task's fact. */
  get partFact(): string | null {
    return this.record.fact;
  }

  /** Whether all of the clip is on the disk. */
  get isComplete(): boolean {
    return this.record.isComplete;
  }

  /** Brings the clip to its final name. Resolves to the task's facts then. */
  async run(): Promise<TaskPatch> {
    const { store, clock, nameTemplate, targetOf, writesSidecars } = this.dependencies;
    const { part: found, check: checked } = this.record;
    if (found?.placing && (await this.wasPlaced(found.placing, found))) {
      return { ...SAVED, ...checked, filePath: found.placing, fileSize: found.size };
    }
    const first = await targetOf(this.task.saveFolder);
    const begun = await this.begin(first.workFolder);
    const fetch = new ClipFetch(this.dependencies, this.task, this.record, this.signal, this.isAwaited);
    const { size, ending, check } = await fetch.run(begun);
    // A person may have chosen another folder or name meanwhile.
    const current = store.get(this.task.key) ?? this.task;
    const target = await targetOf(current.saveFolder);
    const part = await this.bringTo(target.workFolder, begun);
    const name = nameOfClip(current, nameTemplate(), clock.now());
    const hasSidecar = writesSidecars();
    const sha256 = hasSidecar ? await hashFile(part.path) : '';
    const place = async (): Promise<string> =>
      target.place(part.path, { name, ending, hasSidecar, replaces: current.saveReplaces }, async path =>
        this.intend(size, path),
      );
    const filePath = await patiently(place, clock, this.signal);
    if (hasSidecar) {
      await this.writeSidecar(target, filePath, { size, check, sha256 });
    }
    await removeQuietly(part.kept?.path);
    return { ...SAVED, ...check, filePath, fileSize: size };
  }

  /** Keeps what came for the next attempt, unless it is nothing or `isUseless`: then it is removed. */
  async leave(isUseless: boolean): Promise<void> {
    if (isUseless || this.record.part?.size === 0) {
      await this.record.discard();
    }
  }

  /** Removes everything that there is of the clip: nobody wants it. */
  async forget(): Promise<void> {
    await this.record.forget();
  }

  /** Whether an earlier window gave the clip its name and closed; perhaps in a folder that is no longer the target. */
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

  /** The part to continue, or a new one; the store knows of it before there is a file. */
  private async begin(folder: string): Promise<Part> {
    const { store, clock, workFiles } = this.dependencies;
    await mkdir(folder, { recursive: true });
    const inUse = (): ReadonlySet<string> => new Set(store.parts().flatMap(namesOf));
    await workFiles.sweep(folder, inUse, clock.now());
    const link = withoutQuery(this.task.videoUrl ?? '');
    const known = await this.findPart(folder, link);
    if (known) {
      // Its time shows other lists that it is still in use.
      const now = clock.now() / 1000;
      await utimes(known.path, now, now).catch(() => undefined);
    } else {
      await this.record.discard();
    }
    const part = known ?? { ...newPart(workFiles.newPath(folder), link), kept: this.record.part?.kept };
    await this.record.record(part, { file: 'downloading' });
    return part;
  }

  /** What there is of the clip, under any of its names, if it can be continued. */
  private async findPart(folder: string, link: string): Promise<Part | undefined> {
    const { part, isComplete } = this.record;
    // What is complete is kept, whatever its link was and wherever it is: there may be no other.
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

  /** Moves the part to a folder, on whichever disk that is. The store knows both names before there are two. */
  private async bringTo(folder: string, begun: Part): Promise<Part> {
    const { clock, workFiles } = this.dependencies;
    const part = this.record.part ?? begun;
    if (dirname(part.path) === folder) {
      return part;
    }
    await mkdir(folder, { recursive: true });
    const path = workFiles.newPath(folder);
    await this.record.record({ ...part, spare: path });
    await patiently(async () => moveAnywhere(part.path, path, this.signal), clock, this.signal);
    await this.record.record({ ...part, path, spare: part.path });
    await removeQuietly(part.path);
    return { ...part, path };
  }

  /** The last step before the file gets its final name: the clip must still be ours to save. */
  private async intend(size: number, placing: string): Promise<void> {
    const { part } = this.record;
    if (part) {
      await this.record.record({ ...part, size, placing });
    }
  }

  /** A clip is saved even if its sidecar cannot be written. */
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

/** The names of the files that a part refers to. */
function namesOf(fact: string): string[] {
  const { path, spare, kept } = readPart(fact) ?? {};
  return [path, spare, kept?.path].filter(one => one !== undefined).map(one => basename(one));
}

async function fileAt(path: string): Promise<{ nlink: number; size: number } | undefined> {
  return stat(path).catch(() => undefined);
}
