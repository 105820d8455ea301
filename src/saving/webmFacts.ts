import { createHash } from 'node:crypto';
import { TooMuch, type ClipSource } from './clipSource.ts';
import * as ebml from './ebml.ts';
import { rateNear, rateOf } from './frameTimes.ts';
import type { VideoFacts } from './videoFacts.ts';

/** Half an hour of video and audio has as many. */
const MOST_ELEMENTS = 200_000;

/** An element's own head, and that of a block in it, bytes. */
const HEAD = 32;

/** ns in s */
const SECOND = 1e9;

/** A track, as the file describes it. */
interface Track {
  readonly number: number;
  readonly type: number;
  readonly codec: string;
  readonly setup: Buffer;
  /** How long each frame is shown, ns; `undefined` where that is not said. */
  readonly each: number | undefined;
  readonly width: number;
  readonly height: number;
}

/** What is found on the way through a file. Times are in its own units, of `scale` ns. */
interface Found {
  scale: number;
  duration: number;
  tracks: readonly Track[];
  cluster: number;
  /** When each frame is shown, by the number of its track. */
  readonly times: Map<number, number[]>;
  /** The first byte of each track's media. */
  readonly first: Map<number, number>;
}

/** Reads the facts of a WebM file; `undefined` where it is none, or has no video. Throws `TooMuch`, or what the system says. */
export async function webmFacts(source: ClipSource): Promise<VideoFacts | undefined> {
  const head = ebml.elementAt(await source.read(0, HEAD), 0);
  if (head?.id !== ebml.HEADER || head.end > source.size) {
    return undefined;
  }
  const type = ebml.childOf(await source.read(head.start, head.end), ebml.DOC_TYPE);
  if (type?.toString('latin1').replace(/\0+$/u, '') !== 'webm') {
    return undefined;
  }
  const found = await read(source, head.end);
  const video = found.tracks.find(track => track.type === ebml.VIDEO);
  const times = found.times.get(video?.number ?? 0);
  if (!video || !times || video.width === 0 || video.height === 0) {
    return undefined;
  }
  const hasAudio = found.tracks.some(one => one.type === ebml.AUDIO && found.times.has(one.number));
  const shown = frameTimes(
    times.toSorted((a, b) => a - b),
    video,
    found,
  );
  return (
    shown && {
      frames: times.length,
      ...shown,
      width: video.width,
      height: video.height,
      setup: setupOf(video, found.first.get(video.number) ?? 0),
      hasAudio,
    }
  );
}

/** Goes through the elements; those that contain others are entered, whether or not they say where they end. */
async function read(source: ClipSource, from: number): Promise<Found> {
  const found: Found = {
    scale: ebml.USUAL_SCALE,
    duration: 0,
    tracks: [],
    cluster: 0,
    times: new Map(),
    first: new Map(),
  };
  let offset = from;
  for (let count = 0; offset < source.size; count++) {
    if (count > MOST_ELEMENTS) {
      throw new TooMuch();
    }
    const bytes = await source.read(offset, offset + HEAD);
    const element = ebml.elementAt(bytes, 0);
    if (!element) {
      break;
    }
    const { id, start, end } = element;
    const content = async (): Promise<Buffer> => source.read(offset + start, offset + end);
    switch (id) {
      case ebml.SEGMENT:
      case ebml.CLUSTER:
      case ebml.BLOCK_GROUP:
        offset += start;
        continue;
      case ebml.INFO: {
        const info = await content();
        found.scale = ebml.numberOf(ebml.childOf(info, ebml.TIMESTAMP_SCALE)) ?? found.scale;
        found.duration = ebml.floatOf(ebml.childOf(info, ebml.DURATION)) ?? 0;
        break;
      }
      case ebml.TRACKS:
        found.tracks = tracksIn(await content());
        break;
      case ebml.CLUSTER_TIME:
        found.cluster = ebml.numberOf(bytes.subarray(start, end)) ?? found.cluster;
        break;
      case ebml.SIMPLE_BLOCK:
      case ebml.BLOCK_IN_GROUP:
        // What was cut off in the middle is no frame.
        if (offset + end <= source.size) {
          noteBlock(bytes.subarray(start), found);
        }
        break;
    }
    offset += end;
  }
  return found;
}

function tracksIn(bytes: Buffer): Track[] {
  return [...ebml.elementsIn(bytes)]
    .filter(({ id }) => id === ebml.TRACK)
    .map(({ content }) => {
      const form = ebml.childOf(content, ebml.VIDEO_FORM) ?? Buffer.alloc(0);
      const number = (of: Buffer, id: number): number => ebml.numberOf(ebml.childOf(of, id)) ?? 0;
      // A shown size is in pixels where nothing else is said.
      const isInPixels = number(form, ebml.SHOWN_UNIT) === 0;
      return {
        number: number(content, ebml.TRACK_NUMBER),
        type: number(content, ebml.TRACK_TYPE),
        codec: ebml.childOf(content, ebml.CODEC)?.toString('latin1') ?? '',
        setup: ebml.childOf(content, ebml.CODEC_SETUP) ?? Buffer.alloc(0),
        each: number(content, ebml.FRAME_LENGTH) || undefined,
        width: (isInPixels ? number(form, ebml.SHOWN_WIDTH) : 0) || number(form, ebml.WIDTH),
        height: (isInPixels ? number(form, ebml.SHOWN_HEIGHT) : 0) || number(form, ebml.HEIGHT),
      };
    });
}

/** A block begins with its track's number, its time in the cluster, and flags (RFC 9559, 10.1). */
function noteBlock(bytes: Buffer, { cluster, times, first }: Found): void {
  const width = Math.clz32(bytes[0] ?? 0) - 23;
  if (width > 2 || bytes.length < width + 3) {
    return;
  }
  const number = bytes.readUIntBE(0, width) & (width === 1 ? 0x7f : 0x3fff);
  const isInvisible = ((bytes[width + 2] ?? 0) & 0x08) !== 0;
  if (!isInvisible) {
    const known = times.get(number) ?? [];
    known.push(cluster + bytes.readInt16BE(width));
    times.set(number, known);
    first.set(number, first.get(number) ?? bytes[width + 3] ?? 0);
  }
}

/** The rate of frames that are shown at these times, in order, and whether each is shown as long; times are rounded to units. */
function frameTimes(
  times: readonly number[],
  { each }: Track,
  { scale, duration }: Found,
): Pick<VideoFacts, 'rate' | 'isEven'> | undefined {
  const count = times.length;
  const lengths = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const whole = count > 1 ? (span * count) / (count - 1) : each === undefined ? duration : each / scale;
  if (!(whole > 0)) {
    return undefined;
  }
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0) || whole;
  const shortest = lengths.reduce((a, b) => Math.min(a, b), Infinity);
  const isEven = longest - shortest <= 1 || count === 1;
  // What the file says of each frame holds where its times do not deny it.
  const isSaid =
    isEven && each !== undefined && Math.abs(whole / count - each / scale) <= 1 / (count - 1 || 1) + 1e-9;
  const rate = isSaid
    ? rateNear(SECOND / each)
    : isEven
      ? rateNear((count * SECOND) / (whole * scale), 1 / whole)
      : rateOf({ count, duration: whole, longest, shortest }, SECOND / scale);
  return { rate, isEven };
}

/** Two clips whose decoders are set up alike have the same here. VP9 says its profile in its frames only. */
function setupOf({ codec, setup, width, height }: Track, first: number): string {
  const profile = codec === 'V_VP9' ? (first >> 4) & 3 : 0;
  const hash = createHash('sha256').update(`${codec} ${profile} ${width}x${height}`).update(setup);
  return `${codec} ${hash.digest('hex').slice(0, 16)}`;
}
