import { withoutQuery } from '../base/log.ts';
import type { MediaResponse } from './request.ts';
import { SaveError } from './errors.ts';

/** What the first box of an MP4 or QuickTime file may be (ISO 14496-12, QuickTime File Format). */
const FIRST_BOXES: ReadonlySet<string> = new Set([
  'ftyp',
  'moov',
  'mdat',
  'free',
  'skip',
  'wide',
  'pnot',
  'uuid',
]);

/** So many bytes tell a video from anything else: the first box's length and type. */
export const HEAD = 8;

/** As much of a foreign answer as is told. */
const LONGEST_LINE = 120;

/** Refuses what does not begin as a video does: a login wall or an error that came with HTTP 200, with its first words. */
export function refuseOtherThanVideo(head: Buffer, response: MediaResponse): void {
  if (!FIRST_BOXES.has(head.toString('latin1', 4, HEAD))) {
    const type = response.header('content-type') ?? '';
    const isPage = /^(text\/|application\/(json|xml))/i.test(type);
    throw new SaveError(isPage ? 'page' : 'notVideo', firstLine(head));
  }
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
