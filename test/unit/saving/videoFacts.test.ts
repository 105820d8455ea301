import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { ClipChecker } from '../../../src/saving/clipChecker.ts';
import { readVideoFacts } from '../../../src/saving/readVideoFacts.ts';
import { clips } from '../../fixtures/clips/clips.ts';
import { ffprobe } from '../../media/ffmpeg.ts';
import { testClip, type TestClip } from '../../media/testClips.ts';
import { ListLog, useFolder } from '../builders.ts';
import { compiled } from '../compiled.ts';
import { HOSTILE } from './hostileClips.ts';

const ENTRY = compiled('src/saving/checkWorker.ts');
const goesOn = new AbortController().signal;

describe('the facts of a clip for an editing program', () => {
  const folder = useFolder();
  const checker = new ClipChecker(ENTRY, systemClock, new ListLog());

  it('are what ffprobe counts', async () => {
    const files = [
      ...Object.values(clips).map(({ path }) => path),
      ...(await Promise.all((['mono44', 'portrait', 'fragmented', 'indexLast'] as const).map(testClip))),
    ];
    for (const path of files) {
      const facts = await checker.factsOf(path, goesOn);
      const [video] = await streamsOf(path, 'v:0');
      const [audio] = await streamsOf(path, 'a:0');
      assert.deepEqual(
        { ...facts, setup: facts?.setup.split(' ')[0] },
        {
          frames: Number(video?.nb_read_packets),
          rate: { numerator: 24, denominator: 1 },
          width: video?.width,
          height: video?.height,
          setup: 'avc1',
          // ffmpeg makes single frames of a fragment longer.
          isEven: !path.includes('fragmented'),
          hasAudio: audio !== undefined,
        },
        path,
      );
    }
  });

  it('distinguish an encoder with another setup, and frames that are not even', async () => {
    const setupOf = async (name: TestClip): Promise<string | undefined> =>
      (await checker.factsOf(await testClip(name), goesOn))?.setup;
    assert.equal(await setupOf('stereo48'), await setupOf('mono44'));
    assert.notEqual(await setupOf('stereo48'), await setupOf('portrait'));
    assert.equal((await checker.factsOf(await testClip('variableRate'), goesOn))?.isEven, false);
    assert.match((await setupOf('hevc')) ?? '', /^hvc1 /);
  });

  it('of a WebM file are what ffprobe counts, to the rate that people mean', async () => {
    const clipsOfRates = {
      webmVp9: ['V_VP9', '24/1', true],
      webmVp8: ['V_VP8', '24/1', true],
      webmAv1: ['V_AV1', '24/1', true],
      webmFilm: ['V_VP9', '24000/1001', true],
      webmNtsc: ['V_VP9', '30000/1001', true],
      webmFast: ['V_VP8', '60000/1001', true],
      webmLive: ['V_VP8', '25/1', true],
      webmUneven: ['V_VP8', undefined, false],
    } as const;
    for (const [name, [codec, rate, isEven]] of Object.entries(clipsOfRates)) {
      const path = await testClip(name as TestClip);
      const facts = await checker.factsOf(path, goesOn);
      const [video] = await streamsOf(path, 'v:0');
      const [audio] = await streamsOf(path, 'a:0');
      assert.deepEqual(
        {
          ...facts,
          setup: facts?.setup.split(' ')[0],
          rate: rate && `${facts?.rate.numerator ?? 0}/${facts?.rate.denominator ?? 0}`,
        },
        {
          frames: Number(video?.nb_read_packets),
          rate,
          width: 320,
          height: 180,
          setup: codec,
          isEven,
          hasAudio: audio !== undefined,
        },
        name,
      );
    }
  });

  it('of a WebM file that was cut off are those of what is there', async () => {
    const whole = await readFile(await testClip('webmVp9'));
    const path = join(folder(), 'cut.webm');
    for (const part of [0.9, 0.5, 0.2, 0.02]) {
      writeFileSync(path, whole.subarray(0, whole.length * part));
      const facts = await checker.factsOf(path, goesOn);
      assert.ok(facts === undefined || (facts.frames > 0 && facts.frames < 72), String(facts?.frames));
    }
    for (let at = 0; at < 4_000; at += 37) {
      const broken = Buffer.from(whole);
      broken.fill(0xff, at, at + 9);
      writeFileSync(path, broken);
      const facts = await readVideoFacts(path);
      assert.ok(facts === undefined || facts.frames > 0, String(at));
    }
  });

  it('are none where there is no clip, whatever is in the file', async () => {
    const path = join(folder(), 'clip.mp4');
    writeFileSync(path, 'no clip');
    assert.equal(await checker.factsOf(path, goesOn), undefined);
    assert.equal(await checker.factsOf(join(folder(), 'none.mp4'), goesOn), undefined);
    copyFileSync(await testClip('cut'), path);
    assert.equal((await checker.factsOf(path, goesOn))?.frames, 192);
    for (const [name, make] of Object.entries(HOSTILE)) {
      writeFileSync(path, make());
      const facts = await checker.factsOf(path, goesOn);
      assert.ok(facts === undefined || facts.frames > 0, name);
    }
  });
});

interface Stream {
  readonly width?: number;
  readonly height?: number;
  readonly nb_read_packets?: string;
}

async function streamsOf(path: string, which: string): Promise<readonly Stream[]> {
  const text = await ffprobe(
    '-count_packets',
    '-select_streams',
    which,
    '-show_streams',
    '-of',
    'json',
    path,
  );
  return (JSON.parse(text.toString()) as { streams: Stream[] }).streams;
}
