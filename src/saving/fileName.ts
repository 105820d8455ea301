/** The longest label in a name, in UTF-8 bytes: file systems allow 255 for all, and the rest of the name needs room. */
const LONGEST_LABEL = 120;

/** What a clip is called from. Times are ms since the epoch. */
export interface NameParts {
  readonly id: string;
  readonly label: string | null;
  readonly model: string | null;
  readonly finishedAt: number;
}

/**
 * A readable file name without its ending, such as `2026-11-21_veo_3_1_fast_1a2b3c4d`: safe on Windows, macOS and
 * Linux, bounded in length, Unicode kept.
 */
export function clipName(parts: NameParts): string {
  const date = new Date(parts.finishedAt);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map(n => String(n).padStart(2, '0'))
    .join('-');
  return safeName(
    [day, bounded((parts.label ?? parts.model ?? 'clip').normalize('NFC')), shortId(parts.id)].join('_'),
  );
}

/** The end of an id, where ids of one family differ. */
export function shortId(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, '').slice(-8);
}

/** The name of the `count`-th file of one name: `clip.mp4`, `clip (2).mp4`. */
export function numbered(name: string, count: number): string {
  return count === 1 ? `${name}.mp4` : `${name} (${count}).mp4`;
}

/** As many whole characters as fit. */
function bounded(label: string): string {
  let kept = '';
  for (const character of label) {
    if (Buffer.byteLength(kept + character) > LONGEST_LABEL) {
      break;
    }
    kept += character;
  }
  return kept;
}

function safeName(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, '-').replace(/\s+/g, ' ');
}
