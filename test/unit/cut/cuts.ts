import fc from 'fast-check';
import type { Cut, CutClip } from '../../../src/cut/cut.ts';
import type { FrameRate } from '../../../src/cut/frameRate.ts';

export const RATES = {
  film: { numerator: 24, denominator: 1 },
  pal: { numerator: 25, denominator: 1 },
  thirty: { numerator: 30, denominator: 1 },
  film1001: { numerator: 24000, denominator: 1001 },
  ntsc: { numerator: 30000, denominator: 1001 },
} as const satisfies Record<string, FrameRate>;

export function aClip(facts: Partial<CutClip> = {}): CutClip {
  return {
    path: '/films/clips/dunes.mp4',
    name: 'Dunes at noon',
    sourceStart: 0,
    duration: 192,
    length: 192,
    rate: RATES.film,
    width: 1280,
    height: 720,
    hasAudio: true,
    isMissing: false,
    note: null,
    shot: null,
    take: null,
    ...facts,
  };
}

export function aCut(clips: readonly CutClip[], facts: Partial<Cut> = {}): Cut {
  return { name: 'Opening', rate: RATES.film, width: 1280, height: 720, clips, ...facts };
}

/** Names as people, models and attackers write them. */
const HOSTILE = [
  '',
  ' ',
  'Dunes & <ridges> "at" \'noon\'',
  ']]><!--<note/>&amp;&#0;',
  '{"a": "\\u0000"}',
  'two\nlines\r\nand\u2028more\u0085',
  '* FROM CLIP NAME: another\n002  BL V C',
  '沙丘，第 3 条🎬',
  'e\u0301\u202Eevil',
  '\u0000\u0001\u001B[31m\u007F\uFFFE',
  '\uD83C half a character \uDFAC',
  'long '.repeat(4_000),
];

export const anyText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string());

export const anyRate = fc.constantFrom<FrameRate>(...Object.values(RATES));

/** A file name that a system allows. */
const anyFile = fc
  .oneof(
    fc.constantFrom('a b.mp4', '100%.mp4', '沙丘.mp4', 'what?#1.mp4', 'BL.mp4', "it's.mp4", 'c:d.mp4'),
    anyText,
  )
  .map(name => `/films/clips/${name.replace(/[/\0]/gu, '_').slice(0, 200)}.mp4`);

export const anyClip = fc
  .record({
    path: anyFile,
    name: anyText,
    sourceStart: fc.nat(200),
    duration: fc.integer({ min: 1, max: 2_000 }),
    tail: fc.nat(100),
    rate: anyRate,
    width: fc.constantFrom(1280, 720, 1920),
    height: fc.constantFrom(720, 1280, 1080),
    hasAudio: fc.boolean(),
    isMissing: fc.boolean(),
    note: fc.option(anyText),
    shot: fc.option(anyText),
    take: fc.option(fc.nat(40)),
  })
  .map(({ tail, ...clip }): CutClip => ({ ...clip, length: clip.sourceStart + clip.duration + tail }));

export const anyCut = fc
  .record({ name: anyText, rate: anyRate, clips: fc.array(anyClip, { maxLength: 12 }) })
  .map((cut): Cut => ({ ...cut, width: 1920, height: 1080 }));
