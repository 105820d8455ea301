import assert from 'node:assert/strict';
import { regimeOf } from '../../../src/polling/regime.ts';
import type { Observation } from '../../../src/tasks/observation.ts';

/** Tasks between 120 and 300 s times a factor, in no order. */
function tasks(count: number, factor = 1): Observation[] {
  return Array.from({ length: count }, (_, index) => {
    const length = factor * (120 + 180 * ((index * 0.618_034) % 1));
    return { after: length - 15, until: length + 15 };
  });
}

/** How many tasks are taken for those of now. */
function recent(newestFirst: readonly Observation[]): number {
  return regimeOf(newestFirst).recent.length;
}

describe('the pace of a gateway', () => {
  it('is that of the whole history while nothing changes', () => {
    assert.deepEqual(
      [0, 1, 5, 40, 200].map(count => recent(tasks(count))),
      [0, 1, 5, 40, 200],
    );
  });

  it('is seen to change within ten tasks, to slower and to quicker ones', () => {
    for (const factor of [0.5, 2]) {
      const count = recent([...tasks(10, factor), ...tasks(190)]);
      assert.ok(count >= 5 && count <= 13, `${count} of 10 at ${factor}`);
    }
  });

  it('is seen to return as well', () => {
    const count = recent([...tasks(10), ...tasks(96, 2), ...tasks(94)]);
    assert.ok(count >= 5 && count <= 13, `${count} of 10`);
  });

  it('is not changed by one task that was seen only after a night', () => {
    assert.equal(recent([{ after: 200, until: 30_000 }, ...tasks(100)]), 101);
  });
});
