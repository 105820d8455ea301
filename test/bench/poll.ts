import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { tableOf, verdict, type Bench } from './lib/bench.ts';
import { DISTRIBUTIONS } from './poll/distributions.ts';
import { POLICIES, type Result } from './poll/measure.ts';
import { costOf } from './poll/score.ts';

/** Whether the schedule is worth its while: against asking every 30 s, and against the best there can be. */
export const bench: Bench = {
  title:
    'requests and detection delay per task, against every 30 s and against the best possible under that rule',
  async run() {
    const distributions = await Promise.all(DISTRIBUTIONS.map((_distribution, place) => measureApart(place)));
    return { json: { distributions }, table: distributions.map(describe).join('\n\n') };
  },
};

async function measureApart(place: number): Promise<Result> {
  const worker = new Worker(new URL('poll/worker.ts', import.meta.url), { workerData: place });
  const [result] = (await once(worker, 'message')) as [Result];
  return result;
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
