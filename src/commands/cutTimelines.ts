import type { Uri } from 'vscode';
import type { Cut } from '../cut/cut.ts';
import { edlOf } from '../cut/edl.ts';
import { fcpxmlOf } from '../cut/fcpxml.ts';
import type { CutFormat } from '../cut/formats.ts';
import { otioOf } from '../cut/otio.ts';
import { storedPath } from '../host/clipUri.ts';
import { putText, type CutTargets } from './cutFiles.ts';

type Timeline = Exclude<CutFormat, 'mp4'>;

/** Whether a format is a text that names the clips. */
export function isTimeline(format: CutFormat): format is Timeline {
  return format !== 'mp4';
}

/** Writes a cut as a file of a format; gives the file. Rejects where it cannot be written. */
export async function putTimeline(cut: Cut, format: Timeline, targets: CutTargets): Promise<Uri> {
  return putText(targets, format, textOf(cut, format, storedPath(targets.folder)));
}

function textOf(cut: Cut, format: Timeline, folder: string): string {
  switch (format) {
    case 'otio':
      return otioOf(cut, folder);
    case 'fcpxml':
      return fcpxmlOf(cut, folder);
    case 'edl':
      return edlOf(cut);
  }
}
