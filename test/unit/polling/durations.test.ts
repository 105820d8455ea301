import assert from 'node:assert/strict';
import { documentedDurations, learnedDurations, quantile } from '../../../src/polling/durations.ts';
import type { Observation } from '../../../src/tasks/observation.ts';
import { etaOf, Forecasts } from '../../../src/polling/forecast.ts';
import { planPolls } from '../../../src/polling/pollPlan.ts';
import { aTask, NOON, PACE } from '../builders.ts';

const VEO = documentedDurations({ from: 120, to: 300 });

/** Tasks of even lengths between two bounds, long ones among short ones, each seen at questions 30 s apart. */
function history(count: number, from: number, to: number): Observation[] {
  return Array.from({ length: count }, (_, index) => {
    // 0.618…: the golden ratio spreads evenly, in no order.
    const length = from + (to - from) * ((index * 0.618_034) % 1);
    return { after: Math.floor(length / 30) * 30, until: Math.ceil(length / 30) * 30 };
  });
}

describe('how long tasks take', () => {
  it('is the documented window until five tasks are known', () => {
    assert.equal(learnedDurations(VEO, history(4, 600, 700)), VEO);
    assert.ok(quantile(learnedDurations(VEO, history(5, 600, 700)), 0.5, 0) > 400);
  });

  it('is learned from the person’s own history, though each task is known only between two requests', () => {
    const learned = learnedDurations(VEO, history(200, 400, 500));
    const [low, middle, high] = [0.1, 0.5, 0.9].map(share => quantile(learned, share, 0)) as [
      number,
      number,
      number,
    ];
    assert.ok(
      Math.abs(low - 410) < 25 && Math.abs(middle - 450) < 15 && Math.abs(high - 490) < 25,
      `${low} ${middle} ${high}`,
    );
  });

  it('sums to one, whatever the history', () => {
    for (const seen of [
      history(5, 1, 2),
      history(50, 3_000, 9_000),
      [...history(4, 100, 200), { after: 0, until: 9e9 }],
    ]) {
      const sum = learnedDurations(VEO, seen).reduce((total, part) => total + part, 0);
      assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
    }
  });
});

describe('the plan of polls', () => {
  it('never polls sooner than its shortest gap, nor later than 300 s', () => {
    for (const gap of [30, 45, 300]) {
      const plan = [...planPolls(VEO, gap)].slice(1);
      assert.deepEqual([Math.min(...plan) >= gap, Math.max(...plan) <= 300], [true, true], `gap ${gap}`);
    }
  });
});

describe('the ETA', () => {
  const forecasts = new Forecasts(() => []);
  const eta = (elapsed: number): unknown => {
    const task = aTask({ model: 'veo_3_1_fast', createdAt: NOON - elapsed * 1000 });
    return etaOf(task, forecasts.of(task), PACE, NOON);
  };

  it('is a range that shrinks, and then says that it takes longer than usual', () => {
    assert.deepEqual([eta(0), eta(200), eta(900)], [{ from: 2, to: 5 }, { from: 0, to: 3 }, 'longer']);
  });
});
