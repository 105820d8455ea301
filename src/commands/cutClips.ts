import { commands as vscodeCommands, l10n, ProgressLocation, window, type Uri } from 'vscode';
import { absentName, type Absence, type Picks } from '../cut/picks.ts';
import type { CutClip } from '../cut/cut.ts';
import { clipUri } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import { withLocalFile } from '../host/localCopy.ts';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { ClipChecker } from '../saving/clipChecker.ts';
import type { VideoFacts } from '../saving/videoFacts.ts';
import { shotName, shotOf } from '../tasks/shot.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import type { CutSource } from './cutSource.ts';

/** A clip of a cut with what is known of its file. */
export interface ReadClip {
  readonly task: Task;
  readonly clip: CutClip;
  readonly facts: VideoFacts;
}

/** What reading the clips needs from outside. */
export interface CutClipServices {
  readonly checker: Pick<ClipChecker, 'factsOf' | 'check'>;
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

/**
 * The clips of a cut with the facts of their files. What is absent is named first, and the person decides with `button` whether to go on
 * without; `undefined` where they do not, or nothing is left.
 */
export async function readyClips(
  { picks, name, file }: CutSource,
  services: CutClipServices,
  button: string,
): Promise<readonly ReadClip[] | undefined> {
  if (picks.tasks.length === 0 && picks.absent.every(({ why }) => why === 'noPick')) {
    await sayNoPicks(name, file, picks.absent);
    return undefined;
  }
  const read = await readClips(picks, services);
  return read && (await goOnWithout(read.absent, read.clips.length, button)) ? read.clips : undefined;
}

/** Says what to do where no take is picked yet. */
async function sayNoPicks(name: string, file: Uri | undefined, absent: readonly Absence[]): Promise<void> {
  const [first] = absent;
  if (!file || first?.why !== 'noPick') {
    void messages.info(l10n.t('"{0}" has no shots yet.', name));
    return;
  }
  const show = l10n.t('Show Takes');
  const message = l10n.t(
    'No take of "{0}" is picked yet. Press P in the player, a comparison, or the contact sheet to pick the takes for the cut.',
    name,
  );
  if ((await messages.info(message, show)) === show) {
    await vscodeCommands.executeCommand(commands.showTakes, file, first.shot.shot ?? '');
  }
}

/** Reads the facts of the clips, showing how far that is; `undefined` where the person stops it. */
async function readClips(picks: Picks, services: CutClipServices): Promise<ReadClips | undefined> {
  const { tasks } = picks;
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Reading the clips of the cut…'),
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
  const uri = clipUri(path);
  const presence = await isThere(path);
  if (presence === false) {
    await lookForFile(task.key);
    return { why: 'noFile', task };
  }
  if (presence === undefined && uri.scheme !== 'file') {
    return { why: 'outOfReach', task };
  }
  const { facts, isCutOff } = await withLocalFile(uri, async file => ({
    facts: await checker.factsOf(file, signal),
    isCutOff: (await checker.check(file, signal)).kind === 'cutOff',
  })).catch(() => ({ facts: undefined, isCutOff: false }));
  if (isCutOff) {
    return { why: 'cutOff', task };
  }
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

/**
 * Names what is absent from a cut, and has the person decide whether to go on without; `false` where they do not, or nothing is left.
 * `count`: how many clips there are.
 */
async function goOnWithout(absent: readonly Absence[], count: number, button: string): Promise<boolean> {
  if (count === 0) {
    void messages.warning(l10n.t('There are no clips for the cut.'), {
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
function absentText(absent: readonly Absence[]): string {
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
    case 'image':
      return l10n.t('"{0}": an image, not a clip', name);
    case 'audio':
      return l10n.t('"{0}": audio, not a clip', name);
    case 'noShot':
      return l10n.t('"{0}": its shot is no longer in the file', name);
    case 'outOfReach':
      return l10n.t('"{0}": its folder can\'t be reached from this window', name);
    case 'cutOff':
      return l10n.t('"{0}": the file is incomplete', name);
    case 'unreadable':
      return l10n.t('"{0}": the file can\'t be read as a clip', name);
  }
}
