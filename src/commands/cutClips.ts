import { l10n, ProgressLocation, window } from 'vscode';
import { absentName, type Absence, type Picks } from '../cut/picks.ts';
import type { CutClip } from '../cut/cut.ts';
import { clipUri } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import { messages } from '../host/messages.ts';
import type { ClipChecker } from '../saving/clipChecker.ts';
import type { VideoFacts } from '../saving/videoFacts.ts';
import { shotName, shotOf } from '../tasks/shot.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';

/** A clip of a cut with what is known of its file. */
export interface ReadClip {
  readonly task: Task;
  readonly clip: CutClip;
  readonly facts: VideoFacts;
}

/** What reading the clips needs from outside. */
export interface CutClipServices {
  readonly checker: Pick<ClipChecker, 'factsOf'>;
  /** Has a clip's file looked for, so that the list says the same. */
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

/** What stands in a list of names at most: the rest is counted. */
const MOST_NAMES = 12;

/** The clips that can be read, and what is absent. */
export interface ReadClips {
  readonly clips: readonly ReadClip[];
  readonly absent: readonly Absence[];
}

/** Reads the facts of the clips, showing how far that is; `undefined` where the person stops it. */
export async function readClips(picks: Picks, services: CutClipServices): Promise<ReadClips | undefined> {
  const { tasks } = picks;
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Reading {0} clips…', tasks.length),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, cancelled) => {
    const stop = new AbortController();
    cancelled.onCancellationRequested(() => {
      stop.abort();
    });
    return factsOfClips(picks, services, stop.signal, () => {
      progress.report({ increment: 100 / tasks.length });
    });
  });
}

/** Reads the facts of the clips, outside of this thread; `undefined` where that is stopped. */
export async function factsOfClips(
  { tasks, absent }: Picks,
  services: CutClipServices,
  signal: AbortSignal,
  onRead: () => void,
): Promise<ReadClips | undefined> {
  const clips: ReadClip[] = [];
  const missing: Absence[] = [];
  for (const task of tasks) {
    if (signal.aborted) {
      return undefined;
    }
    const read = await readClip(task, services, signal);
    onRead();
    if ('why' in read) {
      missing.push(read);
    } else {
      clips.push(read);
    }
  }
  return { clips, absent: [...absent, ...missing] };
}

async function readClip(
  task: Task,
  { checker, lookForFile }: CutClipServices,
  signal: AbortSignal,
): Promise<ReadClip | Absence> {
  const path = task.filePath ?? '';
  if ((await isThere(path)) === false) {
    await lookForFile(task.key);
    return { why: 'noFile', task };
  }
  const uri = clipUri(path);
  const facts =
    uri.scheme === 'file' ? await checker.factsOf(uri.fsPath, signal).catch(() => undefined) : undefined;
  if (!facts) {
    return { why: 'unreadable', task };
  }
  const { frames, rate, width, height, hasAudio } = facts;
  const shot = shotOf(task);
  return {
    task,
    facts,
    clip: {
      path,
      name: nameOf(task),
      sourceStart: 0,
      duration: frames,
      length: frames,
      rate,
      width,
      height,
      hasAudio,
      isMissing: false,
      note: task.note,
      shot: shot ? shotName(shot) : null,
      take: task.take,
    },
  };
}

/** Names what is absent from a cut, and has the person decide whether to go on without; `false` where they do not, or nothing is left. */
export async function goOnWithout(
  absent: readonly Absence[],
  count: number,
  button: string,
): Promise<boolean> {
  if (count === 0) {
    void messages.warning(l10n.t('There is no clip for the cut.'), {
      modal: true,
      detail: absentText(absent),
    });
    return false;
  }
  if (absent.length === 0) {
    return true;
  }
  const message =
    absent.length === 1
      ? l10n.t('1 clip is missing from the cut.')
      : l10n.t('{0} clips are missing from the cut.', absent.length);
  return (await messages.warning(message, { modal: true, detail: absentText(absent) }, button)) === button;
}

/** What is absent, a line each. */
export function absentText(absent: readonly Absence[]): string {
  const lines = absent.slice(0, MOST_NAMES).map(one => absenceText(one));
  const rest = absent.length - lines.length;
  return [...lines, ...(rest > 0 ? [l10n.t('…and {0} more', rest)] : [])].join('\n');
}

/** What is absent, and why. */
export function absenceText(absence: Absence): string {
  const name = absentName(absence, nameOf);
  switch (absence.why) {
    case 'noPick':
      return l10n.t('"{0}": no take is picked', name);
    case 'notSaved':
      return l10n.t('"{0}": not saved yet', name);
    case 'noFile':
      return l10n.t('"{0}": file not found', name);
    case 'unreadable':
      return l10n.t('"{0}": the file can\'t be read as a clip', name);
  }
}
