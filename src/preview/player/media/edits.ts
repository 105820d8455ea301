import { all, first, word } from './movieIndex.ts';

/** A stretch of a track that a player shows, s: it begins at `start` of what is shown with the time `from` of the media. */
export interface Edit {
  readonly start: number;
  readonly from: number;
  /** To the end of the media where nothing is said. */
  readonly length: number;
}

/** Of a hundred thousand edits nobody wants the last frame. */
const MOST_EDITS = 10_000;

/**
 * What is shown of a track, from its edit list (ISO/IEC 14496-12, 8.6.6), by its number in `tkhd`; empty where it has none. The times
 * of the media are mediabunny's, which knows only the first edit, and puts the media where that wants it.
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

/** The media's time of what is shown at a time, s. What no edit shows is what the nearest one before it shows last. */
export function mediaTime(edits: readonly Edit[], shown: number): number {
  const edit = edits.findLast(({ start }) => start <= shown) ?? edits[0];
  return edit ? edit.from + Math.min(Math.max(0, shown - edit.start), edit.length) : shown;
}

/** In both boxes that have one it stands behind two times, which are of 32 bits or of 64. */
function timescaleOf(head: DataView | undefined): number {
  return head ? word(head, head.getUint8(0) === 1 ? 20 : 12) : 0;
}
