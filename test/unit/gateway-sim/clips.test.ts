import assert from 'node:assert/strict';

import { type ClipName, clipBytes, clips } from '../../fixtures/clips/clips.ts';

interface Box {
  readonly type: string;
  readonly sizeBytes: number;
}

/** The boxes at the top of an MP4 file. */
function boxes(file: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at < file.length; at += found.at(-1)?.sizeBytes ?? Infinity) {
    found.push({ sizeBytes: file.readUInt32BE(at), type: file.toString('latin1', at + 4, at + 8) });
  }
  return found;
}

function order(name: ClipName): string[] {
  const wanted = new Set(['moov', 'mdat']);
  return boxes(clipBytes(name)).flatMap(({ type }) => (wanted.has(type) ? [type] : []));
}

describe('the clips', () => {
  it('have their index first, but for the one that is made not to', () => {
    for (const { name, fastStart } of Object.values(clips)) {
      assert.deepStrictEqual(order(name), fastStart ? ['moov', 'mdat'] : ['mdat', 'moov'], name);
    }
  });

  it('hold H.264 video, and AAC audio where they say so', () => {
    for (const { name, hasSound } of Object.values(clips)) {
      const file = clipBytes(name);
      assert.deepStrictEqual([file.includes('avc1'), file.includes('mp4a')], [true, hasSound], name);
    }
  });

  it('are small enough to keep next to the code', () => {
    const total = Object.values(clips).reduce((sum, { name }) => sum + clipBytes(name).length, 0);
    assert.ok(total < 1_000_000, `${total} bytes`);
  });

  it('can be brought to any larger size and stay a row of whole boxes', () => {
    const large = clipBytes('tone', 3_000_000);
    assert.equal(large.length, 3_000_000);
    assert.deepStrictEqual(
      boxes(large).map(({ type }) => type),
      [...boxes(clipBytes('tone')).map(({ type }) => type), 'free'],
    );
    assert.throws(() => clipBytes('tone', 1000), /cannot be made 1000/);
  });
});
