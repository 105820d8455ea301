import { boxesIn, boxesOf, contentAt, Malformed, type Box } from './boxes.ts';
import { BLOCK, type ClipSource } from './clipSource.ts';
import { defaultsOf, samplesIn, type Defaults } from './fragments.ts';
import { samplesOf } from './sampleTable.ts';
import type { Contents } from './verdict.ts';

/** One track as it is put together. */
interface Track {
  readonly id: number;
  readonly isVideoTrack: boolean;
  /** Of its durations, in a second. */
  readonly timescale: number;
  duration: number;
}

/** Looks into an MP4 or QuickTime file. Throws `TooMuch`, or what the system says. */
export async function readMp4(source: ClipSource): Promise<Contents> {
  const { tables, end } = await boxesOf(source);
  try {
    return { ...(await readTables(source, tables)), claimedEnd: end };
  } catch (error) {
    if (error instanceof Malformed) {
      return { duration: undefined, dataEnd: 0, claimedEnd: end };
    }
    throw error;
  }
}

async function readTables(source: ClipSource, tables: readonly Box[]): Promise<Omit<Contents, 'claimedEnd'>> {
  const movie = tables.find(({ type }) => type === 'moov');
  if (!movie) {
    throw new Malformed();
  }
  const moov = await source.read(movie.start, movie.end);
  const { tracks, dataEnd } = tracksOf(moov);
  const fragmentsEnd = await addFragments(source, tables, tracks, defaultsOf(moov));
  // A cover can be a video track too, of no length.
  const durations = tracks
    .filter(({ isVideoTrack }) => isVideoTrack)
    .map(track => track.duration / track.timescale);
  return { duration: Math.max(0, ...durations), dataEnd: Math.max(dataEnd, fragmentsEnd) };
}

function tracksOf(moov: Buffer): { tracks: Track[]; dataEnd: number } {
  const tracks: Track[] = [];
  let dataEnd = 0;
  for (const { type, content } of boxesIn(moov)) {
    if (type === 'trak') {
      const track = trackOf(content);
      const stbl = contentAt(content, 'mdia', 'minf', 'stbl');
      try {
        const { duration, end } = samplesOf(stbl ?? Buffer.alloc(0));
        track.duration = duration;
        dataEnd = Math.max(dataEnd, end);
      } catch (error) {
        // What is wrong with another track does not concern the video.
        if (track.isVideoTrack || !(error instanceof Malformed)) {
          throw error;
        }
      }
      tracks.push(track);
    }
  }
  return { tracks, dataEnd };
}

/** What a track is (ISO 14496-12, 8.3 and 8.4). */
function trackOf(trak: Buffer): Track {
  const tkhd = contentAt(trak, 'tkhd');
  const mdhd = contentAt(trak, 'mdia', 'mdhd');
  const handler = contentAt(trak, 'mdia', 'hdlr')?.toString('latin1', 8, 12);
  // In version 1, both times before are of 64 bits.
  const at = (box: Buffer | undefined): number => {
    const place = box?.[0] === 1 ? 20 : 12;
    return box && box.length >= place + 4 ? box.readUInt32BE(place) : 0;
  };
  return { id: at(tkhd), isVideoTrack: handler === 'vide', timescale: at(mdhd), duration: 0 };
}

/** Adds what fragments have of the tracks; gives where their samples end. */
async function addFragments(
  source: ClipSource,
  tables: readonly Box[],
  tracks: readonly Track[],
  defaults: ReadonlyMap<number, Defaults>,
): Promise<number> {
  let dataEnd = 0;
  for (const { type, at, start, end } of tables) {
    if (type === 'moof') {
      const isSmall = end - start <= BLOCK;
      const moof = isSmall ? await source.peek(start, end - start) : await source.read(start, end);
      const found = samplesIn(moof, at, defaults);
      for (const track of tracks) {
        track.duration += found.get(track.id)?.duration ?? 0;
      }
      dataEnd = Math.max(dataEnd, ...Array.from(found.values(), samples => samples.end));
    }
  }
  return dataEnd;
}
