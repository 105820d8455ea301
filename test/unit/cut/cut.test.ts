import assert from 'node:assert/strict';
import fc from 'fast-check';
import { layOut, lengthOf, missingClips } from '../../../src/cut/cut.ts';
import { edlOf } from '../../../src/cut/edl.ts';
import { fcpxmlOf } from '../../../src/cut/fcpxml.ts';
import { secondsText, timecode, wholeFrames } from '../../../src/cut/frameRate.ts';
import { otioOf } from '../../../src/cut/otio.ts';
import { aClip, aCut, anyCut, anyRate, RATES } from './cuts.ts';
import { all, fcpxmlStandings, framesOf, otioStandings, readEdl, readXml } from './readers.ts';

describe('a cut', () => {
  it('has its clips one after the other, those of another rate as long as they play', () => {
    const cut = aCut([
      aClip({ duration: 192 }),
      aClip({ duration: 101, rate: RATES.thirty }),
      aClip({ duration: 1, rate: RATES.thirty }),
      aClip({ duration: 50 }),
    ]);
    assert.deepEqual(
      layOut(cut).map(({ start, duration }) => [start, duration]),
      [
        [0, 192],
        [192, 80],
        [272, 1],
        [273, 50],
      ],
    );
    assert.equal(lengthOf(cut), 323);
  });

  it('never wants a frame that a file does not have', () => {
    fc.assert(
      fc.property(anyCut, cut => {
        for (const { clip, duration } of layOut(cut)) {
          const used = wholeFrames(duration, cut.rate, clip.rate);
          assert.ok(used <= clip.duration || duration === 1, `${used} of ${clip.duration}`);
        }
      }),
    );
  });

  it('names each file that is missing once', () => {
    const gone = aClip({ path: '/films/gone.mp4', isMissing: true });
    assert.deepEqual(
      missingClips(aCut([gone, aClip(), { ...gone, sourceStart: 9 }])).map(({ path }) => path),
      ['/films/gone.mp4'],
    );
  });

  it('has the same clips at the same frames in every format, at every rate', () => {
    fc.assert(
      fc.property(anyCut, cut => {
        const expected = layOut(cut).map(({ start, duration }) => ({ start, duration }));
        const fcpxml = fcpxmlOf(cut, '/films');
        const events = readEdl(edlOf(cut), cut.rate).events;
        const otio = otioOf(cut, '/films');
        assert.deepEqual(fcpxmlStandings(fcpxml, cut.rate), expected);
        assert.deepEqual(
          events.map(({ start, duration }) => ({ start, duration })),
          expected,
        );
        const hasAudio = cut.clips.some(clip => clip.hasAudio);
        for (const track of hasAudio ? [0, 1] : [0]) {
          assert.deepEqual(
            otioStandings(otio, cut.rate, track).map(({ start, duration }) => ({ start, duration })),
            expected,
          );
        }
        const [sequence] = all(readXml(fcpxml), 'sequence');
        assert.equal(framesOf(sequence?.attributes.duration ?? '', cut.rate), lengthOf(cut));
      }),
      { numRuns: 300 },
    );
  });

  it('begins each clip at the same frame of its file in every format', () => {
    fc.assert(
      fc.property(anyCut, cut => {
        const events = readEdl(edlOf(cut), cut.rate).events;
        const starts = all(readXml(fcpxmlOf(cut, '/films')), 'asset-clip');
        const items = otioStandings(otioOf(cut, '/films'), cut.rate);
        cut.clips.forEach((clip, index) => {
          assert.equal(framesOf(starts[index]?.attributes.start ?? '', clip.rate), clip.sourceStart);
          const range = items[index]?.item.source_range as { start_time: { value: number; rate: number } };
          assert.deepEqual(
            [range.start_time.value, range.start_time.rate],
            [clip.sourceStart, clip.rate.numerator / clip.rate.denominator],
          );
          const event = events[index];
          assert.equal(event?.sourceIn, wholeFrames(clip.sourceStart, clip.rate, cut.rate));
          assert.equal(event.sourceOut - event.sourceIn, event.duration);
        });
      }),
    );
  });

  it('can be empty', () => {
    const cut = aCut([]);
    assert.deepEqual(readEdl(edlOf(cut), cut.rate).events, []);
    assert.deepEqual(fcpxmlStandings(fcpxmlOf(cut, '/films'), cut.rate), []);
    assert.deepEqual(otioStandings(otioOf(cut, '/films'), cut.rate), []);
  });
});

describe('the frames of a cut', () => {
  it('are exact as seconds, at any rate and however many', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), anyRate, (frames, rate) => {
        assert.equal(framesOf(secondsText(frames, rate), rate), frames);
      }),
    );
    assert.deepEqual(
      [secondsText(192, RATES.film), secondsText(1, RATES.ntsc), secondsText(100, RATES.film)],
      ['8s', '1001/30000s', '100/24s'],
    );
  });

  it('are counted by time codes that drop none', () => {
    assert.equal(timecode(24 * 3_661 + 23, RATES.film), '01:01:01:23');
    assert.equal(timecode(30 * 60, RATES.ntsc), '00:01:00:00');
    assert.equal(timecode(24 * 60 * 10 + 1, RATES.film1001), '00:10:00:01');
  });
});
