import { commands as vscodeCommands, l10n, window, type QuickPickItem, type Uri } from 'vscode';
import { messageOf } from '../base/errors.ts';
import { assemble } from '../cut/assemble.ts';
import { lengthOf, type Cut } from '../cut/cut.ts';
import { CUT_FORMATS, type CutFormat } from '../cut/formats.ts';
import { timecode } from '../cut/frameRate.ts';
import { storedPath } from '../host/clipUri.ts';
import type { Kept } from '../host/kept.ts';
import { messages } from '../host/messages.ts';
import { pathText } from '../host/pathText.ts';
import { goOnWithout, readClips, type CutClipServices, type ReadClip } from './cutClips.ts';
import { chooseTargets, type CutTargets } from './cutFiles.ts';
import { encodingReason, makeCutFilm, notesOn, type CutFilmServices } from './cutFilm.ts';
import type { CutSource } from './cutSource.ts';
import { isTimeline, putTimeline } from './cutTimelines.ts';

/** What exporting needs from outside. */
export interface CutExportServices extends CutClipServices, CutFilmServices {
  /** The formats that were chosen last. */
  readonly formats: Kept<readonly string[]>;
  /** The folder that is offered where the cut has none of its own. */
  readonly saveFolder: () => Uri;
}

/** Lets the person choose formats and a folder, and writes the cut there. Says what came of it. */
export async function exportCut(source: CutSource, services: CutExportServices): Promise<void> {
  const read = await readClips(source.picks, services);
  if (!read || !(await goOnWithout(read.absent, read.clips.length, l10n.t('Export Without Them')))) {
    return;
  }
  const cut = assemble(
    source.name,
    read.clips.map(({ clip }) => clip),
  );
  const formats = await chooseFormats(cut, read.clips, services);
  if (!formats || formats.length === 0) {
    return;
  }
  const targets = await chooseTargets(source.name, formats, source.folder ?? services.saveFolder());
  if (targets) {
    await write(cut, read.clips, formats, targets, services);
  }
}

interface FormatItem extends QuickPickItem {
  readonly format: CutFormat;
}

async function chooseFormats(
  cut: Cut,
  clips: readonly ReadClip[],
  { formats }: CutExportServices,
): Promise<readonly CutFormat[] | undefined> {
  const items = CUT_FORMATS.map((format): FormatItem => ({ ...formatItem(format, cut, clips), format }));
  const before = formats.get();
  const pick = window.createQuickPick<FormatItem>();
  pick.title = l10n.t('Export the Cut: {0}', summaryOf(cut, clips.length));
  pick.placeholder = l10n.t('Select one or more formats');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.items = items;
  pick.selectedItems = items.filter(({ format }) => before.includes(format));
  const chosen = await new Promise<readonly CutFormat[] | undefined>(done => {
    pick.onDidAccept(() => {
      if (pick.selectedItems.length > 0) {
        done(pick.selectedItems.map(({ format }) => format));
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      done(undefined);
      pick.dispose();
    });
    pick.show();
  });
  if (chosen) {
    await formats.set(chosen);
  }
  return chosen;
}

function formatItem(format: CutFormat, cut: Cut, clips: readonly ReadClip[]): QuickPickItem {
  switch (format) {
    case 'mp4':
      return { label: 'MP4', description: '.mp4', detail: filmText(encodingReason(cut, clips)) };
    case 'otio':
      return {
        label: 'OpenTimelineIO',
        description: '.otio',
        detail: l10n.t('DaVinci Resolve, Avid, Nuke, Blender…'),
      };
    case 'fcpxml':
      return {
        label: 'Final Cut Pro XML 1.9',
        description: '.fcpxml',
        detail: l10n.t('Final Cut Pro, DaVinci Resolve'),
      };
    case 'edl':
      return {
        label: 'CMX 3600 EDL',
        description: '.edl',
        detail: l10n.t('Premiere Pro and nearly every editing program'),
      };
  }
}

/** How many clips, how long, and in which form: `3 clips · 00:00:24:00 · 24 fps · 1280 × 720`. */
function summaryOf(cut: Cut, clips: number): string {
  const rate = Number((cut.rate.numerator / cut.rate.denominator).toFixed(3));
  return [
    clips === 1 ? l10n.t('1 clip') : l10n.t('{0} clips', clips),
    timecode(lengthOf(cut), cut.rate),
    l10n.t('{0} fps', rate),
    `${cut.width} × ${cut.height}`,
  ].join(' · ');
}

function filmText(reason: string | undefined): string {
  return reason === undefined
    ? l10n.t('One video, copied without loss')
    : l10n.t('One video, re-encoded because {0}', reason);
}

/** Timelines first: they are there at once. */
async function write(
  cut: Cut,
  clips: readonly ReadClip[],
  formats: readonly CutFormat[],
  targets: CutTargets,
  services: CutExportServices,
): Promise<void> {
  const written: Uri[] = [];
  const notes: string[] = [];
  try {
    for (const format of formats.filter(isTimeline)) {
      written.push(await putTimeline(cut, format, targets));
    }
    if (formats.includes('mp4')) {
      const end = await makeCutFilm(cut, clips, targets, services);
      if (end.file) {
        written.push(end.file);
      }
      notes.push(...notesOn(end));
    }
  } catch (error) {
    void messages.error(l10n.t("The cut couldn't be written. {0}", messageOf(error)));
  }
  if (written.length > 0 || notes.length > 0) {
    await report(written, notes, targets);
  }
}

async function report(
  written: readonly Uri[],
  notes: readonly string[],
  { folder }: CutTargets,
): Promise<void> {
  const [first] = written;
  const names = written.map(({ path }) => path.split('/').at(-1) ?? '').join(', ');
  const exported = l10n.t('Cut exported to {0}: {1}', pathText(storedPath(folder)), names);
  const show = l10n.t('Open Folder');
  const text = [...(first ? [exported] : []), ...notes].join(' ');
  const choice = await (notes.length > 0
    ? messages.warning(text, ...(first ? [show] : []))
    : messages.info(text, show));
  if (choice === show && first) {
    await vscodeCommands.executeCommand('revealFileInOS', first);
  }
}
