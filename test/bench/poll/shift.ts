import { MINUTE } from '../../../src/base/clock.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { HandClock } from '../../unit/builders.ts';
import { seededRandom, type Random } from '../lib/random.ts';
import { rounded } from '../lib/statistics.ts';
import { bestMoments } from './best.ts';
import { follow } from './dailies.ts';
import type { Distribution } from './distributions.ts';
import { costOf, followBy, scoreOf, type Followed } from './score.ts';

const SEED = 20_261_128;

/** Several persons live through the same, so that no one's history is luck for all. */
const PERSONS = 8;

/** Finished tasks before durations double. */
const BEFORE = 200;

/** Tasks of a day, one after the other: nearly each ends before the next begins. */
const DAY = 96;
const BETWEEN = 15 * MINUTE;

/** So many finished tasks may Dailies need to learn of a change. */
const LEARNING = 10;

/** How Dailies does after a change, against one that knows of it. Ratios of costs. */
export interface Shift {
  readonly name: string;
  /** While durations are double, and after they have returned: from the eleventh task on. */
  readonly doubled: number;
  readonly returned: number;
  /** The same for the ten tasks before. */
  readonly doubledAtFirst: number;
  readonly returnedAtFirst: number;
}

/** Durations double for a day and return; Dailies learns of both from nothing but its tasks. */
export async function measureShift(distribution: Distribution): Promise<Shift> {
  const random = seededRandom(SEED);
  const doubled: Distribution = {
    ...distribution,
    sample: source => 2 * distribution.sample(source),
    finishedBy: seconds => distribution.finishedBy(seconds / 2),
  };
  const days: readonly Distribution[] = [doubled, distribution];
  const best = days.map(day => bestMoments(day.finishedBy));
  const seen = days.map(() => ({ first: [] as Followed[], then: [] as Followed[] }));
  const known = days.map(() => ({ first: [] as Followed[], then: [] as Followed[] }));
  for (let person = 0; person < PERSONS; person++) {
    const durations = days.map(day => sample(day, DAY, random));
    const followed = await followDays(distribution, durations, random);
    for (const [index, day] of followed.entries()) {
      const moments = followBy(best[index] ?? [], durations[index] ?? []);
      seen[index]?.first.push(...day.slice(0, LEARNING));
      seen[index]?.then.push(...day.slice(LEARNING));
      known[index]?.first.push(...moments.slice(0, LEARNING));
      known[index]?.then.push(...moments.slice(LEARNING));
    }
  }
  const ratio = (index: number, part: 'first' | 'then'): number =>
    rounded(costOf(scoreOf(seen[index]?.[part] ?? [])) / costOf(scoreOf(known[index]?.[part] ?? [])), 3);
  return {
    name: distribution.name,
    doubled: ratio(0, 'then'),
    returned: ratio(1, 'then'),
    doubledAtFirst: ratio(0, 'first'),
    returnedAtFirst: ratio(1, 'first'),
  };
}

function sample(distribution: Distribution, count: number, random: Random): number[] {
  return Array.from({ length: count }, () => distribution.sample(random));
}

/** One person: a history, then the days, each task followed in the order in which it was made. */
async function followDays(
  distribution: Distribution,
  days: readonly (readonly number[])[],
  random: Random,
): Promise<Followed[][]> {
  const clock = new HandClock();
  const store = new TaskStore(':memory:', { clock });
  const forecasts = new Forecasts(store.history.of.bind(store.history));
  const shared = { store, clock, forecasts, random, distribution, between: BETWEEN };
  try {
    await follow(shared, sample(distribution, BEFORE, random));
    const followed = [];
    for (const durations of days) {
      followed.push(await follow(shared, durations));
    }
    return followed;
  } finally {
    store.dispose();
  }
}
