import { clipBytes } from '../fixtures/clips/clips.ts';

/** Clips of a few hundred frames at most whose structure asks a reader for more time or memory than there is. */
export const hostileClips = {
  /** A time table of 2^32 frames: eight bytes, and a list of all of them where there are composition offsets too. */
  endlessTimes: (): Buffer => {
    const file = Buffer.from(clipBytes('counter'));
    file.writeUInt32BE(0xffff_ffff, boxAt(file, 'stts') + 16);
    return file;
  },
  /** Sizes of 2^32 frames of no bits each. */
  sizesOfNothing: (): Buffer => {
    const file = Buffer.from(clipBytes('counter'));
    const at = boxAt(file, 'stsz');
    file.write('stz2', at + 4, 'latin1');
    file.writeUInt32BE(0, at + 12);
    file.writeUInt32BE(0xffff_ffff, at + 16);
    return file;
  },
  /** 4 MiB of boxes with nothing in them before the index. */
  manyBoxes: (): Buffer => {
    const box = Buffer.from([0, 0, 0, 8, ...Buffer.from('free')]);
    return withBefore(Buffer.concat(Array<Buffer>(512 * 1024).fill(box)));
  },
  /** A box of 2^63 bytes behind all others. */
  hugeBox: (): Buffer => Buffer.concat([clipBytes('counter'), HUGE_BOX]),
  /** A box of 2^63 bytes before the index. */
  hugeBoxFirst: (): Buffer => withBefore(HUGE_BOX),
} as const;

export type HostileClip = keyof typeof hostileClips;

/** Its size does not fit in 32 bits, and stands behind its name (ISO/IEC 14496-12, 4.2). */
const HUGE_BOX = Buffer.from([0, 0, 0, 1, ...Buffer.from('free'), 0x80, 0, 0, 0, 0, 0, 0, 0]);

/** The clip with something between its first box and its index. */
function withBefore(boxes: Buffer): Buffer {
  const file = Buffer.from(clipBytes('counter'));
  const chunk = boxAt(file, 'stco') + 16;
  file.writeUInt32BE(file.readUInt32BE(chunk) + boxes.length, chunk);
  const moov = boxAt(file, 'moov');
  return Buffer.concat([file.subarray(0, moov), boxes, file.subarray(moov)]);
}

/** Makes a clip in fragments promise 2^32 samples in each, of which it says nothing more. */
export function endlessFragments(fragmented: Buffer): Buffer {
  const file = Buffer.from(fragmented);
  for (let at = file.indexOf('trun', 'latin1'); at >= 0; at = file.indexOf('trun', at + 4, 'latin1')) {
    // Of what may follow (ISO/IEC 14496-12, 8.8.8) only where the data begins.
    file.writeUInt32BE(0x0000_0001, at + 4);
    file.writeUInt32BE(0xffff_ffff, at + 8);
  }
  return file;
}

/** The clip `counter` with an edit list: of its frames those from one to before another are shown, one stretch after the other. */
export function editedCounter(...stretches: readonly (readonly [from: number, to: number])[]): Buffer {
  const file = clipBytes('counter');
  const list = boxAt(file, 'elst');
  // As ffmpeg has made it: 24 frames a second in units of 1/12288 s, of which the first begins at 1024.
  const [movieScale, frame, start] = [file.readUInt32BE(boxAt(file, 'mvhd') + 20), 512, 1024];
  const edits = Buffer.alloc(16 + 12 * stretches.length);
  edits.writeUInt32BE(edits.length, 0);
  edits.write('elst', 4, 'latin1');
  edits.writeUInt32BE(stretches.length, 12);
  for (const [index, [from, to]] of stretches.entries()) {
    edits.writeUInt32BE(Math.round(((to - from) / 24) * movieScale), 16 + 12 * index);
    edits.writeInt32BE(start + from * frame, 20 + 12 * index);
    edits.writeUInt32BE(0x0001_0000, 24 + 12 * index);
  }
  const grown = Buffer.concat([file.subarray(0, list), edits, file.subarray(list + file.readUInt32BE(list))]);
  const more = grown.length - file.length;
  for (const name of ['moov', 'trak', 'edts']) {
    grown.writeUInt32BE(grown.readUInt32BE(boxAt(grown, name)) + more, boxAt(grown, name));
  }
  const chunk = boxAt(grown, 'stco') + 16;
  grown.writeUInt32BE(grown.readUInt32BE(chunk) + more, chunk);
  return grown;
}

/** Where a box begins. */
function boxAt(file: Buffer, name: string): number {
  return file.indexOf(name, 'latin1') - 4;
}
