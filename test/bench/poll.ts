import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { tableOf, verdict, type Bench } from './lib/bench.ts';
import type { Bursts } from './poll/bursts.ts';
import { DISTRIBUTIONS } from './poll/distributions.ts';
import { POLICIES, type Result } from './poll/measure.ts';
import { costOf } from './poll/score.ts';
import type { Shift } from './poll/shift.ts';
import type { Part } from './poll/worker.ts';

/** Whether the schedule is worth its while: against asking every 30 s, and against the best there can be. */
export const bench: Bench = {
  title:
    'requests and detection delay per task, against every 30 s and against the best possible under that rule',
  async run() {
    const places = DISTRIBUTIONS.map((_distribution, place) => place);
    const distributions = await Promise.all(places.map(async place => measureApart<Result>('steady', place)));
    const shift = await Promise.all(places.map(async place => measureApart<Shift>('shift', place)));
    const bursts = await measureApart<Bursts>('bursts', 0);
    const tables = [...distributions.map(describe), describeShift(shift), describeBursts(bursts)];
    return { json: { distributions, shift, bursts }, table: tables.join('\n\n') };
  },
};

async function measureApart<R>(part: Part, place: number): Promise<R> {
  const worker = new Worker(new URL('poll/worker.ts', import.meta.url), { workerData: { part, place } });
  const [result] = (await once(worker, 'message')) as [R];
  return result;
}

function describeBursts({ tasks, width, mostInASecond, requests, meanDelayS }: Bursts): string {
  return [
    `${tasks} tasks at once: ${requests.toFixed(2)} requests each, mean delay ${meanDelayS.toFixed(1)} s`,
    `  ${mostInASecond} requests in the busiest second (goal: at most ${width}): ${verdict(mostInASecond <= width)}`,
  ].join('\n');
}

function describeShift(shifts: readonly Shift[]): string {
  const rows = shifts.map(shift => [
    shift.name,
    shift.doubledAtFirst.toFixed(3),
    shift.doubled.toFixed(3),
    shift.returnedAtFirst.toFixed(3),
    shift.returned.toFixed(3),
  ]);
  const worst = Math.max(...shifts.flatMap(({ doubled, returned }) => [doubled, returned]));
  return [
    'Durations double for a day and return: cost against one that knows',
    tableOf([['', 'doubled: first ten', 'then', 'returned: first ten', 'then'], ...rows]),
    `  after ten finished tasks at most ${worst.toFixed(3)} (goal: at most 1.25): ${verdict(worst <= 1.25)}`,
  ].join('\n');
}

function describe(result: Result): string {
  const { every30, cold, warm, best } = result;
  const rows = POLICIES.map(policy => {
    const score = result[policy];
    return [
      policy,
      score.requests.toFixed(2),
      `${score.meanDelayS.toFixed(1)} s`,
      `${score.p95DelayS.toFixed(1)} s`,
      costOf(score).toFixed(2),
      (costOf(score) / costOf(best)).toFixed(3),
    ];
  });
  const toBest = costOf(warm) / costOf(best);
  const toEvery30 = warm.requests / every30.requests;
  const coldToEvery30 = costOf(cold) / costOf(every30);
  return [
    result.name,
    tableOf([['', 'requests', 'mean delay', 'p95 delay', 'cost', 'of best'], ...rows]),
    `  warm cost is ${toBest.toFixed(3)} of the best (goal: at most 1.10): ${verdict(toBest <= 1.1)}`,
    `  warm requests are ${toEvery30.toFixed(3)} of every 30 s (goal: at most 0.60): ${verdict(toEvery30 <= 0.6)}`,
    `  cold cost is ${coldToEvery30.toFixed(3)} of every 30 s (goal: at most 1): ${verdict(coldToEvery30 <= 1)}`,
  ].join('\n');
}
