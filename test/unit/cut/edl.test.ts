import assert from 'node:assert/strict';
import fc from 'fast-check';
import { edlOf } from '../../../src/cut/edl.ts';
import { aClip, aCut, anyCut, RATES } from './cuts.ts';
import { readEdl } from './readers.ts';

describe('an edit decision list', () => {
  it('reads as one', () => {
    const cut = aCut(
      [
        aClip({ path: '/films/dunes-1.mp4', note: 'Best light\n\nuse the end' }),
        aClip({
          path: '/films/沙丘.mp4',
          name: '沙丘',
          sourceStart: 30,
          duration: 45,
          hasAudio: false,
          note: 'B',
        }),
        aClip({ path: '/films/gone.mp4', name: '', isMissing: true }),
      ],
      { rate: RATES.film },
    );
    assert.equal(
      edlOf(cut),
      [
        'TITLE: Opening',
        'FCM: NON-DROP FRAME',
        '',
        '001  DUNES1   AA/V  C        00:00:00:00 00:00:08:00 00:00:00:00 00:00:08:00',
        '* FROM CLIP NAME: Dunes at noon',
        '* SOURCE FILE: dunes-1.mp4',
        '* LOC: 00:00:00:00 YELLOW  Best light use the end',
        '',
        '002  CLIP     V     C        00:00:01:06 00:00:03:03 00:00:08:00 00:00:09:21',
        '* FROM CLIP NAME: 沙丘',
        '* SOURCE FILE: 沙丘.mp4',
        '* LOC: 00:00:08:00 YELLOW  B',
        '',
        '003  GONE     AA/V  C        00:00:00:00 00:00:08:00 00:00:09:21 00:00:17:21',
        '* FROM CLIP NAME: gone.mp4',
        '* SOURCE FILE: gone.mp4',
        '* MISSING FILE: gone.mp4',
        '',
      ].join('\n'),
    );
  });

  it('has a reel for each file, of eight letters and digits at most, whatever the files are called', () => {
    fc.assert(
      fc.property(anyCut, cut => {
        const { events } = readEdl(edlOf(cut), cut.rate);
        assert.deepEqual(
          events.map(({ number }) => Number(number)),
          cut.clips.map((_clip, index) => index + 1),
        );
        const pairs = new Set(
          cut.clips.map(({ path }, index) => JSON.stringify([path, events[index]?.reel])),
        );
        const files = new Set(cut.clips.map(({ path }) => path));
        assert.equal(pairs.size, files.size);
        assert.equal(new Set(events.map(({ reel }) => reel)).size, files.size);
        assert.ok(events.every(({ reel }) => reel !== 'BL' && reel !== 'AX'));
      }),
      { numRuns: 300 },
    );
  });

  it('distinguishes many files of one name', () => {
    const clips = Array.from({ length: 120 }, (_one, index) =>
      aClip({ path: `/takes/${index}/long-name-of-a-take.mp4` }),
    );
    const { events } = readEdl(edlOf(aCut(clips)), RATES.film);
    assert.deepEqual(
      [events[0]?.reel, events[1]?.reel, events[9]?.reel, events[119]?.reel],
      ['LONGNAME', 'LONGNAM2', 'LONGNA10', 'LONGN120'],
    );
    assert.equal(new Set(events.map(({ reel }) => reel)).size, 120);
  });

  it('keeps every name on its own line, and no line longer than programs read', () => {
    const name = '* FROM CLIP NAME: another\n002  BL V C\u2028' + '沙丘'.repeat(4_000);
    const text = edlOf(aCut([aClip({ name, note: name })], { name }));
    assert.equal(readEdl(text, RATES.film).events.length, 1);
    assert.ok(text.split('\n').every(line => line.length < 300));
  });
});
