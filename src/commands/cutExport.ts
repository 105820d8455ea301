import { l10n, type Uri } from 'vscode';
import { messageOf } from '../base/errors.ts';
import { assemble } from '../cut/assemble.ts';
import type { Cut } from '../cut/cut.ts';
import type { CutFormat } from '../cut/formats.ts';
import { storedPath } from '../host/clipUri.ts';
import type { Kept } from '../host/kept.ts';
import { messages } from '../host/messages.ts';
import { pathText } from '../host/pathText.ts';
import { readyClips, type CutClipServices, type ReadClip } from './cutClips.ts';
import { bringCopies } from './cutCopies.ts';
import { chooseTargets, type CutTargets } from './cutFiles.ts';
import { makeCutFilm, notesOn, type CutFilmServices } from './cutFilm.ts';
import { chooseFormats } from './cutFormats.ts';
import type { CutSource } from './cutSource.ts';
import { isTimeline, putTimeline } from './cutTimelines.ts';
import { locationAction } from './fileLocation.ts';

/** What exporting needs from outside. */
export interface CutExportServices extends CutClipServices, CutFilmServices {
  /** The formats that were chosen last. */
  readonly formats: Kept<readonly string[]>;
  /** The folder that is offered where the cut has none of its own. */
  readonly saveFolder: () => Uri;
}

/** Lets the person choose formats and a folder, and writes the cut there. Says what came of it. */
export async function exportCut(source: CutSource, services: CutExportServices): Promise<void> {
  const clips = await readyClips(source, services, l10n.t('Export Without Them'));
  if (!clips) {
    return;
  }
  const cut = assemble(
    source.name,
    clips.map(({ clip }) => clip),
  );
  const formats = await chooseFormats(cut, clips, services.formats);
  if (!formats || formats.length === 0) {
    return;
  }
  try {
    const targets = await chooseTargets(source.name, formats, source.folder ?? services.saveFolder());
    if (targets) {
      await write({ cut, clips, formats, targets, source }, services);
    }
  } catch (error) {
    // The folder that was chosen can't be read.
    void messages.error(unwrittenText(error));
  }
}

/** A cut that is to be written: as what, and where. */
interface CutOrder {
  readonly cut: Cut;
  readonly clips: readonly ReadClip[];
  readonly formats: readonly CutFormat[];
  readonly targets: CutTargets;
  readonly source: CutSource;
}

/** Timelines first: they are there at once. What could be written is named, whatever happens to the rest. */
async function write(
  { cut, clips, formats, targets, source }: CutOrder,
  services: CutExportServices,
): Promise<void> {
  const written: Uri[] = [];
  const notes: string[] = [];
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      notes.push(unwrittenText(error));
    }
  };
  await attempt(async () => {
    const timelines = formats.filter(isTimeline);
    if (timelines.length > 0) {
      const near = await bringCopies(cut, targets);
      notes.push(...near.notes);
      for (const format of timelines) {
        written.push(await putTimeline(near.cut, format, targets));
      }
    }
  });
  if (formats.includes('mp4')) {
    await attempt(async () => {
      const end = await makeCutFilm({ cut, clips, targets, shotFile: source.file }, services);
      if (end.file) {
        written.push(end.file);
      }
      notes.push(...notesOn(end));
    });
  }
  await report(written, notes, targets);
}

function unwrittenText(error: unknown): string {
  return l10n.t("The cut couldn't be written. {0}", messageOf(error));
}

async function report(
  written: readonly Uri[],
  notes: readonly string[],
  { folder }: CutTargets,
): Promise<void> {
  const [first] = written;
  const names = written.map(({ path }) => path.split('/').at(-1) ?? '').join(', ');
  const exported = l10n.t('Cut exported to {0}: {1}', pathText(storedPath(folder)), names);
  const text = [...(first ? [exported] : []), ...notes].join(' ');
  const location = first && locationAction(first);
  const show = !location ? messages.error : notes.length > 0 ? messages.warning : messages.info;
  const choice = await show(text, ...(location ? [location.title] : []));
  if (location && choice === location.title) {
    await location.run();
  }
}
