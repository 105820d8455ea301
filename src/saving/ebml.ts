import type { ClipSource } from './clipSource.ts';

/** The elements of a WebM file that are looked at (RFC 9559, 5.1; RFC 8794). */
export const HEADER = 0x1a45dfa3;
export const DOC_TYPE = 0x4282;
export const SEGMENT = 0x18538067;
export const INFO = 0x1549a966;
export const TIMESTAMP_SCALE = 0x2ad7b1;
export const DURATION = 0x4489;
export const TRACKS = 0x1654ae6b;
export const TRACK = 0xae;
export const TRACK_NUMBER = 0xd7;
export const TRACK_TYPE = 0x83;
export const CODEC = 0x86;
export const CODEC_SETUP = 0x63a2;
export const FRAME_LENGTH = 0x23e383;
export const VIDEO_FORM = 0xe0;
export const WIDTH = 0xb0;
export const HEIGHT = 0xba;
export const SHOWN_WIDTH = 0x54b0;
export const SHOWN_HEIGHT = 0x54ba;
export const SHOWN_UNIT = 0x54b2;
export const CLUSTER = 0x1f43b675;
export const CLUSTER_TIME = 0xe7;
export const BLOCK_GROUP = 0xa0;
export const BLOCK_IN_GROUP = 0xa1;
export const SIMPLE_BLOCK = 0xa3;

/** The types of tracks. */
export const VIDEO = 1;
export const AUDIO = 2;

/** How many ns a time counts where nothing is said. */
export const USUAL_SCALE = 1e6;

/** An element of a WebM file, and where it stands. */
export interface Element {
  readonly id: number;
  readonly start: number;
  /** Infinite where it is not said: the element continues until another begins that cannot be in it. */
  readonly end: number;
}

/** The element at a place of a file. */
export async function elementIn(source: ClipSource, offset: number): Promise<Element | undefined> {
  const element = elementAt(await source.peek(offset, 12), 0);
  return element && { ...element, start: offset + element.start, end: offset + element.end };
}

/** The elements in one that is in memory. */
export function* elementsIn(bytes: Buffer): Generator<{ id: number; content: Buffer }> {
  for (let offset = 0; offset < bytes.length;) {
    const element = elementAt(bytes, offset);
    if (!element) {
      return;
    }
    yield { id: element.id, content: bytes.subarray(element.start, element.end) };
    offset = element.end;
  }
}

/** What is in the first element of a name; `undefined` where there is none. */
export function childOf(bytes: Buffer, wanted: number): Buffer | undefined {
  for (const { id, content } of elementsIn(bytes)) {
    if (id === wanted) {
      return content;
    }
  }
  return undefined;
}

/** An element's name of one to four bytes, then its length of one to eight; both say by their first bit set how many. */
export function elementAt(bytes: Buffer, offset: number): Element | undefined {
  const nameWidth = Math.clz32(bytes[offset] ?? 0) - 23;
  const at = offset + nameWidth;
  const width = Math.clz32(bytes[at] ?? 0) - 23;
  if (nameWidth > 4 || width > 8 || at + width > bytes.length) {
    return undefined;
  }
  let length = (bytes[at] ?? 0) & (0xff >> width);
  for (let index = 1; index < width; index++) {
    length = length * 256 + (bytes[at + index] ?? 0);
  }
  const start = at + width;
  const isKnown = length < 2 ** (7 * width) - 1;
  return { id: bytes.readUIntBE(offset, nameWidth), start, end: isKnown ? start + length : Infinity };
}

/** An unsigned number of up to six bytes. */
export function numberOf(bytes: Buffer | undefined): number | undefined {
  return bytes && bytes.length > 0 && bytes.length <= 6 ? bytes.readUIntBE(0, bytes.length) : undefined;
}

/** A number of four or eight bytes with a point. */
export function floatOf(bytes: Buffer | undefined): number | undefined {
  return bytes?.length === 4 ? bytes.readFloatBE() : bytes?.length === 8 ? bytes.readDoubleBE() : undefined;
}
