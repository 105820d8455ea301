import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { systemClock } from '../../../src/base/clock.ts';
import { download, type Progress } from '../../../src/saving/download.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { useFolder } from '../builders.ts';
import { useMediaHost } from './mediaHost.ts';

const clip = clipBytes('tone', 300_000);

describe('a clip that is said to be encoded', () => {
  const host = useMediaHost();
  const folder = useFolder();
  let last: Progress | undefined;

  /** What came of a body with an ETag: the clip as it is, or why not. */
  const fetchClip = async (body: Buffer, encoding?: string, largest = 1_000_000): Promise<string> => {
    const path = join(folder(), 'part');
    host().answers.push({
      headers: { ETag: '"1"', ...(encoding !== undefined && { 'Content-Encoding': encoding }) },
      body,
    });
    try {
      const size = await download({
        link: host().link,
        path,
        beginning: { size: 0, validator: null },
        rules: { allowLoopback: true, largest },
        clock: systemClock,
        isAwaited: () => false,
        onProgress: progress => (last = progress),
        signal: new AbortController().signal,
      });
      return size === clip.length && readFileSync(path).equals(clip) ? 'the clip' : 'something else';
    } catch (error) {
      return (error as Error).message;
    }
  };

  const encoded: [string, Buffer, string | undefined][] = [
    ['gzip', zlib.gzipSync(clip), 'gzip'],
    ['gzip, by its old name', zlib.gzipSync(clip), 'X-GZIP'],
    ['gzip, which nobody says', zlib.gzipSync(clip), undefined],
    ['deflate', zlib.deflateSync(clip), 'deflate'],
    ['deflate without its wrapper', zlib.deflateRawSync(clip), 'deflate'],
    ['br', zlib.brotliCompressSync(clip), 'br'],
    ['zstd', zlib.zstdCompressSync(clip), 'zstd'],
    ['one in the other', zlib.brotliCompressSync(zlib.gzipSync(clip)), 'gzip, br'],
    ['two, of which one is a lie', zlib.gzipSync(clip), 'gzip, br'],
  ];
  for (const [name, body, encoding] of encoded) {
    it(`is undone where it is: ${name}`, async () => {
      assert.equal(await fetchClip(body, encoding), 'the clip');
      // Its length and version are those of what was encoded: nothing could be gone on with by them.
      assert.deepEqual(last, { size: clip.length, total: null, validator: null });
    });
  }

  for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, br', 'identity', 'aws-chunked', '']) {
    it(`is left as it is where that is not true: "${encoding}"`, async () => {
      assert.equal(await fetchClip(clip, encoding), 'the clip');
      assert.deepEqual(last, { size: clip.length, total: clip.length, validator: '"1"' });
    });
  }

  it('was requested as it is', async () => {
    await fetchClip(clip);
    assert.equal(host().asked[0]?.['accept-encoding'], 'identity');
  });

  it('is not whole where its encoding ends too early', async () => {
    const whole = zlib.gzipSync(clip);
    assert.match(await fetchClip(whole.subarray(0, whole.length - 100), 'gzip'), /^unreachable: /);
  });

  it('is a page where a page was encoded', async () => {
    assert.equal(await fetchClip(zlib.gzipSync('<title>Sign in</title>'), 'gzip'), 'notVideo: Sign in');
  });

  it('is no larger than allowed, however little it was', async () => {
    const bomb = zlib.gzipSync(Buffer.concat([clip, Buffer.alloc(50_000_000)]));
    assert.equal(await fetchClip(bomb, 'gzip'), 'tooLarge: 1000000');
  });
});
