import assert from 'node:assert/strict';
import { arrange } from '../../../src/preview/compare/arrange.ts';

const WIDE = 16 / 9;
const TALL = 9 / 16;

describe('the places of compared clips', () => {
  /** Where the pictures are in a room of 1000 x 600 px, without gaps and names: `left,top width x height`. */
  function places(aspects: readonly number[], width = 1000, height = 600): string[] {
    return arrange(aspects, { width, height, gap: 0, header: 0 }).map(place =>
      [place.left, place.top, place.width, place.height].map(Math.round).join(' '),
    );
  }

  it('are a row for tall clips, and rows for wide ones where these are larger so', () => {
    assert.deepEqual(places([TALL, TALL]), ['163 0 338 600', '500 0 338 600']);
    assert.deepEqual(places([WIDE, WIDE], 600, 1000), ['0 163 600 338', '0 500 600 338']);
    assert.deepEqual(places([WIDE, WIDE, WIDE, WIDE]), [
      '0 19 500 281',
      '500 19 500 281',
      '0 300 500 281',
      '500 300 500 281',
    ]);
  });

  it('give all clips the same height, in their order, and fill the width where they can', () => {
    assert.deepEqual(places([WIDE, TALL, WIDE], 1000, 250), [
      '0 4 432 243',
      '432 4 137 243',
      '568 4 432 243',
    ]);
  });

  it('leave room for names and gaps', () => {
    assert.deepEqual(arrange([1, 1], { width: 210, height: 300, gap: 10, header: 30 }), [
      { left: 47.5, top: 0, width: 115, height: 145 },
      { left: 47.5, top: 155, width: 115, height: 145 },
    ]);
  });
});
