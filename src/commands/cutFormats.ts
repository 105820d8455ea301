import { l10n, window, type QuickPickItem } from 'vscode';
import { lengthOf, type Cut } from '../cut/cut.ts';
import { MOST_EVENTS } from '../cut/edl.ts';
import { CUT_FORMATS, type CutFormat } from '../cut/formats.ts';
import { timecode } from '../cut/frameRate.ts';
import type { Kept } from '../host/kept.ts';
import type { ReadClip } from './cutClips.ts';
import { filmText } from './cutFilmText.ts';

interface FormatItem extends QuickPickItem {
  readonly format: CutFormat;
}

/** Has the person choose, with what each of them is good for; those of the last time are chosen already. */
export async function chooseFormats(
  cut: Cut,
  clips: readonly ReadClip[],
  formats: Kept<readonly string[]>,
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
      return { label: 'MP4', description: '.mp4', detail: filmText(cut, clips) };
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
        detail:
          cut.clips.length > MOST_EVENTS
            ? l10n.t('Some programs read only the first {0} clips of it', MOST_EVENTS)
            : l10n.t('Premiere Pro and nearly every editing program'),
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
