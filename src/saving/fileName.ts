/** The longest name without its ending, in UTF-8 bytes: file systems allow 255 for all, and numbering needs room. */
const LONGEST_NAME = 120;

/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

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
  return safeName([day, parts.label ?? parts.model ?? 'clip', shortId(parts.id)].join('_'));
}

/** The end of an id, where ids of one family differ. */
export function shortId(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, '').slice(-8);
}

/** The name of the `count`-th file of one name: `clip.mp4`, `clip (2).mp4`. */
export function numbered(name: string, count: number): string {
  return count === 1 ? `${name}.mp4` : `${name} (${count}).mp4`;
}

function safeName(text: string): string {
  const plain = text
    .normalize('NFC')

    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, '-')
    .replace(/\s+/g, ' ');
  let name = '';
  for (const character of plain) {
    if (Buffer.byteLength(name + character) > LONGEST_NAME) {
      break;
    }
    name += character;
  }
  // Windows drops dots and spaces at the end; a dot in front hides the file elsewhere.
  name = name.replace(/[. ]+$/, '').replace(/^[. ]+/, '');
  return name === '' || RESERVED.test(name) ? `clip-${name}` : name;
}
