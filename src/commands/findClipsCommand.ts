import {
  commands as vscodeCommands,
  FileSystemError,
  FileType,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
  type CancellationToken,
  type Progress,
} from 'vscode';
import { messages } from '../host/messages.ts';
import { isAbsolute } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { saveFolderUri } from '../host/saveFolder.ts';
import { baseUrlSetting } from '../host/settings.ts';
import { commands } from '../ids.ts';
import { needsProof, takeIn, type FoundClip } from '../saving/foundClips.ts';
import { isClipName } from '../tasks/clipKind.ts';
import { isForeignLocal } from '../tasks/gatewayAddress.ts';
import type { TaskStore } from '../store/store.ts';
import { registerCommand } from './register.ts';

/** How many files are read concurrently: remote file systems have a high latency. */
const WIDTH = 8;

/** The clips found in a folder. */
interface Search {
  readonly clips: readonly FoundClip[];
  /** How many JSON files are not sidecars, or have no clip next to them. */
  readonly refused: number;
}

/** The command that rebuilds the list from the sidecars next to saved clips. */
export function registerFindClipsCommand(store: TaskStore, clock: Clock, log: Log): Disposable {
  return registerCommand(commands.findClips, async () => {
    const folders = await window.showOpenDialog({
      title: l10n.t('Find Saved Clips'),
      openLabel: l10n.t('Scan Folder'),
      defaultUri: saveFolderUri(log),
      canSelectFiles: false,
      canSelectFolders: true,
    });
    const [folder] = folders ?? [];
    const search = folder && (await searchUnderProgress(folder, store, log));
    if (search) {
      const lost = await lostPaths(search.clips, store);
      const { found, known } = takeIn(search.clips, store, lost, clock.now());
      reportResult(found, known, search.refused);
    }
  });
}

/** Resolves to `undefined` if the user cancels, or if the folder cannot be read, which is then shown. */
async function searchUnderProgress(folder: Uri, store: TaskStore, log: Log): Promise<Search | undefined> {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Looking for saved clips'),
    cancellable: true,
  };
  try {
    return await window.withProgress(options, async (progress, stop) => {
      const { clips, refused } = await search(folder, progress, stop, log);
      const proven = await proveClips(clips, store, progress, stop, log);
      return stop.isCancellationRequested ? undefined : { clips: proven, refused };
    });
  } catch (error) {
    log.warn(`Clips in ${folder.toString()}: ${messageOf(error)}`);
    void messages.error(l10n.t("Can't read the folder: {0}", messageOf(error)));
    return undefined;
  }
}

/** Reads the sidecars in a folder, without subfolders. Rejects if the folder cannot be read. */
async function search(
  folder: Uri,
  progress: Progress<{ message: string }>,
  stop: CancellationToken,
  log: Log,
): Promise<Search> {
  const { sidecarName } = await import('../saving/sidecar.ts');
  const entries = await workspace.fs.readDirectory(folder);
  // Some file systems decompose Unicode names, so all are normalised.
  const files = new Map(
    entries
      .filter(([, type]) => (type & FileType.File) !== 0)
      .map(([name]) => [name.normalize('NFC'), Uri.joinPath(folder, name)]),
  );
  const clipOf = new Map([...files.keys()].filter(isClipName).map(name => [sidecarName(name), name]));
  const names = [...files.keys()].filter(name => name.endsWith('.json')).sort();
  const clips: FoundClip[] = [];
  for (let done = 0; done < names.length && !stop.isCancellationRequested; done += WIDTH) {
    progress.report({ message: `${done} / ${names.length}` });
    const batch = names.slice(done, done + WIDTH);
    const read = await Promise.all(
      batch.map(name => readClip(name, clipOf.get(name), files).catch(messageOf)),
    );
    for (const [index, clip] of read.entries()) {
      if (typeof clip === 'string') {
        log.info(`Not a clip's: ${batch[index] ?? ''}: ${clip}`);
      } else {
        clips.push(clip);
      }
    }
  }
  return { clips, refused: names.length - clips.length };
}

/** The clip of a sidecar, or why there is none. `namesake` is the clip with the same base name. */
async function readClip(
  name: string,
  namesake: string | undefined,
  files: ReadonlyMap<string, Uri>,
): Promise<FoundClip | string> {
  const { LARGEST_SIDECAR, readSidecar } = await import('../saving/sidecar.ts');
  const file = files.get(name);
  if (!file || (await workspace.fs.stat(file)).size > LARGEST_SIDECAR) {
    return 'too large';
  }
  const result = readSidecar(Buffer.from(await workspace.fs.readFile(file)).toString());
  if ('refused' in result) {
    return result.refused;
  }
  if (isForeignLocal(result.sidecar.gateway, baseUrlSetting())) {
    return `its gateway ${result.sidecar.gateway} is on this computer and not that of the settings`;
  }
  const stated = result.sidecar.clip;
  // Clip and sidecar may have been renamed together.
  const clip = files.get(namesake ?? stated.name.normalize('NFC'));
  if (!clip) {
    return `${stated.name} is not next to it`;
  }
  const { size } = await workspace.fs.stat(clip);
  return size === stated.bytes
    ? { sidecar: result.sidecar, filePath: storedPath(clip) }
    : `its clip has ${size} bytes instead of ${stated.bytes}`;
}

/** Checks the hashes of clips whose tasks are still in progress: only a proven file may complete such a task. */
async function proveClips(
  clips: readonly FoundClip[],
  store: TaskStore,
  progress: Progress<{ message: string }>,
  stop: CancellationToken,
  log: Log,
): Promise<FoundClip[]> {
  const stopping = new AbortController();
  const listening = stop.onCancellationRequested(() => {
    stopping.abort();
  });
  const proven: FoundClip[] = [];
  for (const clip of clips) {
    const { sidecar, filePath } = clip;
    if (!needsProof(store.find(sidecar.gateway, sidecar.id)) || stop.isCancellationRequested) {
      proven.push(clip);
      continue;
    }
    progress.report({ message: l10n.t('verifying {0}', sidecar.clip.name) });
    const isProven = await hasHash(filePath, sidecar.clip.sha256, stopping.signal).catch((error: unknown) => {
      log.warn(`${filePath}: ${messageOf(error)}`);
      return false;
    });
    if (!isProven) {
      log.info(`Task ${sidecar.id} is under way and goes on: ${filePath} is not known to be its clip.`);
    }
    proven.push({ ...clip, isProven });
  }
  listening.dispose();
  return proven;
}

async function hasHash(filePath: string, sha256: string, signal: AbortSignal): Promise<boolean> {
  const { hashBytes, hashFile } = await import('../saving/sidecar.ts');
  // A file that only VS Code can read has to be read as a whole.
  return isAbsolute(filePath)
    ? (await hashFile(filePath, signal)) === sha256
    : hashBytes(await workspace.fs.readFile(clipUri(filePath))) === sha256;
}

/** The files that the list has for these clips' tasks, but that no longer exist. */
async function lostPaths(clips: readonly FoundClip[], store: TaskStore): Promise<ReadonlySet<string>> {
  const lost = new Set<string>();
  for (const { sidecar, filePath } of clips) {
    const known = store.find(sidecar.gateway, sidecar.id)?.filePath ?? null;
    if (known !== null && known !== filePath && !(await isThere(known))) {
      lost.add(known);
    }
  }
  return lost;
}

async function isThere(filePath: string): Promise<boolean> {
  try {
    await workspace.fs.stat(isAbsolute(filePath) ? Uri.file(filePath) : Uri.parse(filePath));
    return true;
  } catch (error) {
    // After another error, the disk or host may just be unavailable for now.
    return !(error instanceof FileSystemError && error.code === 'FileNotFound');
  }
}

function reportResult(found: number, known: number, refused: number): void {
  if (refused === 0) {
    void messages.info(l10n.t('Clips found: {0} new, {1} already in the list.', found, known));
    return;
  }
  const showLog = l10n.t('Show Log');
  const message = l10n.t(
    'Clips found: {0} new, {1} already in the list. JSON files without a clip: {2}.',
    found,
    known,
    refused,
  );
  void messages.info(message, showLog).then(chosen => {
    if (chosen === showLog) {
      void vscodeCommands.executeCommand(commands.showLog);
    }
  });
}
