import { l10n, Uri, workspace } from 'vscode';
import { assemble } from '../cut/assemble.ts';
import { lengthOf } from '../cut/cut.ts';
import type { CutFormat } from '../cut/formats.ts';
import { perSecond } from '../cut/frameRate.ts';
import { storedPath } from '../host/clipUri.ts';
import { isInside } from '../host/insideFolder.ts';
import type { WantedCut, WrittenCut } from '../tools/services.ts';
import { openShotFile, uriOf } from './agentShots.ts';
import { absenceText, factsOfClips } from './cutClips.ts';
import { bringCopies } from './cutCopies.ts';
import { freeTargets } from './cutFiles.ts';
import type { CutExportServices } from './cutExport.ts';
import { makeCutFilm, notesOn, type CutFilmOrder } from './cutFilm.ts';
import { cutOfDocument, cutOfTasks, type CutSource, type CutSourceServices } from './cutSource.ts';
import { isTimeline, putTimeline } from './cutTimelines.ts';

/** What exporting for an agent needs from outside. */
export type AgentCutServices = CutSourceServices & Omit<CutExportServices, 'formats'>;

/** One after the other: two at once would take the same names. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Writes a cut as files that are new, in a folder of the workspace or the save folder, without a word to the person; or gives why it did not. Rejects
 * with the signal's reason where that comes first: nothing is left then.
 */
export async function exportCutForAgent(
  wanted: WantedCut,
  services: AgentCutServices,
  signal: AbortSignal,
): Promise<WrittenCut | string> {
  const mine = turn.then(async () => exportNow(wanted, services, signal));
  turn = mine.catch(() => undefined);
  return mine;
}

async function exportNow(
  wanted: WantedCut,
  services: AgentCutServices,
  signal: AbortSignal,
): Promise<WrittenCut | string> {
  signal.throwIfAborted();
  const source = await sourceOf(wanted.of, services);
  if (typeof source === 'string') {
    return source;
  }
  const folder = await folderFor(wanted.folder, source, services.saveFolder());
  if (!folder) {
    return l10n.t('The folder must be in the workspace, or in the save folder of Dailies.');
  }
  const { length } = source.picks.tasks;
  let count = 0;
  const read = await factsOfClips(source.picks, services, signal, () => {
    count += 1;
    wanted.report(l10n.t('{0} of {1} clips read', count, length));
  });
  signal.throwIfAborted();
  const missing = (read?.absent ?? []).map(absenceText);
  if (!read || read.clips.length === 0) {
    return [l10n.t('There are no clips for the cut.'), ...missing].join('\n');
  }
  const cut = assemble(
    source.name,
    read.clips.map(({ clip }) => clip),
  );
  const order = { cut, clips: read.clips, folder, formats: wanted.formats, shotFile: source.file };
  const { paths, notes } = await write(order, services, signal);
  const seconds = Number((lengthOf(cut) / perSecond(cut.rate)).toFixed(3));
  return { name: cut.name, clips: read.clips.length, seconds, paths, missing, notes };
}

async function sourceOf(of: WantedCut['of'], services: CutSourceServices): Promise<CutSource | string> {
  if (typeof of !== 'string') {
    return cutOfTasks(of, services);
  }
  const document = await openShotFile(of);
  return typeof document === 'string' ? document : cutOfDocument(document, services);
}

/** A cut that is to be written: as what, and where. */
interface AgentOrder extends Pick<CutFilmOrder, 'cut' | 'clips' | 'shotFile'> {
  readonly folder: Uri;
  readonly formats: readonly CutFormat[];
}

/** The MP4 first, as it can be cancelled. */
async function write(
  { cut, clips, folder, formats, shotFile }: AgentOrder,
  services: AgentCutServices,
  signal: AbortSignal,
): Promise<Pick<WrittenCut, 'paths' | 'notes'>> {
  await workspace.fs.createDirectory(folder);
  const targets = await freeTargets(folder, cut.name, formats);
  const files = new Map<CutFormat, Uri>();
  const notes: string[] = [];
  if (formats.includes('mp4')) {
    const order = { cut, clips, targets, shotFile };
    const end = await makeCutFilm(order, { ...services, isUnattended: true, signal });
    signal.throwIfAborted();
    if (end.file) {
      files.set('mp4', end.file);
    }
    notes.push(...notesOn(end));
  }
  const timelines = formats.filter(isTimeline);
  if (timelines.length > 0) {
    const near = await bringCopies(cut, targets);
    notes.push(...near.notes);
    for (const format of timelines) {
      files.set(format, await putTimeline(near.cut, format, targets));
    }
  }
  const written = formats.map(format => files.get(format)).filter(file => file !== undefined);
  return { paths: written.map(storedPath), notes };
}

/** Where the files go; `undefined` where that is none of the folders that an agent may write to. */
async function folderFor(
  wanted: string | undefined,
  source: CutSource,
  saveFolder: Uri,
): Promise<Uri | undefined> {
  const roots = [...(workspace.workspaceFolders ?? []).map(({ uri }) => uri), saveFolder];
  const isAllowed = async (folder: Uri): Promise<boolean> => isInside(folder, roots).catch(() => false);
  if (wanted !== undefined) {
    const folder = uriOf(wanted) ?? Uri.joinPath(saveFolder, wanted);
    return (await isAllowed(folder)) ? folder : undefined;
  }
  return source.folder && (await isAllowed(source.folder)) ? source.folder : saveFolder;
}
