import type { ClipFile } from './clipFile.ts';

/** A box and its content. */
interface Box {
  readonly type: string;
  readonly content: DataView;
}

/** Clips have a handful of boxes before the index. A malicious file may have millions. */
const MOST_BOXES = 10_000;

/** How much is read at a time to find the index, bytes. */
const BLOCK = 64 * 1024;

/** Far more than the index of an hour of video, bytes. */
const LONGEST_INDEX = 64 * 1024 * 1024;

/** The longest box header, bytes: size, type, and 64-bit size (ISO/IEC 14496-12, 4.2). */
const HEAD = 16;

/**
 * The index (`moov`) of an MP4 or QuickTime file; `undefined` if there is none. Rejects if it is too large, or if its tables declare
 * more samples than the file can hold: parsers would allocate billions of entries for a few bytes.
 */
export async function movieIndex(file: ClipFile): Promise<DataView | undefined> {
  let at = 0;
  let block = { from: 0, bytes: await file.read(0, Math.min(BLOCK, file.size)) };
  for (let count = 0; at + 8 <= file.size; count++) {
    if (count > MOST_BOXES) {
      throw new Error(`There are more than ${MOST_BOXES} boxes before the index.`);
    }
    if (at + HEAD > block.from + block.bytes.length) {
      block = { from: at, bytes: await file.read(at, Math.min(at + BLOCK, file.size)) };
    }
    const { type, header, length } = headOf(viewOf(block.bytes), at - block.from, file.size - at);
    if (length < header) {
      return undefined;
    }
    if (type === 'moov') {
      if (length > LONGEST_INDEX) {
        throw new Error(`The index has ${length} bytes.`);
      }
      const index = viewOf(await file.read(at + header, Math.min(at + length, file.size)));
      for (const track of all(index, 'trak')) {
        checkSamples(track, file.size);
      }
      return index;
    }
    at += length;
  }
  return undefined;
}

/** The content of each box of a type. */
export function* all(inside: DataView, type: string): Iterable<DataView> {
  for (const box of boxesIn(inside)) {
    if (box.type === type) {
      yield box.content;
    }
  }
}

/** The content of the first box at a path of types. */
export function first(inside: DataView | undefined, ...path: readonly string[]): DataView | undefined {
  let found = inside;
  for (const type of path) {
    [found] = found ? all(found, type) : [];
  }
  return found;
}

function* boxesIn(bytes: DataView): Iterable<Box> {
  for (let at = 0; at + 8 <= bytes.byteLength;) {
    const rest = bytes.byteLength - at;
    const { type, header, length } = headOf(bytes, at, rest);
    if (length < header) {
      return;
    }
    const end = Math.min(length, rest) - header;
    yield { type, content: new DataView(bytes.buffer, bytes.byteOffset + at + header, Math.max(0, end)) };
    at += length;
  }
}

function headOf(bytes: DataView, at: number, rest: number): { type: string; header: number; length: number } {
  const short = bytes.getUint32(at);
  const type = String.fromCharCode(...[4, 5, 6, 7].map(index => bytes.getUint8(at + index)));
  const isLong = short === 1 && bytes.byteLength - at >= HEAD;
  const length = isLong ? Number(bytes.getBigUint64(at + 8)) : short === 0 ? rest : short;
  return { type, header: isLong ? HEAD : 8, length };
}

/** Checks that every sample has an entry in the index or, with a constant size, its bytes in the file. Throws otherwise. */
function checkSamples(track: DataView, fileSize: number): void {
  const table = first(track, 'mdia', 'minf', 'stbl');
  const sizes = first(table, 'stsz');
  const small = first(table, 'stz2');
  const [size, samples] = sizes ? [word(sizes, 4), word(sizes, 8)] : [0, small ? word(small, 8) : 0];
  const bits = small ? small.getUint8(7) : 32;
  const room = size > 0 ? fileSize / size : (((sizes ?? small)?.byteLength ?? 0) * 8) / bits;
  if (samples > room) {
    throw new Error(`The index promises ${samples} samples, and has room for ${Math.floor(room)}.`);
  }
  for (const name of ['stts', 'ctts']) {
    const times = first(table, name);
    const timed = times ? sumOfCounts(times) : 0;
    // Some encoders are off by a few samples.
    if (timed > 2 * samples + 1_000) {
      throw new Error(`The index has times for ${timed} samples (${name}), and ${samples} of them.`);
    }
  }
}

/** Sums the counts of a table of (count, value) entries (ISO/IEC 14496-12, 8.6.1). */
function sumOfCounts(times: DataView): number {
  const entries = Math.min(word(times, 4), Math.floor((times.byteLength - 8) / 8));
  let sum = 0;
  for (let entry = 0; entry < entries; entry++) {
    sum += word(times, 8 + entry * 8);
  }
  return sum;
}

/** A 32-bit word; 0 beyond the end. */
export function word(bytes: DataView, at: number): number {
  return at + 4 <= bytes.byteLength ? bytes.getUint32(at) : 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
