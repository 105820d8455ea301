import { all, first, word } from './movieIndex.ts';

/** A segment of a track that is presented: at `start` of the presentation, the media is at `from`, s. */
export interface Edit {
  readonly start: number;
  readonly from: number;
  /** `Infinity` if it lasts to the end of the media. */
  readonly length: number;
}

/** No real clip has more edits than this. */
const MOST_EDITS = 10_000;

/**
 * The edit list of a track (ISO/IEC 14496-12, 8.6.6), by its ID in `tkhd`; empty if it has none. Media times are those of
 * mediabunny, which applies only the first edit, as an offset.
 */
export function editsOf(index: DataView, trackId: number): readonly Edit[] {
  for (const track of all(index, 'trak')) {
    const head = first(track, 'tkhd');
    if (head && word(head, head.getUint8(0) === 1 ? 20 : 12) === trackId) {
      return editsOfTrack(index, track);
    }
  }
  return [];
}

function editsOfTrack(index: DataView, track: DataView): readonly Edit[] {
  const list = first(track, 'edts', 'elst');
  const movieScale = timescaleOf(first(index, 'mvhd'));
  const mediaScale = timescaleOf(first(track, 'mdia', 'mdhd'));
  if (!list || !movieScale || !mediaScale) {
    return [];
  }
  const isWide = list.getUint8(0) === 1;
  const size = isWide ? 20 : 12;
  const count = Math.min(word(list, 4), Math.floor((list.byteLength - 8) / size), MOST_EDITS);
  const edits: Edit[] = [];
  let start = 0;
  let offset: number | undefined;
  for (let entry = 0; entry < count; entry++) {
    const at = 8 + entry * size;
    const length = (isWide ? Number(list.getBigUint64(at)) : list.getUint32(at)) / movieScale;
    const media = isWide ? Number(list.getBigInt64(at + 8)) : list.getInt32(at + 4);
    if (media >= 0) {
      offset ??= start - media / mediaScale;
      edits.push({ start, from: media / mediaScale + offset, length: length > 0 ? length : Infinity });
    }
    start += length;
  }
  return edits;
}

/** The media time that is presented at a time, s. Between edits, it is the end of the edit before. */
export function mediaTime(edits: readonly Edit[], shown: number): number {
  const edit = edits.findLast(({ start }) => start <= shown) ?? edits[0];
  return edit ? edit.from + Math.min(Math.max(0, shown - edit.start), edit.length) : shown;
}

/** The timescale of `mvhd` or `mdhd`: it follows two times of 32 or 64 bits each. 0 if the box is missing. */
function timescaleOf(head: DataView | undefined): number {
  return head ? word(head, head.getUint8(0) === 1 ? 20 : 12) : 0;
}
