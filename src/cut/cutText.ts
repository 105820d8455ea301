import type { CutClip } from './cut.ts';
import { fileNameOf } from './mediaUrl.ts';

/** Text that every format can hold and every program can read: whole characters, no control characters but line breaks. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/[^\P{Cc}\n]|[\uFFFE\uFFFF]/gu, ' ');
}

/** The same on one line. */
export function lineOf(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

/** What a clip is called; a clip without a name is called by its file. */
export function clipName(clip: Pick<CutClip, 'name' | 'path'>): string {
  return lineOf(clip.name) || lineOf(fileNameOf(clip.path)) || 'Clip';
}

/** What a person noted about a clip; `null` where that is nothing. */
export function noteOf({ note }: Pick<CutClip, 'note'>): string | null {
  return cleanText(note ?? '').trim() || null;
}
