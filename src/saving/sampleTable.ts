import { contentAt, Malformed } from './boxes.ts';

/** What the tables of one track say of its samples. Durations are in the track's own units. */
export interface Samples {
  readonly duration: number;
  /** Where the last of them ends in the file, bytes. */
  readonly end: number;
}

/**
 * Reads the tables of a track (`stbl`; ISO 14496-12, 8.6.1.2 and 8.7). Keeps nothing and goes no further than the bytes of the
 * tables, whatever numbers stand in them. Throws `Malformed`.
 */
export function samplesOf(stbl: Buffer): Samples {
  const sizes = sizesOf(stbl);
  return { duration: durationOf(stbl, sizes.count), end: endOf(stbl, sizes) };
}

/** How many samples a track has, and how long they are. The last one is often cut short: it counts for neither extreme. */
export interface Times {
  readonly count: number;
  readonly duration: number;
  readonly longest: number;
  readonly shortest: number;
}

/** Reads the times of a track, as `samplesOf`; zeros and no bounds where it has no tables. Throws `Malformed`. */
export function timesOf(stbl: Buffer | undefined): Times {
  return stbl
    ? timesIn(stbl, sizesOf(stbl).count)
    : { count: 0, duration: 0, longest: 0, shortest: Infinity };
}

/** How long so many samples are, by the table of times. */
function durationOf(stbl: Buffer, samples: number): number {
  return timesIn(stbl, samples).duration;
}

function timesIn(stbl: Buffer, samples: number): Times {
  const times = tableOf(stbl, 'stts', 8);
  let [left, duration, longest, shortest] = [samples, 0, 0, Infinity];
  for (let index = 0; index < times.count && left > 0; index++) {
    const count = Math.min(left, times.word(index, 0));
    const each = times.word(index, 1);
    left -= count;
    duration += count * each;
    if (count > 1 || left > 0 || index === 0) {
      longest = Math.max(longest, each);
      shortest = Math.min(shortest, each);
    }
  }
  return { count: samples, duration, longest, shortest };
}

/** Where the sample that lies last ends: samples lie one after the other in chunks. */
function endOf(stbl: Buffer, sizes: Sizes): number {
  const runs = tableOf(stbl, 'stsc', 12);
  const isWide = contentAt(stbl, 'co64') !== undefined;
  const chunks = tableOf(stbl, isWide ? 'co64' : 'stco', isWide ? 8 : 4);
  let [sample, run, end] = [0, 0, 0];
  for (let chunk = 0; chunk < chunks.count && sample < sizes.count; chunk++) {
    // A run of chunks with as many samples each begins with the chunk of this number, counted from 1.
    if (run + 1 < runs.count && runs.word(run + 1, 0) <= chunk + 1) {
      run++;
    }
    const count = runs.count === 0 ? 0 : Math.min(runs.word(run, 1), sizes.count - sample);
    const start = isWide ? chunks.word(chunk, 0) * 2 ** 32 + chunks.word(chunk, 1) : chunks.word(chunk, 0);
    end = Math.max(end, start + sizes.sum(sample, count));
    sample += count;
  }
  if (sample < sizes.count) {
    throw new Malformed();
  }
  return end;
}

interface Sizes {
  readonly count: number;
  /** Of so many samples from one on, bytes. */
  sum(from: number, count: number): number;
}

/** A size for all (`stsz`), one of 32 bits for each, or one of 4, 8 or 16 bits for each (`stz2`). */
function sizesOf(stbl: Buffer): Sizes {
  const isCompact = contentAt(stbl, 'stz2') !== undefined;
  const bytes = contentAt(stbl, isCompact ? 'stz2' : 'stsz');
  if (!bytes || bytes.length < 12) {
    throw new Malformed();
  }
  const [size, count] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8)];
  if (!isCompact && size > 0) {
    return { count, sum: (_from, samples) => samples * size };
  }
  const bits = isCompact ? size & 0xff : 32;
  if (![4, 8, 16, 32].includes(bits) || (bytes.length - 12) * 8 < count * bits) {
    throw new Malformed();
  }
  const sizeOf = (index: number): number =>
    bits === 4
      ? (bytes.readUInt8(12 + (index >> 1)) >> (index % 2 === 0 ? 4 : 0)) & 0xf
      : bytes.readUIntBE(12 + (index * bits) / 8, bits / 8);
  return {
    count,
    sum: (from, samples) => {
      let sum = 0;
      for (let index = from; index < from + samples; index++) {
        sum += sizeOf(index);
      }
      return sum;
    },
  };
}

interface Table {
  readonly count: number;
  /** The number of 32 bits at this place of a row. */
  word(row: number, place: number): number;
}

/** A table with its number of rows in front, of so many bytes each. */
function tableOf(stbl: Buffer, type: string, width: number): Table {
  const bytes = contentAt(stbl, type);
  const count = bytes && bytes.length >= 8 ? bytes.readUInt32BE(4) : 0;
  if (!bytes || bytes.length < 8 + count * width) {
    throw new Malformed();
  }
  return { count, word: (row, place) => bytes.readUInt32BE(8 + row * width + place * 4) };
}
