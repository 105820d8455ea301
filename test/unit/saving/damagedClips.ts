import { seededRandom } from '../../bench/lib/random.ts';
import { clipBytes, type ClipName } from '../../fixtures/clips/clips.ts';

const CLIPS: readonly ClipName[] = ['tone', 'slowstart', 'silent', 'counter', 'portrait'];

type Below = (limit: number) => number;

function oneOf<T>(list: readonly T[], below: Below): T {
  const one = list[below(list.length)];
  if (one === undefined) {
    throw new RangeError('There is nothing to choose from.');
  }
  return one;
}

type Damage = (clip: Buffer, below: Below) => Buffer;

/** Where the tables of a clip are: what a parser reads. */
function tablesOf(clip: Buffer): { start: number; end: number } {
  const start = clip.indexOf('moov') - 4;
  return { start, end: start + clip.readUInt32BE(start) };
}

/** Where a box within the tables begins, by a type that is found there often. */
function someBox(clip: Buffer, below: Below): number {
  const types = [
    'trak',
    'mdia',
    'stbl',
    'stsd',
    'stts',
    'ctts',
    'stsc',
    'stsz',
    'stco',
    'mdhd',
    'hdlr',
    'tkhd',
    'avcC',
    'elst',
  ];
  const at = clip.indexOf(oneOf(types, below), tablesOf(clip).start + below(2) * 400);
  return at < 0 ? tablesOf(clip).start : at - 4;
}

const DAMAGES: readonly Damage[] = [
  // Bits anywhere.
  (clip, below) => {
    for (let count = 1 + below(20); count > 0; count--) {
      const at = below(clip.length);
      clip.writeUInt8(clip.readUInt8(at) ^ (1 << below(8)), at);
    }
    return clip;
  },
  // Bits in the tables.
  (clip, below) => {
    const { start, end } = tablesOf(clip);
    for (let count = 1 + below(20); count > 0; count--) {
      const at = start + below(end - start);
      clip.writeUInt8(clip.readUInt8(at) ^ (1 << below(8)), at);
    }
    return clip;
  },
  // A number of a box: its length, its flags, its count, or what comes first in it.
  (clip, below) => {
    const numbers = [0, 1, 7, 8, 0x7fffffff, 0x80000000, 0xffffffff];
    const at = Math.min(someBox(clip, below) + oneOf([0, 8, 12, 16, 20], below), clip.length - 4);
    clip.writeUInt32BE(oneOf(numbers, below), at);
    return clip;
  },
  // Another type.
  (clip, below) => {
    clip.write(
      oneOf(['free', 'trak', 'stts', 'moof', 'uuid', 'mdat'], below),
      someBox(clip, below) + 4,
      'latin1',
    );
    return clip;
  },
  // A box once more, or not at all.
  (clip, below) => {
    const at = someBox(clip, below);
    const end = Math.min(at + clip.readUInt32BE(at), clip.length);
    const once = clip.subarray(at, end);
    return below(2) === 0
      ? Buffer.concat([clip.subarray(0, at), once, once, clip.subarray(end)])
      : Buffer.concat([clip.subarray(0, at), clip.subarray(end)]);
  },
  // Cut off, mostly near an end.
  (clip, below) =>
    clip.subarray(0, oneOf([below(2_000), below(clip.length), clip.length - below(2_000)], below)),
  // Something behind it, or in front.
  (clip, below) => {
    const stray = Buffer.alloc(below(5_000), below(256));
    return Buffer.concat(below(4) === 0 ? [stray, clip] : [clip, stray]);
  },
  // A piece of zeros.
  (clip, below) => clip.fill(0, below(clip.length), below(clip.length)),
];

/** So many damaged copies of good clips, the same ones each time. */
export function* damaged(count: number): Generator<Buffer> {
  const random = seededRandom(20_261_128);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let index = 0; index < count; index++) {
    const clip = Buffer.from(clipBytes(oneOf(CLIPS, () => index % CLIPS.length)));
    const damage = oneOf(DAMAGES, () => Math.floor(index / CLIPS.length) % DAMAGES.length);
    yield damage(clip, below);
  }
}
