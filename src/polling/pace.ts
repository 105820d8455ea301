import { HOUR, SECOND } from '../base/clock.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import { WIDEST_GAP } from './pollPlan.ts';

/** The person's wish and the gateway's rule, as they bind the tasks of one gateway. */
export interface PollPace {
  /** Shortest time between two polls of one task, ms. Never less than the gateway allows. */
  readonly interval: number;
  /** After how long without a final response a task counts as stalled, ms. */
  readonly watchLimit: number;
  /**
   * How long a request keeps its slot however quickly the response comes, ms: so many
   * tasks that are due together are no burst of requests.
   */
  readonly spacing: number;
  /**
   * How much faster than the wall clock the gateway's time is taken to run: 1, but for a gateway on this machine
   * that is polled more often than others may be. All expected durations shrink with it.
   */
  readonly speed: number;
}

/** The pace of the gateway's documentation (api.md 3.4), which windows and plans are made for, ms. */
const USUAL_INTERVAL = 30 * SECOND;

/** The pace for tasks of a gateway: the person's wishes, in seconds and hours, within what the gateway allows. */
export function paceFor(gateway: GatewayAddress, setting: { seconds: number; watchHours: number }): PollPace {
  const wanted = Number.isFinite(setting.seconds) ? setting.seconds * SECOND : gateway.shortestInterval;
  const interval = Math.min(Math.max(wanted, gateway.shortestInterval), WIDEST_GAP * SECOND);
  const speed = Math.max(1, USUAL_INTERVAL / interval);
  const hours = Number.isFinite(setting.watchHours) ? setting.watchHours : 0;
  return {
    interval,
    watchLimit: Math.max(hours, 1) * HOUR,
    spacing: speed > 1 ? 0 : SECOND,
    speed,
  };
}
