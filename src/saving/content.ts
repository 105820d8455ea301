import { open } from 'node:fs/promises';
import { withoutQuery } from '../base/log.ts';
import type { ClipEnding } from '../tasks/clipKind.ts';
import type { MediaResponse } from './request.ts';
import { SaveError } from './errors.ts';

/** How many bytes at the beginning identify a file's content: as many as browsers look at (WHATWG, MIME Sniffing, 7, "binary data byte"). */
export const HEAD = 512;

/** What the first box of an MP4 or QuickTime file may be (ISO 14496-12, QuickTime File Format). */
const FIRST_BOXES: ReadonlySet<string> = new Set([
  ...['ftyp', 'styp', 'moov', 'moof', 'mdat', 'free', 'skip', 'wide', 'pnot', 'uuid', 'sidx', 'emsg', 'meta'],
]);

/** Brands of files with boxes that are no MP4 (mp4ra.org, "Brands"). */
const BRANDS: Readonly<Record<string, ClipEnding>> = {
  'qt  ': 'mov',
  'M4V ': 'm4v',
  'M4A ': 'm4a',
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  mif1: 'heic',
  '3gp4': '3gp',
  '3gp5': '3gp',
  '3gp6': '3gp',
};

/** How other files begin, as latin1, and where. */
const SIGNATURES: readonly (readonly [ending: ClipEnding, at: number, bytes: string])[] = [
  ['gif', 0, 'GIF8'],
  ['avi', 8, 'AVI '],
  ['webp', 8, 'WEBP'],
  ['wav', 8, 'WAVE'],
  ['png', 0, '\x89PNG'],
  ['jpg', 0, '\xff\xd8\xff'],
  ['flv', 0, 'FLV\x01'],
  ['wmv', 0, '\x30\x26\xb2\x75'],
  ['mpg', 0, '\x00\x00\x01\xba'],
  ['mp3', 0, 'ID3'],
  // MPEG audio frames without a tag before them, layer III (ISO 11172-3, 2.4.2.3).
  ['mp3', 0, '\xff\xfb'],
  ['mp3', 0, '\xff\xf3'],
  ['mp3', 0, '\xff\xf2'],
  ['flac', 0, 'fLaC'],
  // Opus and Vorbis in Ogg: the first page has one segment, its packet begins at 28.
  ['ogg', 28, 'OpusHead'],
  ['ogg', 28, '\x01vorbis'],
  ['ogv', 0, 'OggS'],
  ['zip', 0, 'PK\x03\x04'],
  ['gz', 0, '\x1f\x8b'],
];

const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/** Whether a file with boxes may begin with one of this type. */
export function isFirstBox(type: string): boolean {
  return FIRST_BOXES.has(type);
}

/** As much of a foreign response as is shown. */
const LONGEST_LINE = 120;

/**
 * What a file is that begins so, by its first `HEAD` bytes: the ending for its name. What nobody knows is taken for what
 * was promised, an MP4. A fixed look at a few bytes and no general parser: it runs in the extension host.
 */
export function endingOf(head: Buffer): ClipEnding {
  const text = head.toString('latin1', 0, HEAD);
  if (isFirstBox(text.slice(4, 8))) {
    return BRANDS[text.startsWith('ftyp', 4) ? text.slice(8, 12) : ''] ?? 'mp4';
  }
  if (text.startsWith('\x1a\x45\xdf\xa3')) {
    // EBML: WebM is the Matroska whose DocType (0x4282) says so.
    return /\x42\x82.{1,8}webm/s.test(text) ? 'webm' : 'mkv';
  }
  if (text.startsWith('G') && text[188] === 'G' && text[376] === 'G') {
    return 'ts';
  }
  return SIGNATURES.find(([, at, bytes]) => text.startsWith(bytes, at))?.[0] ?? 'mp4';
}

/** Whether something begins as a file of a known kind does that nobody has compressed. */
export function isPlain(head: Buffer): boolean {
  const ending = endingOf(head);
  return ending === 'mp4' ? FIRST_BOXES.has(head.toString('latin1', 4, 8)) : ending !== 'gz';
}

/** The beginning of a file, as much as `endingOf` looks at. Rejects where it cannot be read. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Refuses what is surely no clip, with its first words: a page, JSON, XML or plain text (a login wall, an error that came
 * with HTTP 200, a list of pieces to stream), and nothing at all. Whatever else comes was paid for, and is kept.
 */
export function refuseOtherThanVideo(head: Buffer, response: MediaResponse): void {
  if (!isText(head.subarray(0, HEAD))) {
    return;
  }
  const type = response.header('content-type') ?? '';
  const isPage = /^(text\/|application\/(json|xml))/i.test(type);
  throw new SaveError(isPlaylist(head) ? 'playlist' : isPage ? 'page' : 'notVideo', firstLine(head));
}

/** HLS (RFC 8216, 4.3.1.1) and DASH (ISO 23009-1): lists of where the pieces are, and no clip. */
function isPlaylist(head: Buffer): boolean {
  return /^\ufeff?\s*(#EXTM3U|(<\?xml[^>]*>\s*)?<MPD\b)/.test(head.toString('utf8'));
}

/** Whether bytes are text, of whichever encoding, or none at all: no byte is one that only binary data has. */
function isText(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  const isWide = text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff');
  // A page or JSON can carry anything further on.
  const told = /^(\xef\xbb\xbf)?\s*[<{[]/.test(text) ? text.slice(0, 64) : text;
  return isWide || !BINARY.test(told);
}

/** The first words of a page or a text, without its tags; empty for what is no text. */
export function firstLine(head: Buffer): string {
  const text = head.subarray(0, 4096).toString('utf8');
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text.slice(0, LONGEST_LINE))) {
    return '';
  }
  const title = /<title[^>]*>([^<]+)/i.exec(text)?.[1];
  const words = (title ?? text.replace(/<(style|script)\b.*?<\/\1\s*>/gis, '').replace(/<[^>]*>?/g, '\n'))
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .find(line => line !== '');
  return (words ?? '').replace(/https?:\/\/\S+/gi, withoutQuery).slice(0, LONGEST_LINE);
}
