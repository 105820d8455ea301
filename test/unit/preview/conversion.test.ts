import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clips } from '../../fixtures/clips/clips.ts';
import { ffmpeg, ffprobe } from '../../media/ffmpeg.ts';
import { MediaPages, type MediaPage } from '../../media/mediaPage.ts';
import { testClip, type TestClip } from '../../media/testClips.ts';
import { useFolder } from '../builders.ts';

/** What a page found that a clip needs, and what it made of it. */
interface Made {
  readonly need: string;
  readonly file?: Buffer;
}

describe('the audio of a clip, in a browser that has no AAC', () => {
  const folder = useFolder();
  let pages: MediaPages;
  let shown: MediaPage;

  before(async () => {
    pages = await MediaPages.start();
    shown = await pages.open('withoutAac');
  });

  after(() => pages.stop());

  afterEach(() => {
    assert.deepEqual(shown.trouble, []);
  });

  async function make(path: string): Promise<Made> {
    const need = await shown.page.evaluate(
      async ([source, target]) => {
        const clip = await window.reader.open(source, new AbortController().signal);
        const need = await clip.audioNeed();
        if (need === 'conversion') {
          await fetch(target, {
            method: 'POST',
            body: new Blob([await clip.convert()], { type: 'text/plain' }),
          });
        }
        return need;
      },
      [await pages.offer(path), pages.addressOf('converted.mp4')] as const,
    );
    return need === 'conversion' ? { need, file: pages.received('converted.mp4') } : { need };
  }

  async function convert(path: string): Promise<string> {
    const made = await make(path);
    assert.ok(made.file, made.need);
    const converted = join(folder(), 'converted.mp4');
    await writeFile(converted, made.file);
    return converted;
  }

  const tests: readonly [what: string, clip: TestClip][] = [
    ['stereo at 48 kHz', 'stereo48'],
    ['mono at 44.1 kHz', 'mono44'],
    ['HE-AAC', 'heAac'],
    ['a portrait', 'portrait'],
    ['4K', 'uhd'],
    ['30 s', 'long'],
    ['an index at the end', 'indexLast'],
    ['a fragmented file', 'fragmented'],
    ['a frame rate that varies', 'variableRate'],
  ];
  for (const [what, clip] of tests) {
    it(`becomes FLAC and stays where it was, the video as it is: ${what}`, async () => {
      const path = await testClip(clip);
      const before = await readFile(path);
      const converted = await convert(path);
      assert.deepEqual(
        {
          codec: await probe(converted, 'a', '-show_entries', 'stream=codec_name'),
          picture: await pictureOf(converted),
          isUntouched: before.equals(await readFile(path)),
        },
        { codec: 'flac', picture: await pictureOf(path), isUntouched: true },
      );
      const duration = await durationOf(path);
      assert.ok(Math.abs((await durationOf(converted)) - duration) <= 0.01);
      const [mine, theirs] = [await soundOf(converted), await soundOf(path)];
      assert.ok(Math.abs(mine.length / RATE - duration) <= 0.01, `${mine.length / RATE} s`);
      const { lag, likeness } = compare(mine, theirs);
      assert.ok(Math.abs(lag) <= 0.001 * RATE && likeness > 0.98, `lag ${lag}, likeness ${likeness}`);
    });
  }

  it('is left alone where there is none, and where the host has its codec', async () => {
    assert.deepEqual(
      [
        await make(await testClip('silent')),
        await make(clips.silent.path),
        await make(await testClip('mp3')),
      ],
      [{ need: 'none' }, { need: 'none' }, { need: 'native' }],
    );
  });

  it('goes on after frames that cannot be decoded', async () => {
    const path = await testClip('scratched');
    const mine = await soundOf(await convert(path));
    assert.ok(Math.abs(mine.length - 8 * RATE) <= 0.01 * RATE, String(mine.length));
  });
});

/** Hz, of the sound that is compared. */
const RATE = 48_000;

async function probe(path: string, kind: 'a' | 'v', ...options: string[]): Promise<string> {
  const printed = await ffprobe('-select_streams', kind, ...options, '-of', 'csv=p=0', path);
  return printed.toString().trim();
}

/** s, of the longest track. */
async function durationOf(path: string): Promise<number> {
  return Number(await probe(path, 'v', '-show_entries', 'format=duration'));
}

/** How many packets the picture has, and a fingerprint of their times (to the ms) and contents. */
async function pictureOf(path: string): Promise<string> {
  const entries = ['-show_entries', 'packet=pts_time,data_hash'];
  const packets = (await probe(path, 'v', '-show_data_hash', 'md5', '-show_packets', ...entries)).split('\n');
  const rounded = packets.map(packet => packet.replace(/^[\d.]+/, time => Number(time).toFixed(3)));
  return `${packets.length} ${createHash('md5').update(rounded.join()).digest('hex')}`;
}

/** What is heard on the left, as ffmpeg decodes it; it does not forgive a mistake. */
async function soundOf(path: string): Promise<Float32Array> {
  const filter = `aresample=${RATE},pan=mono|c0=c0`;
  const strictly = ['-err_detect', 'crccheck+explode'];
  const bytes = await ffmpeg(...strictly, '-i', path, '-map', '0:a', '-af', filter, '-f', 'f32le', '-');
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** How many samples one sound comes after another, and how alike (1: the same) they are then; by 0.1 s of it, up to 20 ms apart. */
function compare(one: Float32Array, other: Float32Array): { lag: number; likeness: number } {
  const window = other.subarray(2 * RATE, 2.1 * RATE);
  let best = { lag: Number.NaN, likeness: -1 };
  for (let lag = -960; lag <= 960; lag++) {
    const likeness = correlation(one.subarray(2 * RATE + lag, 2.1 * RATE + lag), window);
    best = likeness > best.likeness ? { lag, likeness } : best;
  }
  return best;
}

function correlation(one: Float32Array, other: Float32Array): number {
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

function product(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}
