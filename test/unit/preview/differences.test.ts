import assert from 'node:assert/strict';
import { mergeFacts } from '../../../src/preview/player/mergedFacts.ts';

describe('what was requested, and what the file is', () => {
  const merge = (asked: string, found: string, name = 'Duration'): string =>
    mergeFacts([[name, asked]], [[name, found]], '{0} (requested: {1})')
      .map(([, value]) => value)
      .join();

  it('is one fact for each name, in the order of the request, then of the file', () => {
    assert.deepEqual(
      mergeFacts(
        [
          ['Duration', '8 s'],
          ['Seed', '7'],
        ],
        [
          ['Codecs', 'H.264'],
          ['Duration', '8 s'],
        ],
        '',
      ),
      [
        ['Duration', '8 s'],
        ['Seed', '7'],
        ['Codecs', 'H.264'],
      ],
    );
  });

  it('says what was requested only where the file is something else', () => {
    assert.deepEqual(
      [merge('8 s', '8.04 s'), merge('10 s', '6 s'), merge('8 秒', '8 秒'), merge('24 fps', '23.976 fps')],
      ['8.04 s', '6 s (requested: 10 s)', '8 秒', '23.976 fps'],
    );
    assert.deepEqual(
      [
        ['720p', '1280 × 720'],
        ['720p', '720 × 1280'],
        ['4K', '3840 × 2160'],
        ['1280x720', '1280 × 720'],
        ['1080P', '1280 × 720'],
      ].map(([asked = '', found = '']) => merge(asked, found, 'Resolution')),
      ['1280 × 720', '720 × 1280', '3840 × 2160', '1280 × 720', '1280 × 720 (requested: 1080P)'],
    );
  });
});
