import { isBeingSaved, isFinal, SAVED, type Task, type TaskKey, type TaskPatch } from '../tasks/task.ts';
import { shotOf, sourceText, type TakeFacts } from '../tasks/shot.ts';
import type { Sidecar } from './sidecar.ts';

/** A clip that lies next to its sidecar. */
export interface FoundClip {
  readonly sidecar: Sidecar;
  /** As tasks hold it: an absolute path, or a URI where only VS Code reaches it. */
  readonly filePath: string;
  /** Whether its content has the hash that the sidecar states; not known where `needsProof` is not so. */
  readonly isProven?: boolean;
}

/** The part of the store that takes clips in. */
export interface FindingStore {
  find(gateway: string, id: string): Task | undefined;
  restore(identity: Pick<Task, 'gateway' | 'id' | 'trackedAt'>, facts: object): boolean;
  update(key: TaskKey, patch: TaskPatch): void;
  commit<T>(action: () => T): T;
}

/** Whether a file would end what is under way for a task: then more must match than its size. */
export function needsProof(task: Task | undefined): boolean {
  return task !== undefined && (!isFinal(task.generation) || isBeingSaved(task));
}

/** What came of taking clips in. */
export interface TakenIn {
  /** Clips of tasks that were not in the list, or had no file there. */
  readonly found: number;
  /** Clips that the list knew. */
  readonly known: number;
}

/**
 * Puts found clips into the list, in one commit. A task that is there with its file stays as it is, unless that file is
 * one of the `lost` paths; one that is under way continues, unless the clip is proven.
 */
export function takeIn(
  clips: readonly FoundClip[],
  store: FindingStore,
  lost: ReadonlySet<string>,
  now: number,
): TakenIn {
  return store.commit(() => {
    const found = clips.filter(clip => takeInOne(clip, store, lost, now)).length;
    return { found, known: clips.length - found };
  });
}

function takeInOne(clip: FoundClip, store: FindingStore, lost: ReadonlySet<string>, now: number): boolean {
  const { gateway, id } = clip.sidecar;
  const here = store.find(gateway, id);
  if (!here) {
    return store.restore({ gateway, id, trackedAt: trackedAt(clip.sidecar, now) }, factsOf(clip, now));
  }
  if (!lacksFile(here, lost) || (needsProof(here) && clip.isProven !== true)) {
    return false;
  }
  store.update(here.key, {
    ...fileOf(clip, now),
    generation: 'completed',
    completedSeenAt: here.completedSeenAt ?? completedAt(clip.sidecar),
    label: here.label ?? clip.sidecar.label,
    model: here.model ?? clip.sidecar.model,
    createdAt: here.createdAt ?? timeOf(clip.sidecar.createdAt),
    request: here.request ?? requestOf(clip.sidecar),
    verdict: here.verdict ?? clip.sidecar.verdict,
    note: here.note ?? clip.sidecar.note,
    source: here.source ?? takeOf(clip.sidecar).source,
    ...(shotOf(here) ? {} : shotIn(clip.sidecar)),
  });
  return true;
}

/** Whether the task can do with a file. One that is being saved gets its own; one that failed has none to get. */
function lacksFile(task: Task, lost: ReadonlySet<string>): boolean {
  const isLost = task.filePath === null || lost.has(task.filePath);
  return (
    task.file !== 'downloading' &&
    (task.file !== 'saved' || isLost) &&
    (task.generation === 'completed' || !isFinal(task.generation))
  );
}

/** What a sidecar says about its task. */
function factsOf(clip: FoundClip, now: number): Partial<Task> {
  const { sidecar } = clip;
  return {
    ...fileOf(clip, now),
    generation: 'completed',
    model: sidecar.model,
    label: sidecar.label,
    request: requestOf(sidecar),
    ...takeOf(sidecar),
    createdAt: timeOf(sidecar.createdAt),
    completedSeenAt: completedAt(sidecar),
  };
}

/** The file is here, and nothing is left to poll, to save or to announce. */
function fileOf({ sidecar, filePath }: FoundClip, now: number): TaskPatch {
  return {
    ...SAVED,
    filePath,
    fileSize: sidecar.clip.bytes,
    fileDuration: sidecar.clip.duration,
    fileCheck: sidecar.clip.check,
    fileCheckText: sidecar.clip.checkReason,
    nextPollAt: null,
    seenAt: now,
    told: 'ended',
    notifiedAt: now,
  };
}

/** The list is ordered by this: the task stands where it stood, never in the future. */
function trackedAt(sidecar: Sidecar, now: number): number {
  return Math.min(timeOf(sidecar.createdAt) ?? completedAt(sidecar), now);
}

function completedAt(sidecar: Sidecar): number {
  return timeOf(sidecar.completedAt) ?? Date.parse(sidecar.savedAt);
}

function timeOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

function requestOf(sidecar: Sidecar): string | null {
  return sidecar.request === null ? null : JSON.stringify(sidecar.request);
}

/** What the sidecar says of the take that the clip is. */
function takeOf(sidecar: Sidecar): TakeFacts {
  const { verdict, note, source } = sidecar;
  return { ...shotIn(sidecar), verdict, note, source: source === null ? null : sourceText(source) };
}

function shotIn({ shotFile, shot, take }: Sidecar): Pick<TakeFacts, 'shotFile' | 'shot' | 'take'> {
  return { shotFile, shot, take };
}
