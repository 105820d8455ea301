import assert from 'node:assert/strict';
import { rateLimitPause } from '../../../src/tasks/pause.ts';

describe('the pause after a 429', () => {
  it('obeys Retry-After up to 150 s, and doubles from 30 s to 10 minutes without', () => {
    assert.deepEqual(
      [
        rateLimitPause(7_000, 1),
        rateLimitPause(999_000, 1),
        rateLimitPause(0, 1),
        ...[1, 2, 5, 6].map(count => rateLimitPause(null, count)),
      ],
      [7_000, 150_000, 1_000, 30_000, 60_000, 480_000, 600_000],
    );
  });
});
