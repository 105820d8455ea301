import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Base64Stream } from '../../../src/gateway/base64Stream.ts';
import { RunCutter } from '../../../src/gateway/cutRuns.ts';

/** A text as it comes in pieces of these sizes. */
function inPieces(text: string, sizes: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** The text that is left, and what was in one of its runs. */
function cut(text: string, sizes: readonly number[], number = 0): { left: string; taken: Buffer } {
  const decoder = new Base64Stream();
  const taken: Buffer[] = [];
  const cutter = new RunCutter({ number, take: bytes => taken.push(decoder.push(bytes)) });
  const left = [...inPieces(text, sizes).map(piece => cutter.push(piece)), cutter.end()];
  return { left: Buffer.concat(left).toString(), taken: Buffer.concat([...taken, decoder.end()]) };
}

/** Ways to write base64 into JSON: as it is, as PHP does, as .NET does, in lines, and each within another string. */
const WRITTEN: readonly ((base64: string) => string)[] = [
  text => JSON.stringify({ a: 1, v: `data:video/mp4;base64,${text}`, z: 2 }),
  text => JSON.stringify({ a: 1, v: `data:video/mp4;base64,${text}`, z: 2 }).replaceAll('/', '\\/'),
  text => JSON.stringify({ a: 1, v: `data:video/mp4;base64,${text}`, z: 2 }).replaceAll('+', '\\u002B'),
  text => JSON.stringify({ a: 1, v: `data:video/mp4;base64,${text.replace(/.{76}/g, '$&\r\n')}`, z: 2 }),
];

/** Bytes that are as good as random, and the same for each seed: an array of them would take fast-check minutes to shrink. */
const clip = fc.tuple(fc.integer(), fc.integer({ min: 13_000, max: 20_000 })).map(([seed, length]) => {
  const bytes = Buffer.alloc(length + 64);
  for (let at = 0; at < length; at += 64) {
    createHash('sha512').update(`${seed} ${at}`).digest().copy(bytes, at);
  }
  return bytes.subarray(0, length);
});
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9000 })), {
  minLength: 1,
  maxLength: 4,
});

describe('data in a response', () => {
  it('is cut out of JSON that stays JSON, and comes out byte for byte, however it is written and wherever it is cut', () => {
    fc.assert(
      fc.property(
        clip,
        sizes,
        fc.constantFrom(...WRITTEN),
        fc.boolean(),
        (bytes, pieces, write, isNested) => {
          const inner = write(bytes.toString('base64'));
          const text = isNested ? JSON.stringify({ body: inner }) : inner;
          const { left, taken } = cut(text, pieces);
          assert.ok(taken.equals(bytes), 'the bytes');
          assert.ok(left.length < 1000);
          const parsed = JSON.parse(left) as { body: string };
          const { a, v, z } = (isNested ? JSON.parse(parsed.body) : parsed) as {
            a: number;
            v: string;
            z: number;
          };
          assert.deepEqual([a, z], [1, 2]);
          // Where each `+` is written with seven characters, fewer stand in what is left.
          assert.match(v, /^data:video\/mp4;base64,[\w+/=\s-]{100,}…\[0: \d+\]$/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is nothing that a word, a link or a number is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), sizes, (value, pieces) => {
        const text = JSON.stringify({ value, link: `https://media.example/a.mp4?sig=${'a'.repeat(3000)}` });
        assert.equal(cut(text, pieces).left, text);
      }),
      { numRuns: 1000 },
    );
  });
});
