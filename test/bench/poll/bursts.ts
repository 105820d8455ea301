import { SECOND } from '../../../src/base/clock.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { HandClock } from '../../unit/builders.ts';
import { seededRandom } from '../lib/random.ts';
import { follow } from './dailies.ts';
import type { Distribution } from './distributions.ts';
import { scoreOf } from './score.ts';

const SEED = 20_261_129;

/** Tasks that are made at the same moment. */
const TASKS = 200;

/** The requests that a gateway is sent at a time (design.md, poll policy). */
const WIDTH = 2;

/** How requests are spread when many tasks begin together. */
export interface Bursts {
  readonly tasks: number;
  /** Requests that a gateway may be sent within a second. */
  readonly width: number;
  /** The most that began within any second. */
  readonly mostInASecond: number;
  /** Per task. */
  readonly requests: number;
  readonly meanDelayS: number;
}

/** Makes many tasks at once and follows them to their ends. */
export async function measureBursts(distribution: Distribution): Promise<Bursts> {
  const random = seededRandom(SEED);
  const clock = new HandClock();
  const store = new TaskStore(':memory:', { clock });
  const forecasts = new Forecasts(store.history.of.bind(store.history));
  const moments: number[] = [];
  try {
    const durations = Array.from({ length: TASKS }, () => distribution.sample(random));
    const followed = await follow(
      { store, clock, forecasts, random, distribution, between: 0, onRequest: at => moments.push(at) },
      durations,
    );
    const { requests, meanDelayS } = scoreOf(followed);
    return { tasks: TASKS, width: WIDTH, mostInASecond: mostWithin(moments, SECOND), requests, meanDelayS };
  } finally {
    store.dispose();
  }
}

/** The most of these moments, in rising order, that lie within any such time. */
function mostWithin(moments: readonly number[], span: number): number {
  let first = 0;
  return moments.reduce((most, moment, index) => {
    while (moment - (moments[first] ?? 0) >= span) {
      first++;
    }
    return Math.max(most, index - first + 1);
  }, 0);
}
