import { MINUTE, SECOND } from '../../../src/base/clock.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { HandClock } from '../../unit/builders.ts';
import { seededRandom, type Random } from '../lib/random.ts';
import { bestMoments } from './best.ts';
import { follow, FrozenForecasts } from './dailies.ts';
import type { Distribution } from './distributions.ts';
import { every, followBy, scoreOf, type Followed, type Score } from './score.ts';

const SEED = 20_261_121;

/** The 20,000 tasks of a distribution belong to several persons, so that no one's history is luck for all. */
const PERSONS = 4;
const TASKS_EACH = 5_000;

/** From one measured task's creation to the next, ms: two requests a second at most make none of them wait. */
const BETWEEN = 10 * SECOND;

/** Finished tasks in the history of a warm Dailies. */
const HISTORY = 200;

/** A person makes one task after another, and Dailies learns in between, ms. */
const BETWEEN_FIRST = 2 * MINUTE;

/** Ways to ask, from the plain ones to the best there can be. */
export const POLICIES = ['every30', 'every60', 'cold', 'warm', 'best'] as const;

/** How each policy did with one distribution. */
export type Result = { readonly name: string } & Readonly<Record<(typeof POLICIES)[number], Score>>;

/** Follows the same tasks by all policies. */
export async function measure(distribution: Distribution): Promise<Result> {
  const random = seededRandom(SEED);
  const groups = Array.from({ length: PERSONS }, () => sample(distribution, TASKS_EACH, random));
  const all = groups.flat();
  const cold: Followed[] = [];
  const warm: Followed[] = [];
  for (const durations of groups) {
    cold.push(...(await followCold(distribution, durations, random)));
    warm.push(...(await followWarm(distribution, durations, random)));
  }
  return {
    name: distribution.name,
    every30: scoreOf(followBy(every(30), all)),
    every60: scoreOf(followBy(every(60), all)),
    cold: scoreOf(cold),
    warm: scoreOf(warm),
    best: scoreOf(followBy(bestMoments(distribution.finishedBy), all)),
  };
}

function sample(distribution: Distribution, count: number, random: Random): number[] {
  return Array.from({ length: count }, () => distribution.sample(random));
}

/** With the documented windows only. */
async function followCold(
  distribution: Distribution,
  durations: readonly number[],
  random: Random,
): Promise<Followed[]> {
  const clock = new HandClock();
  const store = new TaskStore(':memory:', { clock });
  const forecasts = new FrozenForecasts(() => []);
  try {
    return await follow({ store, clock, forecasts, random, distribution, between: BETWEEN }, durations);
  } finally {
    store.dispose();
  }
}

/**
 * With a history of finished tasks, which Dailies has followed itself before: it knows their ends no better than it
 * would in real life. It then stays as it is, so that all measured tasks meet the same.
 */
async function followWarm(
  distribution: Distribution,
  durations: readonly number[],
  random: Random,
): Promise<Followed[]> {
  const clock = new HandClock();
  const store = new TaskStore(':memory:', { clock });
  const historyOf = store.history.of.bind(store.history);
  const shared = { store, clock, random, distribution };
  try {
    await follow(
      { ...shared, forecasts: new Forecasts(historyOf), between: BETWEEN_FIRST },
      sample(distribution, HISTORY, random),
    );
    const forecasts = new FrozenForecasts(historyOf);
    if (!forecasts.of(distribution).isLearned) {
      throw new Error('Dailies has learned nothing from the tasks before.');
    }
    return await follow({ ...shared, forecasts, between: BETWEEN }, durations);
  } finally {
    store.dispose();
  }
}
