import assert from 'node:assert/strict';
import { arrange } from '../../../src/preview/compare/arrange.ts';

const WIDE = 16 / 9;
const TALL = 9 / 16;

/** A room without gaps and names. */
const BARE = { gap: 0, header: 0, minWidth: 0 };

/** As the page has it. */
const USUAL = { gap: 8, header: 30, minWidth: 140 };

/** Half a pixel may come out a hair less. */
function rounded(value: number): number {
  return Math.round(value + 0.001);
}

describe('the places of compared clips', () => {
  /** Where the panes are in a bare room of 1000 x 600 px: `left top width height`. */
  function rects(aspects: readonly number[], width = 1000, height = 600): string[] {
    return arrange(aspects, { width, height, ...BARE }).rects.map(place =>
      [place.left, place.top, place.width, place.height].map(rounded).join(' '),
    );
  }

  /** How many clips are in each row. */
  function rows(aspects: readonly number[], width: number, height: number): readonly number[] {
    return arrange(aspects, { width, height, ...USUAL }).rows;
  }

  it('are a row for tall clips, and rows for wide ones where these are larger so', () => {
    assert.deepEqual(rects([TALL, TALL]), ['163 0 338 600', '500 0 338 600']);
    assert.deepEqual(rects([WIDE, WIDE], 600, 1000), ['0 163 600 338', '0 500 600 338']);
    assert.deepEqual(rects([WIDE, WIDE, WIDE, WIDE]), [
      '0 19 500 281',
      '500 19 500 281',
      '0 300 500 281',
      '500 300 500 281',
    ]);
  });

  it('are two by two for four clips, wherever one row or one column is not larger, and never three and one', () => {
    const windows = [320, 600, 900, 1200, 1900].flatMap(width =>
      [300, 450, 600, 900].map(height => [width, height] as const),
    );
    for (const [width, height] of windows) {
      const shapes = [
        [WIDE, WIDE, WIDE, WIDE],
        [WIDE, TALL, WIDE, TALL],
        [TALL, TALL, TALL, WIDE],
      ];
      for (const shape of shapes) {
        const found = rows(shape, width, height);
        assert.ok(
          ['4', '2 2', '1 1 1 1'].includes(found.join(' ')),
          `${width} x ${height}: ${found.join(' ')}`,
        );
      }
    }
    assert.deepEqual(rows([WIDE, WIDE, WIDE, WIDE], 1200, 500), [2, 2]);
    assert.deepEqual(rows([WIDE, WIDE, WIDE, WIDE], 1600, 280), [4]);
    assert.deepEqual(rows([TALL, TALL, TALL, TALL], 1200, 500), [4]);
    assert.deepEqual(rows([TALL, TALL, TALL, TALL], 320, 700), [2, 2]);
  });

  it('are a row, two and one, or a column for three clips, as fits', () => {
    assert.deepEqual(rows([WIDE, WIDE, WIDE], 1200, 400), [3]);
    assert.deepEqual(rows([WIDE, WIDE, WIDE], 900, 600), [2, 1]);
    assert.deepEqual(rows([WIDE, WIDE, WIDE], 320, 700), [1, 1, 1]);
    assert.deepEqual(rows([TALL, TALL, TALL], 600, 500), [3]);
  });

  it('give clips of one shape one size, and a tall clip the room above and below it', () => {
    const { rects: panes } = arrange([WIDE, WIDE, TALL], { width: 1200, height: 500, ...USUAL });
    const [one, other, tall] = panes;
    assert.equal(one?.width, other?.width);
    // As large as the others, whereas at their height it would be 165 px wide.
    assert.ok((tall?.width ?? 0) > 250, JSON.stringify(panes));
    assert.deepEqual(new Set(panes.map(({ top }) => top)).size, 1);
  });

  it('let wide clips have what a tall one cannot use', () => {
    assert.deepEqual(rects([WIDE, TALL, WIDE], 1000, 250), ['0 0 430 250', '430 0 141 250', '570 0 430 250']);
  });

  it('leave room for names and gaps', () => {
    const room = { width: 210, height: 300, gap: 10, header: 30, minWidth: 0 };
    assert.deepEqual(
      arrange([1, 1], room).rects.map(place => Object.values(place).map(rounded)),
      [
        [48, 0, 115, 145],
        [48, 155, 115, 145],
      ],
    );
  });

  it('are never narrower than a name needs, nor wider than the window', () => {
    for (const width of [200, 320, 600, 1200]) {
      for (const height of [160, 300, 600]) {
        for (const shape of [
          [TALL, TALL],
          [TALL, WIDE, TALL],
          [TALL, TALL, TALL, TALL],
        ]) {
          const { rects: panes } = arrange(shape, { width, height, ...USUAL });
          const where = `${width} x ${height}: ${JSON.stringify(panes)}`;
          assert.ok(
            panes.every(pane => pane.width >= Math.min(140, width) - 0.01),
            where,
          );
          assert.ok(
            panes.every(pane => pane.left > -0.01 && pane.left + pane.width < width + 0.01),
            where,
          );
        }
      }
    }
  });
});
