import { setImmediate } from 'node:timers/promises';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { Poller, type PollerDependencies } from '../../../src/polling/poller.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import { ListLog, PACE, type HandClock } from '../builders.ts';

export const GATEWAY = 'https://gateway.example/kyyReactApiServer';

/** A poller on a clock that is set by hand: what it sends is for the test to answer. */
export function makePoller(
  store: TaskStore,
  clock: HandClock,
  parts: Pick<PollerDependencies, 'requestTask'> & Partial<PollerDependencies>,
): Poller {
  return new Poller({
    store,
    clock,
    log: new ListLog(),
    forecasts: new Forecasts(kind => store.history.of(kind)),
    random: () => 0.5,
    savesAutomatically: () => true,
    paceOf: () => PACE,
    ...parts,
  });
}

/** Lets this much time pass, timer by timer, with all that is asked on the way. */
export async function letPass(clock: HandClock, ms: number): Promise<void> {
  const end = clock.now() + ms;
  do {
    for (let turn = 0; turn < 5; turn++) {
      await setImmediate();
    }
  } while (clock.ringNext(end));
  await setImmediate();
}
