import { TooMuch, type ClipSource } from './clipSource.ts';
import type { Contents } from './verdict.ts';

/** The elements that are looked at (RFC 9559, 5.1; RFC 8794). */
const HEADER = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const CLUSTER = 0x1f43b675;
const TIMESTAMP_SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const TRACK = 0xae;
const TRACK_TYPE = 0x83;
const CLUSTER_TIME = 0xe7;

/** The type of a video track. */
const VIDEO = 1;

/** ns in s, and how many of them a time counts where nothing is said. */
const SECOND = 1e9;
const USUAL_SCALE = 1e6;

/** A minute-long clip has about a hundred. */
const MOST_ELEMENTS = 50_000;

interface Element {
  readonly id: number;
  readonly start: number;
  /** Infinite where it is not said: the element continues until another begins that cannot be in it. */
  readonly end: number;
}

/** Looks into a WebM or Matroska file. Throws `TooMuch`, or what the system says. */
export async function readWebm(source: ClipSource): Promise<Contents> {
  const header = elementAt(await source.peek(0, 12), 0);
  const segment = header && (await elementIn(source, header.end));
  if (header?.id !== HEADER || segment?.id !== SEGMENT) {
    return { duration: undefined, dataEnd: 0, claimedEnd: source.size };
  }
  let [scale, duration, lastTime, hasVideoTrack] = [USUAL_SCALE, 0, 0, false];
  let offset = segment.start;
  for (let count = 0; offset < Math.min(segment.end, source.size); count++) {
    const element = await elementIn(source, offset);
    if (count > MOST_ELEMENTS) {
      throw new TooMuch();
    }
    if (!element) {
      break;
    }
    if (element.id === INFO) {
      const info = await source.read(element.start, element.end);
      scale = numberOf(childOf(info, TIMESTAMP_SCALE)) ?? scale;
      duration = floatOf(childOf(info, DURATION)) ?? 0;
    } else if (element.id === TRACKS) {
      hasVideoTrack = hasVideoTrackIn(await source.read(element.start, element.end));
    } else if (element.id === CLUSTER) {
      lastTime = numberOf(childOf(await source.peek(element.start, 32), CLUSTER_TIME)) ?? lastTime;
    }
    // What has no end is a cluster of a stream: what comes next stands in it.
    offset = Number.isFinite(element.end) ? element.end : element.start;
  }
  const seconds = ((duration > 0 ? duration : lastTime) * scale) / SECOND;
  const end = Number.isFinite(segment.end) ? Math.max(segment.end, offset) : source.size;
  return { duration: hasVideoTrack ? seconds : 0, dataEnd: end, claimedEnd: end };
}

function hasVideoTrackIn(tracks: Buffer): boolean {
  for (const { id, content } of elementsIn(tracks)) {
    if (id === TRACK && numberOf(childOf(content, TRACK_TYPE)) === VIDEO) {
      return true;
    }
  }
  return false;
}

async function elementIn(source: ClipSource, offset: number): Promise<Element | undefined> {
  const element = elementAt(await source.peek(offset, 12), 0);
  return element && { ...element, start: offset + element.start, end: offset + element.end };
}

function* elementsIn(bytes: Buffer): Generator<{ id: number; content: Buffer }> {
  for (let offset = 0; offset < bytes.length;) {
    const element = elementAt(bytes, offset);
    if (!element) {
      return;
    }
    yield { id: element.id, content: bytes.subarray(element.start, element.end) };
    offset = element.end;
  }
}

function childOf(bytes: Buffer, wanted: number): Buffer | undefined {
  for (const { id, content } of elementsIn(bytes)) {
    if (id === wanted) {
      return content;
    }
  }
  return undefined;
}

/** An element's name of one to four bytes, then its length of one to eight; both say by their first bit set how many. */
function elementAt(bytes: Buffer, offset: number): Element | undefined {
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

function numberOf(bytes: Buffer | undefined): number | undefined {
  return bytes && bytes.length > 0 && bytes.length <= 6 ? bytes.readUIntBE(0, bytes.length) : undefined;
}

function floatOf(bytes: Buffer | undefined): number | undefined {
  return bytes?.length === 4 ? bytes.readFloatBE() : bytes?.length === 8 ? bytes.readDoubleBE() : undefined;
}
