import { createHash } from 'node:crypto';
import { boxesIn, boxesOf, contentAt, Malformed, type Box } from './boxes.ts';
import { BLOCK, type ClipSource } from './clipSource.ts';
import { defaultsOf, samplesIn, type Defaults } from './fragments.ts';
import { rateOf } from './frameTimes.ts';
import { timesOf, type Times } from './sampleTable.ts';
import type { VideoFacts } from './videoFacts.ts';

/** Where the box of a codec's setup begins in a sample's description, after its own head (ISO 14496-12, 12.1.3). */
const VISUAL_ENTRY = 78;

/** Reads the facts of an MP4 or QuickTime file; `undefined` where it is none, or has no video. Throws where its tables make no sense. */
export async function mp4Facts(source: ClipSource): Promise<VideoFacts | undefined> {
  const { tables } = await boxesOf(source);
  const movie = tables.find(({ type }) => type === 'moov');
  if (!movie) {
    return undefined;
  }
  const moov = await source.read(movie.start, movie.end);
  const tracks = [...boxesIn(moov)].filter(({ type }) => type === 'trak').map(({ content }) => content);
  const fragments = await fragmentTimes(source, tables, defaultsOf(moov));
  const timesIn = (trak: Buffer): Times => {
    const whole = timesOf(contentAt(trak, 'mdia', 'minf', 'stbl'));
    const more = fragments.get(trackId(trak));
    return more && whole.count === 0 ? more : whole;
  };
  const videos = tracks
    .filter(trak => handlerOf(trak) === 'vide')
    .map(trak => ({ trak, times: timesIn(trak) }));
  // A cover can be a video track too, of one frame.
  const video = videos.find(({ times }) => times.count > 1) ?? videos[0];
  return (
    video &&
    factsOfTrack(
      video.trak,
      video.times,
      moov,
      tracks.some(trak => handlerOf(trak) === 'soun' && timesIn(trak).count > 0),
    )
  );
}

/** The times of each track's samples in fragments. */
async function fragmentTimes(
  source: ClipSource,
  tables: readonly Box[],
  defaults: ReadonlyMap<number, Defaults>,
): Promise<ReadonlyMap<number, Times>> {
  const found = new Map<number, Times>();
  for (const { type, at, start, end } of tables) {
    if (type === 'moof') {
      const isSmall = end - start <= BLOCK;
      const moof = isSmall ? await source.peek(start, end - start) : await source.read(start, end);
      for (const [id, { count, duration, each }] of samplesIn(moof, at, defaults)) {
        const before = found.get(id) ?? { count: 0, duration: 0, longest: 0, shortest: Infinity };
        // The last of a fragment is often longer: what comes after it was not known yet.
        const isEven = Math.abs(duration / (count * each) - 1) < 1 / count;
        const own = isEven ? count * each : duration;
        found.set(id, {
          count: before.count + count,
          duration: before.duration + own,
          longest: Math.max(before.longest, isEven ? each : Infinity),
          shortest: Math.min(before.shortest, each),
        });
      }
    }
  }
  return found;
}

function factsOfTrack(trak: Buffer, times: Times, moov: Buffer, hasAudio: boolean): VideoFacts | undefined {
  const timescale = timescaleOf(contentAt(trak, 'mdia', 'mdhd'));
  const { width, height } = sizeOf(contentAt(trak, 'tkhd'));
  if (times.count === 0 || times.duration <= 0 || timescale === 0 || width === 0 || height === 0) {
    return undefined;
  }
  const rate = rateOf(times, timescale);
  const shown = shownFrames(trak, times, timescale, timescaleOf(contentAt(moov, 'mvhd')), rate);
  return {
    frames: shown.frames,
    rate,
    width,
    height,
    setup: setupOf(contentAt(trak, 'mdia', 'minf', 'stbl', 'stsd')),
    // Times that are rounded to the track's units differ by one.
    isEven: shown.isWhole && times.longest - times.shortest <= 1,
    hasAudio,
  };
}

/** How much of a track its edit list shows (ISO 14496-12, 8.6.6): usually all of it, from its first frame on. */
function shownFrames(
  trak: Buffer,
  { count, duration }: Times,
  timescale: number,
  movieScale: number,
  { numerator, denominator }: VideoFacts['rate'],
): { frames: number; isWhole: boolean } {
  const list = contentAt(trak, 'edts', 'elst');
  const entries = list && list.length >= 8 ? editsIn(list) : [];
  const media = entries.filter(({ from }) => from >= 0);
  const length = media.reduce((sum, edit) => sum + edit.length, 0) / (movieScale || 1);
  // Half a frame less is a rounded length.
  const isShort = length > 0 && length < duration / timescale - denominator / numerator / 2;
  const first = firstOffset(contentAt(trak, 'mdia', 'minf', 'stbl', 'ctts'));
  const isLate = (media[0]?.from ?? 0) - first > duration / count / 2;
  const frames = isShort ? Math.max(1, Math.round((length * numerator) / denominator)) : count;
  return { frames: Math.min(count, frames), isWhole: !isShort && !isLate && media.length <= 1 };
}

function editsIn(list: Buffer): { length: number; from: number }[] {
  const isWide = list[0] === 1;
  const width = isWide ? 20 : 12;
  const count = Math.min(list.readUInt32BE(4), Math.floor((list.length - 8) / width), 100);
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * width;
    return isWide
      ? { length: Number(list.readBigUInt64BE(at)), from: Number(list.readBigInt64BE(at + 8)) }
      : { length: list.readUInt32BE(at), from: list.readInt32BE(at + 4) };
  });
}

/** How much later than it is decoded the first frame is shown, in the track's units. */
function firstOffset(ctts: Buffer | undefined): number {
  return ctts && ctts.length >= 16 ? ctts.readInt32BE(12) : 0;
}

/** Two clips whose decoders are set up alike have the same bytes here; how many bits they have on average is no part of it. */
function setupOf(stsd: Buffer | undefined): string {
  const entry = stsd && stsd.length > 8 ? [...boxesIn(stsd.subarray(8))][0] : undefined;
  if (!entry || entry.content.length < VISUAL_ENTRY) {
    throw new Malformed();
  }
  const hash = createHash('sha256').update(entry.type);
  hash.update(entry.content.subarray(24, 28));
  for (const { type, content } of boxesIn(entry.content.subarray(VISUAL_ENTRY))) {
    if (type !== 'btrt') {
      hash.update(type).update(content);
    }
  }
  return `${entry.type} ${hash.digest('hex').slice(0, 16)}`;
}

/** The size that a track is shown in; a file that was turned on its side says so by a matrix (ISO 14496-12, 8.3.2). */
function sizeOf(tkhd: Buffer | undefined): { width: number; height: number } {
  if (!tkhd || tkhd.length < 84) {
    return { width: 0, height: 0 };
  }
  const end = tkhd[0] === 1 ? 96 : 84;
  if (tkhd.length < end) {
    return { width: 0, height: 0 };
  }
  const [width, height] = [tkhd.readUInt16BE(end - 8), tkhd.readUInt16BE(end - 4)];
  const isTurned = tkhd.readInt32BE(end - 44) === 0 && tkhd.readInt32BE(end - 40) !== 0;
  return isTurned ? { width: height, height: width } : { width, height };
}

function trackId(trak: Buffer): number {
  const tkhd = contentAt(trak, 'tkhd');
  const place = tkhd?.[0] === 1 ? 20 : 12;
  return tkhd && tkhd.length >= place + 4 ? tkhd.readUInt32BE(place) : 0;
}

function handlerOf(trak: Buffer): string | undefined {
  return contentAt(trak, 'mdia', 'hdlr')?.toString('latin1', 8, 12);
}

/** The units of `mdhd` or `mvhd` in a second. */
function timescaleOf(head: Buffer | undefined): number {
  const place = head?.[0] === 1 ? 20 : 12;
  return head && head.length >= place + 4 ? head.readUInt32BE(place) : 0;
}
