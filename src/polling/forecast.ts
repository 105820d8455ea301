import { SECOND } from '../base/clock.ts';
import type { History } from '../store/history.ts';
import {
  chanceOfLonger,
  documentedDurations,
  ENOUGH_HISTORY,
  HORIZON,
  learnedDurations,
  quantile,
  type Durations,
} from './durations.ts';
import type { Observation } from '../tasks/observation.ts';
import { kindOf } from './kinds.ts';
import { planPolls, type PollPlan } from './pollPlan.ts';
import type { PollPace } from './pace.ts';
import { begunAt, isUnderWay, type Task } from '../tasks/task.ts';

/** How much longer a task will take, in whole minutes; `longer` if it has taken longer than nine in ten of its kind. */
export type Eta = { readonly from: number; readonly to: number } | 'longer';

/** What is expected of tasks of one kind. */
export interface Forecast {
  readonly durations: Durations;
  /** Whether it is based on the person's own history, not on the documented window. */
  readonly isLearned: boolean;
  /** The best moments to poll, at least `shortestGap` seconds apart. */
  readonly plan: (shortestGap: number) => PollPlan;
}

/** Forecasts by kind, computed from the history on first use and kept until it grows. */
export class Forecasts {
  private readonly historyOf: (kind: string) => Observation[];
  private readonly known = new Map<string, Forecast>();

  constructor(historyOf: (kind: string) => Observation[]) {
    this.historyOf = historyOf;
  }

  of(task: Pick<Task, 'model' | 'request'>): Forecast {
    const { name, window } = kindOf(task);
    let known = this.known.get(name);
    if (!known) {
      const history = this.historyOf(name);
      const durations = learnedDurations(documentedDurations(window), history);
      known = forecastFrom(durations, history.length >= ENOUGH_HISTORY);
      this.known.set(name, known);
    }
    return known;
  }

  /** The history of this kind has grown. */
  forget(kind: string): void {
    this.known.delete(kind);
  }
}

/**
 * Keeps forecasts up to date with a history to which every window adds: the function it returns is to be called after each
 * change of the store.
 */
export function followHistory(forecasts: Forecasts, history: Pick<History, 'grownSince'>): () => void {
  let { count } = history.grownSince(0);
  return () => {
    const grown = history.grownSince(count);
    count = grown.count;
    for (const kind of grown.kinds) {
      forecasts.forget(kind);
    }
  };
}

function forecastFrom(durations: Durations, isLearned: boolean): Forecast {
  const plans = new Map<number, PollPlan>();
  return {
    durations,
    isLearned,
    plan: shortestGap => {
      let plan = plans.get(shortestGap);
      if (!plan) {
        plan = planPolls(durations, shortestGap);
        plans.set(shortestGap, plan);
      }
      return plan;
    },
  };
}

/** How long a task has been under way at `now`, in seconds of the gateway's clock. */
export function elapsedAt(task: Pick<Task, 'createdAt' | 'trackedAt'>, now: number, pace: PollPace): number {
  return Math.max(0, ((now - begunAt(task)) / SECOND) * pace.speed);
}

/** How much longer the task is expected to take: the middle half of what is likely from here. */
export function etaOf(task: Task, forecast: Forecast, pace: PollPace, now: number): Eta {
  const elapsed = elapsedAt(task, now, pace);
  if (elapsed >= HORIZON || chanceOfLonger(forecast.durations, elapsed) < 0.1) {
    return 'longer';
  }
  const minutesTo = (share: number): number =>
    (quantile(forecast.durations, share, elapsed) - elapsed) / pace.speed / 60;
  const from = Math.max(0, Math.floor(minutesTo(0.25)));
  return { from, to: Math.max(from + 1, Math.round(minutesTo(0.75))) };
}

/** `etaOf` for a task that is under way, once the gateway has said so. */
export function timeLeft(task: Task, forecasts: Forecasts, pace: PollPace, now: number): Eta | undefined {
  return isUnderWay(task) && task.answeredAt !== null
    ? etaOf(task, forecasts.of(task), pace, now)
    : undefined;
}
