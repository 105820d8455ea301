import type { Uri } from 'vscode';
import { shotImage, shotPath } from '../host/shotPath.ts';
import { FAMILIES, FRAME_FIELDS, REFERENCE_FIELDS, type Family } from '../gateway/models.ts';
import { imageForm } from '../making/images.ts';
import type { Wish } from '../making/making.ts';
import { familyOf, type VideoRequest } from '../making/request.ts';
import type { Shot, ShotVideo } from '../making/shotFile.ts';
import { shotName, type Shot as ShotKey } from '../tasks/shot.ts';

/** How a shot is written down with its takes. */
export function shotKeyOf(uri: Uri, section: string): ShotKey {
  return { shotFile: shotPath(uri), shot: section === '' ? null : section };
}

/** The videos that a shot describes. `lastTake`: the highest number that one of its takes has had. */
export function wishesOf(document: Uri, section: string, shot: Shot, lastTake: number): Wish[] {
  const key = shotKeyOf(document, section);
  const name = shotName(key.shotFile === null ? { ...key, shotFile: document.path } : key);
  const family = familyIn(shot);
  return shot.videos.map((video, index) => {
    const take = lastTake + index + 1;
    return {
      request: withAbsoluteFiles(document, video.request),
      ...(family === undefined ? {} : { family }),
      // Its take number is shown next to its name wherever that matters.
      label: nameWith(name, video),
      file: key.shotFile,
      section: key.shot,
      take,
    };
  });
}

/** `Harbor (dawn)`: which of its variables a take has. */
function nameWith(name: string, { variables }: ShotVideo): string {
  const values = Object.values(variables).filter(value => value.trim() !== '' && value.length <= 30);
  return values.length === 0 ? name : `${name} (${values.join(', ')})`;
}

function familyIn({ fields, draft }: Shot): Family | undefined {
  const given = FAMILIES.find(family => family === fields.get('family')?.value);
  return given ?? (typeof draft.model === 'string' ? familyOf(draft.model.trim()) : undefined);
}

/** A request whose image files are found from anywhere. */
function withAbsoluteFiles(document: Uri, request: VideoRequest): VideoRequest {
  const names: readonly string[] = [...FRAME_FIELDS, ...REFERENCE_FIELDS];
  const absolute = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(absolute);
    }
    if (typeof value !== 'string' || imageForm(value) !== 'file') {
      return value;
    }
    const uri = shotImage(document, value);
    return uri === undefined ? value : uri.scheme === 'file' ? uri.fsPath : uri.toString();
  };
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [name, names.includes(name) ? absolute(value) : value]),
  );
}
