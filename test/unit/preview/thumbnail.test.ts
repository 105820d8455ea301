import assert from 'node:assert/strict';
import { isFromComparePage } from '../../../src/preview/compareProtocol.ts';
import { isFromPage } from '../../../src/preview/protocol.ts';
import { isThumbnail } from '../../../src/preview/thumbnail.ts';

/** The beginning of a JPEG as a browser writes it: a remark, a table, and the frame's header. */
function jpeg(
  width: number,
  height: number,
  { marker = 0xc0, length = 2_000 } = {},
): Uint8Array<ArrayBuffer> {
  const sides = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  const remark = [0xff, 0xe0, 0, 4, 1, 1];
  const table = [0xff, 0xdb, 0, 3, 0];
  const bytes = new Uint8Array(length);
  bytes.set([0xff, 0xd8, ...remark, ...table, 0xff, marker, 0, 17, 8, ...sides]);
  return bytes;
}

describe('a thumbnail that a page sends', () => {
  it('is a JPEG that is small in bytes and in pixels', () => {
    assert.deepEqual([jpeg(320, 180), jpeg(180, 320), jpeg(320, 180, { marker: 0xc2 })].map(isThumbnail), [
      true,
      true,
      true,
    ]);
  });

  it('is refused when it is anything else', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
    const endless = new Uint8Array(400).fill(0xff).fill(0, 4);
    endless.set([0xff, 0xd8]);
    for (const bytes of [
      jpeg(65_535, 65_535),
      jpeg(320, 321),
      jpeg(0, 180),
      jpeg(320, 180, { length: 40_000 }),
      jpeg(320, 180, { marker: 0xda }),
      jpeg(320, 180).subarray(0, 12),
      png,
      endless,
      new Uint8Array(),
      [...jpeg(320, 180)],
      'data:image/jpeg;base64,',
      null,
    ]) {
      assert.equal(isThumbnail(bytes), false);
    }
  });

  it('is taken at each page’s door only so', () => {
    const doors: [(message: unknown) => boolean, object][] = [
      [isFromPage, { type: 'thumbnail', source: 'https://a.example/clip.mp4' }],
      [isFromComparePage, { type: 'thumbnail', key: 7 }],
    ];
    for (const [isTaken, message] of doors) {
      assert.equal(isTaken({ ...message, jpeg: jpeg(320, 180) }), true);
      assert.equal(isTaken({ ...message, jpeg: jpeg(3_200, 1_800) }), false);
      assert.equal(isTaken({ type: 'thumbnail', jpeg: jpeg(320, 180) }), false);
    }
  });
});
