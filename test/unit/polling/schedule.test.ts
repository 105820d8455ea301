import assert from 'node:assert/strict';
import { MINUTE } from '../../../src/base/clock.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { paceFor } from '../../../src/polling/pace.ts';
import { nextPollAt } from '../../../src/polling/schedule.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask, NOON, PACE } from '../builders.ts';

const LINK = 'https://media.example/clip.mp4';
const FORECAST = new Forecasts(() => []).of(aTask({ model: 'veo_3_1_fast' }));

describe('when to poll next', () => {
  const next = (facts: Partial<Task>, random = 0.5): number | null => {
    const at = nextPollAt(aTask(facts), FORECAST, PACE, NOON, random);
    return at === null ? null : (at - NOON) / 1000;
  };

  it('is when completion becomes plausible, then at the pace, and rare in the tail', () => {
    const young = next({ generation: 'processing' }) ?? 0;
    const ripe = next({ generation: 'processing', createdAt: NOON - 200 * 1000 }) ?? 0;
    const old = next({ generation: 'processing', createdAt: NOON - 3600 * 1000 }) ?? 0;
    assert.deepEqual(
      [young > 120 && young < 200, ripe >= 30 && ripe < 45, old],
      [true, true, 300],
      `${young} s, ${ripe} s, ${old} s`,
    );
  });

  it('spreads tasks that began together, and never below the pace', () => {
    const ripe = { generation: 'processing', createdAt: NOON - 250 * 1000 } as const;
    const waits = [0, 0.25, 0.5, 0.75, 0.999].map(random => next(ripe, random) ?? 0);
    assert.deepEqual(
      [Math.min(...waits) >= 30, new Set(waits).size > 1, Math.max(...waits) < 60],
      [true, true, true],
      String(waits),
    );
  });

  it('keeps the same proportions for a gateway on this machine that is polled faster', () => {
    const fast = { ...PACE, interval: 1_000, speed: 30 };
    const slow = next({ generation: 'processing' }) ?? 0;
    const quick = (nextPollAt(aTask({ generation: 'processing' }), FORECAST, fast, NOON, 0.5) ?? 0) - NOON;
    assert.ok(Math.abs(quick * 30 - slow * 1000) < 1_000, `${quick} ms for ${slow} s`);
  });

  it('is never for a task that ended', () => {
    assert.deepEqual(
      [
        next({ generation: 'failed' }),
        next({ generation: 'cancelled' }),
        next({ generation: 'completed', videoUrl: LINK }),
      ],
      [null, null, null],
    );
  });

  it('goes on for ten minutes where the link is missing', () => {
    const completed = { generation: 'completed', videoUrl: null } as const;
    assert.deepEqual(
      [
        next({ ...completed, completedSeenAt: NOON - 9 * MINUTE }),
        next({ ...completed, completedSeenAt: NOON - 10 * MINUTE }),
      ],
      [30, null],
    );
  });

  it('backs off while the gateway cannot be reached, to ten minutes at the most', () => {
    assert.deepEqual(
      [1, 2, 3, 5, 6, 20].map(failedAsks => next({ failedAsks })),
      [30, 60, 120, 480, 600, 600],
    );
  });

  it('is rare for a task that is stalled or not found, and never after a week of that', () => {
    const daysAgo = (days: number): number => NOON - days * 24 * 60 * MINUTE;
    assert.deepEqual(
      [
        next({ generation: 'stalled', trackedAt: daysAgo(2) }),
        next({ generation: 'stalled', trackedAt: daysAgo(8) }),
        next({ generation: 'stalled', trackedAt: daysAgo(8.1) }),
        next({ generation: 'notFound', trackedAt: daysAgo(20), deniedSince: daysAgo(6.9) }),
        next({ generation: 'notFound', trackedAt: daysAgo(20), deniedSince: daysAgo(7) }),
      ],
      [3600, 3600, null, 3600, null],
    );
  });

  it('follows the setting within what the gateway allows', () => {
    const gateway = (shortestInterval: number): Parameters<typeof paceFor>[0] => ({
      base: '',
      origin: '',
      isLoopback: false,
      shortestInterval,
      checkSpan: 0,
    });
    assert.deepEqual(
      [
        ...[1, 30, 45, 300, 9999, Number.NaN].map(
          wish => paceFor(gateway(30_000), { seconds: wish, watchHours: 26 }).interval,
        ),
        ...[0, 1, 30].map(wish => paceFor(gateway(1_000), { seconds: wish, watchHours: 26 }).interval),
      ],
      [30_000, 30_000, 45_000, 300_000, 300_000, 30_000, 1_000, 1_000, 30_000],
    );
  });
});
