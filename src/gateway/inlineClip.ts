import type { Medium } from '../tasks/family.ts';

/** The end of a text whose data was cut off (see `RunCutter`), and what stands before it. */
const CUT = /^(data:[^,]*,)?([\w+/=-]*)…\[(\d+): \d+\]$/;

const LINK = /^data:video\/mp4,([^#]*)#(\d+)$/;

/** A clip that is in a response itself: whose, and which of the long runs of data there. */
export interface InlineClip {
  readonly id: string;
  readonly number: number;
}

/** How images and audio begin, as latin1. */
const BEGINNINGS = {
  image: /^(\x89PNG|\xff\xd8\xff|RIFF....WEBP|GIF8)/s,
  audio: /^(ID3|\xff[\xfb\xf3\xf2]|RIFF....WAVE|fLaC|OggS)/s,
} as const;

/**
 * What stands for a link where the response about a task has its clip (or image, or audio) in it, as a `data:` URI or bare base64: short,
 * and no address.
 */
export function inlineLink(text: string, id: string, medium: Medium = 'video'): string | undefined {
  const [, type, data = '', number] = CUT.exec(text) ?? [];
  const head = Buffer.from(data, 'base64');
  const isClip =
    type?.startsWith(`data:${medium}/`) === true ||
    (medium === 'video' ? beginsAsClip(head) : BEGINNINGS[medium].test(head.toString('latin1')));
  return number !== undefined && isClip ? `data:video/mp4,${id}#${number}` : undefined;
}

/** Reads what `inlineLink` made; `undefined` for a link that leads somewhere. */
export function readInlineLink(link: string): InlineClip | undefined {
  const [, id, number] = LINK.exec(link) ?? [];
  return id === undefined ? undefined : { id, number: Number(number) };
}

/** MP4 and its kin, or WebM. */
function beginsAsClip(head: Buffer): boolean {
  return head.toString('latin1', 4, 8) === 'ftyp' || head.toString('hex', 0, 4) === '1a45dfa3';
}
