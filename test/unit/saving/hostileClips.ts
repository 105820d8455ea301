/** A box of an MP4 (ISO 14496-12, 4.2): its length, its type, and what is in it. */
export function box(type: string, ...content: (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(content.map(piece => (Buffer.isBuffer(piece) ? piece : Buffer.from(piece))));
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** Numbers of 32 bits. */
function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, index) => bytes.writeUInt32BE(number >>> 0, 4 * index));
  return bytes;
}

const ALL = 0xffffffff;
const FILE_TYPE = box('ftyp', Buffer.from('isom'), words(0), Buffer.from('isom'));
const AVC = box(
  'avc1',
  words(0, 1, 0, 0, 0, 0, (320 << 16) | 180, 0x480000, 0x480000, 0),
  [0, 1],
  Buffer.alloc(32),
  [0, 24, 255, 255],
  box('avcC', [1, 0x64, 0, 13, 255, 225, 0, 0, 0]),
);

/** The tables of one picture track, as far as they are not replaced by others. */
function clipOf(tables: Readonly<Record<string, Buffer>>, ...more: readonly Buffer[]): Buffer {
  const usual = {
    stts: box('stts', words(0, 1, 10, 512)),
    stsz: box('stsz', words(0, 1, 10)),
    stsc: box('stsc', words(0, 1, 1, 10, 1)),
    stco: box('stco', words(0, 1, 48)),
    ...tables,
  };
  const table = box('stbl', box('stsd', words(0, 1), AVC), ...Object.values(usual));
  const track = box(
    'trak',
    box('tkhd', words(7, 0, 0, 1, 0, 5120), Buffer.alloc(60), words(320 << 16, 180 << 16)),
    box(
      'mdia',
      box('mdhd', words(0, 0, 0, 12_800, 5120, 0)),
      box('hdlr', words(0, 0), Buffer.from('vide'), Buffer.alloc(13)),
      box('minf', box('vmhd', words(1, 0, 0)), table),
    ),
  );
  return Buffer.concat([
    FILE_TYPE,
    box('moov', box('mvhd', words(0, 0, 0, 1000, 400), Buffer.alloc(80)), track, ...more),
    box('mdat', Buffer.alloc(10)),
  ]);
}

const endless = { stts: box('stts', words(0, 1, ALL, 1)) };
const fragmented = box('mvex', box('trex', words(0, 1, 1, 1, 1, 0)));

function fragment(count: number): Buffer {
  const run = box('trun', words(0, count));
  return box(
    'moof',
    box('mfhd', words(0, 1)),
    box('traf', box('tfhd', words(0, 1)), box('tfdt', words(0, 0)), run),
  );
}

/** Small files that are made to keep a parser busy, or to take its memory. */
export const HOSTILE: Readonly<Record<string, () => Buffer>> = {
  'a run of samples without end': () => clipOf({ ...endless, ctts: box('ctts', words(0, 1, ALL, 1)) }),
  'a run of samples without end, each of one size': () =>
    clipOf({ ...endless, stsz: box('stsz', words(0, 1, ALL)), ctts: box('ctts', words(0, 1, 1, 1)) }),
  'sizes of no bits': () => clipOf({ stsz: box('stz2', words(0, 0, ALL)) }),
  'more sizes than there are': () => clipOf({ stsz: box('stsz', words(0, 0, ALL)) }),
  'more times than there are': () => clipOf({ stts: box('stts', words(0, ALL, 1, 1)) }),
  'more places than there are': () => clipOf({ stco: box('stco', words(0, ALL, 48)) }),
  'chunks without end': () =>
    clipOf({ ...endless, stsc: box('stsc', words(0, 1, 1, ALL, 1)), stsz: box('stsz', words(0, 1, ALL)) }),
  'a fragment without end': () => Buffer.concat([clipOf({}, fragmented), fragment(ALL)]),
  'many fragments': () =>
    Buffer.concat([clipOf({}, fragmented), ...Array.from({ length: 20_000 }, () => fragment(100))]),
  'half a million boxes': () => Buffer.concat([FILE_TYPE, Buffer.alloc(4 * 1024 ** 2).fill(box('free'))]),
  'half a million tracks': () =>
    Buffer.concat([FILE_TYPE, box('moov', Buffer.alloc(4 * 1024 ** 2).fill(box('trak')))]),
  'a great many edits': () => clipOf({}, box('udta', Buffer.alloc(1024 ** 2).fill(box('meta')))),
  'boxes in boxes': () => {
    let inner = box('free');
    for (let depth = 0; depth < 2000; depth++) {
      inner = box('mdia', inner);
    }
    return Buffer.concat([FILE_TYPE, box('moov', box('trak', inner))]);
  },
};
