import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { assemble, mismatchIn } from '../../../src/cut/assemble.ts';
import { layOut, lengthOf, type Cut } from '../../../src/cut/cut.ts';
import { edlOf } from '../../../src/cut/edl.ts';
import { fcpxmlOf } from '../../../src/cut/fcpxml.ts';
import { otioOf } from '../../../src/cut/otio.ts';
import type { FilmResult } from '../../../src/preview/player/media/film/form.ts';
import { ClipChecker } from '../../../src/saving/clipChecker.ts';
import type { VideoFacts } from '../../../src/saving/videoFacts.ts';
import { ffmpeg, ffprobe } from '../../media/ffmpeg.ts';
import { MediaPages, type CodecHost, type MediaPage } from '../../media/mediaPage.ts';
import { testClip, type TestClip } from '../../media/testClips.ts';
import { ListLog, useFolder } from '../builders.ts';
import { compiled } from '../compiled.ts';
import { aClip } from '../cut/cuts.ts';

const checker = new ClipChecker(compiled('src/saving/checkWorker.ts'), systemClock, new ListLog());

interface Timeline {
  readonly tracks: {
    readonly children: readonly {
      readonly children: readonly {
        readonly source_range: { readonly duration: { readonly value: number } };
      }[];
    }[];
  };
}

/** How far audio may be from its video, s. */
const IN_SYNC = 0.02;

describe('an MP4 of clips, in a browser that has no AAC', () => {
  const folder = useFolder();
  let pages: MediaPages;
  let shown: MediaPage;

  before(async () => {
    pages = await MediaPages.start();
    shown = await pages.open('withoutAac');
  });
  after(() => pages.stop());

  /** Goes on in a browser that lacks something more. */
  async function goOnIn(host: CodecHost): Promise<void> {
    const before = shown;
    shown = await pages.open(host);
    await before.page.close();
  }
  afterEach(() => {
    assert.deepEqual(shown.trouble, []);
  });

  /** Makes an MP4 of clips as the export does; gives its file, how it came to be, and where its clips begin, in frames. */
  async function make(
    names: readonly TestClip[],
  ): Promise<{ path: string; result: FilmResult; starts: readonly number[]; length: number; cut: Cut }> {
    const paths: string[] = [];
    for (const name of names) {
      paths.push(await testClip(name));
    }
    const facts: VideoFacts[] = [];
    for (const path of paths) {
      const found = await checker.factsOf(path, new AbortController().signal);
      assert.ok(found, path);
      facts.push(found);
    }
    const cut = assemble(
      'film',
      facts.map(({ frames, rate, width, height }, index) =>
        aClip({
          name: names[index] ?? '',
          path: paths[index] ?? '',
          duration: frames,
          length: frames,
          rate,
          width,
          height,
        }),
      ),
    );
    const placed = layOut(cut);
    const sources = await Promise.all(paths.map(path => pages.offer(path)));
    const isEncoded = mismatchIn(cut, facts) !== undefined;
    const order = {
      clips: placed.map(({ start, duration, clip }, index) => ({
        source: sources[index] ?? '',
        place: { name: clip.name, start, duration, rate: clip.rate },
      })),
      form: { rate: cut.rate, width: cut.width, height: cut.height },
      isEncoded,
      target: pages.addressOf('film.mp4'),
    };
    const result = await shown.page.evaluate(async one => window.film(one), order);
    const path = join(folder(), 'film.mp4');
    await writeFile(path, pages.received('film.mp4'));
    return { path, result, starts: placed.map(({ start }) => start), length: lengthOf(cut), cut };
  }

  it('has every frame of clips that agree, as they are, in time', async () => {
    const names = ['flashes', 'flashes', 'flashes'] as const;
    const { path, result, starts, length } = await make(names);
    assert.deepEqual(result, { frames: 576, video: 'copied', audio: 'copied', silent: [] });
    assert.deepEqual(await framesOf(path), evenly(length));
    const packets = await hashesOf(path);
    const source = await hashesOf(await testClip('flashes'));
    assert.deepEqual(packets, [...source, ...source, ...source]);
    await assertInSync(path, starts);
  });

  it('has clips of other sizes and without audio on black, re-encoded to the frame, in sync at each join', async () => {
    const names = ['flashes', 'portraitFlashes', 'shortFlashes', 'silent', 'flashes'] as const;
    const { path, result, starts, length } = await make(names);
    assert.deepEqual(
      { ...result, video: ['avc', 'vp9', 'av1'].includes(result.video) },
      { frames: 192 + 192 + 61 + 192 + 192, video: true, audio: 'copied', silent: [] },
    );
    assert.deepEqual(await framesOf(path), evenly(length));
    await assertInSync(path, [starts[0] ?? 0, starts[1] ?? 0, starts[2] ?? 0, starts[4] ?? 0]);
  });

  it('of ten clips, one of another size, agrees with the timelines to the frame', async () => {
    const names = [
      ...(['flashes', 'shortFlashes', 'flashes', 'portraitFlashes', 'shortFlashes'] as const),
      ...(['flashes', 'shortFlashes', 'shortFlashes', 'flashes', 'shortFlashes'] as const),
    ];
    const { path, starts, cut } = await make(names);
    const frames = await framesOf(path);
    assert.deepEqual(frames, evenly(5 * 192 + 5 * 61));
    await assertInSync(path, starts);
    const ends = [...edlOf(cut).matchAll(/^\d{3} .* (\S+)$/gmu)].map(([, to = '']) => {
      const [hours = 0, minutes = 0, seconds = 0, rest = 0] = to.split(':').map(Number);
      return ((hours * 60 + minutes) * 60 + seconds) * 24 + rest;
    });
    assert.deepEqual(ends, [...starts.slice(1), frames.length]);
    const [, length = '', unit = ''] =
      /<sequence [^>]*duration="(\d+)(?:\/24)?(s)"/u.exec(fcpxmlOf(cut, '/films')) ?? [];
    assert.equal(unit, 's');
    assert.equal(Number(length), frames.length);
    const otio = JSON.parse(otioOf(cut, '/films')) as Timeline;
    assert.deepEqual(
      otio.tracks.children.map(({ children }) =>
        children.reduce((sum, { source_range: { duration } }) => sum + duration.value, 0),
      ),
      [frames.length, frames.length],
    );
  });

  it('has audio of other rates and channels as FLAC, each for the time of its video', async () => {
    const { path, result, starts, length } = await make(['flashes', 'monoFlashes', 'flashes']);
    assert.deepEqual(result, { frames: 576, video: 'copied', audio: 'flac', silent: [] });
    assert.deepEqual(await framesOf(path), evenly(length));
    await assertInSync(path, starts);
  });

  it('has WebM clips of one kind as they are, with their audio as FLAC in sync', async () => {
    const { path, result, starts, length } = await make(['webmVp9', 'webmVp9', 'webmVp9']);
    assert.deepEqual(result, { frames: 216, video: 'copied', audio: 'flac', silent: [] });
    assert.equal(length, 216);
    assert.deepEqual(await framesOf(path), evenly(216));
    assert.equal(
      (await ffprobe('-show_entries', 'stream=codec_name', '-of', 'csv=p=0', path)).toString().trim(),
      'vp9\nflac',
    );
    await assertInSync(path, starts);
  });

  it('has WebM clips among others, and VP8, re-encoded to the frame and in sync', async () => {
    for (const names of [
      ['flashes', 'webmVp9', 'webmVp8', 'webmAv1'],
      ['webmVp8', 'webmVp8'],
    ] as const) {
      const { path, result, starts, length } = await make(names);
      assert.notEqual(result.video, 'copied');
      assert.equal(result.audio, 'flac');
      assert.deepEqual(await framesOf(path), evenly(length));
      await assertInSync(
        path,
        starts.filter((_start, index) => names[index] !== 'webmAv1'),
      );
    }
  });

  for (const [names, rate] of [
    [['film', 'webmFilm', 'film'], 24000 / 1001],
    [['ntsc', 'webmNtsc', 'flashes', 'ntsc'], 30000 / 1001],
    [['fast', 'webmFast', 'fast'], 60000 / 1001],
  ] as const) {
    it(`has every frame at ${rate.toFixed(3)} fps, at its time`, async () => {
      const { path, starts, length, cut } = await make(names);
      assert.equal(cut.rate.numerator / cut.rate.denominator, rate);
      assert.deepEqual(await framesOf(path, rate), evenly(length));
      const heard = starts.filter((_start, index) => names[index]?.startsWith('webm') === false);
      await assertInSync(path, heard, rate);
    });
  }

  it('of one clip is that clip, and the same clip can stand in it twice', async () => {
    const one = await make(['shortFlashes']);
    assert.deepEqual(one.result, { frames: 61, video: 'copied', audio: 'copied', silent: [] });
    assert.deepEqual(await framesOf(one.path), evenly(61));
    const twice = await make(['silent', 'shortFlashes', 'shortFlashes']);
    assert.deepEqual(await framesOf(twice.path), evenly(192 + 61 + 61));
    await assertInSync(twice.path, twice.starts.slice(1));
  });

  it('has a clip of a variable rate at the rate of the others, each moment where it was', async () => {
    const { path, result, length } = await make(['flashes', 'variableRate']);
    assert.notEqual(result.video, 'copied');
    assert.deepEqual(await framesOf(path), evenly(length));
  });

  it('names the clip that is damaged', async () => {
    await assert.rejects(make(['flashes', 'cut']), /"cut": /u);
  });

  it('is silent where audio can be decoded nowhere here, and says which clip that is', async () => {
    await goOnIn('withoutOpus');
    const { path, result, starts } = await make(['flashes', 'webmVp9', 'webmVp8']);
    assert.deepEqual([result.audio, result.silent], ['flac', ['webmVp9']]);
    await assertInSync(path, [starts[0] ?? 0, starts[2] ?? 0]);
    const silent = await make(['webmVp9']);
    assert.deepEqual([silent.result.audio, silent.result.silent], ['none', ['webmVp9']]);
  });

  it('is VP9 where H.264 cannot be encoded', async () => {
    await goOnIn('withoutH264');
    const { path, result, length, starts } = await make(['shortFlashes', 'portraitFlashes']);
    assert.equal(result.video, 'vp9');
    assert.deepEqual(await framesOf(path), evenly(length));
    await assertInSync(path, starts);
  });

  it('cannot be made where nothing can be encoded, unless the clips agree', async () => {
    await goOnIn('withoutEncoders');
    await assert.rejects(make(['shortFlashes', 'portraitFlashes']), /There is no encoder/u);
    const { result } = await make(['shortFlashes', 'shortFlashes']);
    assert.equal(result.video, 'copied');
  });

  /** The time of each frame, in frames. */
  async function framesOf(path: string, rate = 24): Promise<number[]> {
    const text = await ffprobe(
      '-select_streams',
      'v:0',
      '-show_entries',
      'frame=pts_time',
      '-of',
      'csv=p=0',
      path,
    );
    return text
      .toString()
      .trim()
      .split(/\s+/u)
      .map(time => Math.round(Number.parseFloat(time) * rate * 100) / 100);
  }

  function evenly(count: number): number[] {
    return Array.from({ length: count }, (_, frame) => frame);
  }

  async function hashesOf(path: string): Promise<string[]> {
    const text = await ffmpeg(
      '-i',
      path,
      '-map',
      '0:v',
      '-c',
      'copy',
      '-bsf:v',
      'h264_mp4toannexb,filter_units=remove_types=6-9',
      '-f',
      'framehash',
      '-',
    );
    return text
      .toString()
      .split('\n')
      .filter(line => /^\d/u.test(line))
      .map(line => line.split(',').at(-1)?.trim() ?? '');
  }

  /** Each clip begins with a white frame and a beep: both must come at its start. */
  async function assertInSync(path: string, starts: readonly number[], rate = 24): Promise<void> {
    const beeps = await beepsIn(path);
    for (const start of starts) {
      const at = start / rate;
      const nearest = Math.min(...beeps.map(beep => Math.abs(beep - at)));
      assert.ok(nearest <= IN_SYNC, `the beep at ${at} s is off by ${(nearest * 1000).toFixed(1)} ms`);
    }
  }

  /** When each beep begins, s. */
  async function beepsIn(path: string): Promise<number[]> {
    const raw = await ffmpeg('-i', path, '-map', '0:a', '-ac', '1', '-ar', '48000', '-f', 's16le', '-');
    const samples = new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2);
    const beeps: number[] = [];
    let quiet = 48_000;
    for (const [index, sample] of samples.entries()) {
      if (Math.abs(sample) > 6_000) {
        if (quiet > 9_600) beeps.push(index / 48_000);
        quiet = 0;
      } else {
        quiet++;
      }
    }
    return beeps;
  }
});
