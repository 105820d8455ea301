import { daysAgo, midnight } from '../base/days.ts';
import { grouped } from '../base/grouped.ts';
import { OUTCOMES, type MadeVideo, type Outcome } from '../making/madeVideos.ts';
import { totalOf, type Spent } from '../making/spending.ts';

/** Which videos are counted. */
export interface SpendingFilter {
  readonly gateway: string;
  /** The last so many days, today included. */
  readonly days: number;
  readonly model: string | null;
  /** `''`: those without one. */
  readonly workspace: string | null;
}

/** A sum of what is known. */
export interface Sum extends Spent {
  /** How much of the amount is estimated. */
  readonly estimated: number;
}

/** How long the tasks of a model take, s: the middle one, and the middle half. */
export interface Wait {
  readonly model: string;
  readonly count: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What the page of spending shows. */
export interface SpendingFigures {
  readonly today: Sum;
  readonly week: Sum;
  readonly month: Sum;
  /** Of the whole range. */
  readonly total: Sum;
  /** Each day of the range, oldest first. */
  readonly days: readonly { readonly day: number; readonly sums: ReadonlyMap<string, Sum> }[];
  /** The models of the range, the one with the highest amount first. */
  readonly models: readonly { readonly model: string; readonly sum: Sum }[];
  readonly outcomes: readonly { readonly outcome: Outcome; readonly sum: Sum }[];
  /** All that was spent, divided by the seconds that were picked; `null` where none were. */
  readonly picked: { readonly seconds: number; readonly perSecond: number } | null;
  readonly waits: readonly Wait[];
}

/** The gateways, models and workspaces that one can choose from. */
export function choicesIn(
  videos: readonly MadeVideo[],
  gateway: string,
): {
  readonly gateways: readonly string[];
  readonly models: readonly string[];
  readonly workspaces: readonly string[];
} {
  const own = videos.filter(video => video.gateway === gateway);
  const different = (values: readonly string[]): string[] => [...new Set(values)].toSorted();
  return {
    gateways: different([gateway, ...videos.map(video => video.gateway)]),
    models: different(own.map(({ model }) => model)),
    workspaces: different(own.map(({ workspace }) => workspace ?? '')),
  };
}

/** The videos that a filter counts. Those of another gateway are never among them: its unit may be another. */
export function filtered(videos: readonly MadeVideo[], filter: SpendingFilter, now: number): MadeVideo[] {
  const from = daysAgo(now, filter.days - 1);
  return ofFilter(videos, filter).filter(({ at }) => at >= from);
}

function ofFilter(
  videos: readonly MadeVideo[],
  { gateway, model, workspace }: SpendingFilter,
): readonly MadeVideo[] {
  return videos.filter(
    video =>
      video.gateway === gateway &&
      (model === null || video.model === model) &&
      (workspace === null || (video.workspace ?? '') === workspace),
  );
}

/** The figures of the videos that a filter counts. */
export function figuresOf(
  videos: readonly MadeVideo[],
  filter: SpendingFilter,
  now: number,
): SpendingFigures {
  const all = ofFilter(videos, filter);
  const since = (days: number): Sum => {
    const from = daysAgo(now, days - 1);
    return sumOf(all.filter(({ at }) => at >= from));
  };
  const shown = filtered(videos, filter, now);
  const models = [...grouped(shown, ({ model }) => model)]
    .map(([model, ofModel]) => ({ model, sum: sumOf(ofModel) }))
    .toSorted((a, b) => b.sum.amount - a.sum.amount || b.sum.count - a.sum.count);
  const total = sumOf(shown);
  const seconds = shown
    .filter(({ isPicked }) => isPicked)
    .reduce((sum, video) => sum + (video.seconds ?? 0), 0);
  return {
    today: since(1),
    week: since(7),
    month: since(30),
    total,
    days: daysOf(shown, filter.days, now),
    models,
    outcomes: OUTCOMES.map(outcome => ({
      outcome,
      sum: sumOf(shown.filter(video => video.outcome === outcome)),
    })).filter(({ sum }) => sum.count > 0),
    picked:
      seconds > 0 && total.unpriced < total.count ? { seconds, perSecond: total.amount / seconds } : null,
    waits: waitsOf(shown),
  };
}

function daysOf(shown: readonly MadeVideo[], days: number, now: number): SpendingFigures['days'] {
  const byDay = grouped(shown, ({ at }) => midnight(at));
  return Array.from({ length: days }, (_, index) => {
    const day = daysAgo(now, days - 1 - index);
    const ofDay = grouped(byDay.get(day) ?? [], ({ model }) => model);
    return { day, sums: new Map([...ofDay].map(([model, ofModel]) => [model, sumOf(ofModel)])) };
  });
}

function waitsOf(shown: readonly MadeVideo[]): Wait[] {
  return [...grouped(shown, ({ model }) => model)]
    .map(([model, ofModel]) => {
      const waits = ofModel
        .map(({ wait }) => wait)
        .filter(wait => wait !== null)
        .toSorted((a, b) => a - b);
      return {
        model,
        count: waits.length,
        median: at(waits, 0.5),
        low: at(waits, 0.25),
        high: at(waits, 0.75),
      };
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.median - b.median);
}

/** What a share of some sorted values is below. */
function at(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

function sumOf(videos: readonly MadeVideo[]): Sum {
  const estimated = videos.filter(({ isCharged }) => !isCharged);
  return {
    ...totalOf(videos.map(({ amount }) => amount)),
    estimated: totalOf(estimated.map(({ amount }) => amount)).amount,
  };
}
