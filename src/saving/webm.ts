import { TooMuch, type ClipSource } from './clipSource.ts';
import {
  childOf,
  CLUSTER,
  CLUSTER_TIME,
  DURATION,
  elementAt,
  elementIn,
  elementsIn,
  floatOf,
  HEADER,
  INFO,
  numberOf,
  SEGMENT,
  TIMESTAMP_SCALE,
  TRACK,
  TRACK_TYPE,
  TRACKS,
  USUAL_SCALE,
  VIDEO,
} from './ebml.ts';
import type { Contents } from './verdict.ts';

/** ns */
const SECOND = 1e9;

/** A minute-long clip has about a hundred. */
const MOST_ELEMENTS = 50_000;

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
