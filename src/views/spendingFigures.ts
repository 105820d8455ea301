import { HOUR } from '../base/clock.ts';
import { grouped } from '../base/grouped.ts';
import { counts, type Intent } from '../tasks/intent.ts';
import { begunAt, type Task } from '../tasks/task.ts';

const DAY = 24 * HOUR;

/** How a video ended. `lost`: it was made, and its clip could not be saved. `unknown`: nobody can say. `inProgress`: it has not ended. */
export const OUTCOMES = ['delivered', 'inProgress', 'failed', 'unknown', 'lost'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One video that was made, or may have been. */
export interface MadeVideo {
  /** When it was started, ms since the epoch. */
  readonly at: number;
  readonly gateway: string;
  readonly model: string;
  /** The workspace folder of its shot file; `null` where it has none. */
  readonly workspace: string | null;
  readonly outcome: Outcome;
  /** In the gateway's own unit; `null` where nothing is known. */
  readonly amount: number | null;
  /** Whether the gateway has said the amount; it is an estimate otherwise. */
  readonly isCharged: boolean;
  /** The length of its clip, s. */
  readonly seconds: number | null;
  readonly isPicked: boolean;
  /** From its start until it was completed, s. */
  readonly wait: number | null;
}

/** Which videos are counted. */
export interface SpendingFilter {
  readonly gateway: string;
  /** The last so many days, today included. */
  readonly days: number;
  readonly model: string | null;
  /** `''`: those without one. */
  readonly workspace: string | null;
}

/** A sum of what is known, and how many are not in it. */
export interface Sum {
  readonly count: number;
  readonly amount: number;
  readonly unpriced: number;
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

/** Everything that was made, from what was sent and what is in the list; each video once. */
export function madeVideos(
  intents: readonly Intent[],
  tasks: readonly Task[],
  chargeOf: (gateway: string, taskId: string) => number | undefined,
): MadeVideo[] {
  const byId = new Map(tasks.map(task => [JSON.stringify([task.gateway, task.id]), task]));
  const known = new Set<Task>();
  const made = intents.filter(counts).map((intent): MadeVideo => {
    const task =
      intent.taskId === null ? undefined : byId.get(JSON.stringify([intent.gateway, intent.taskId]));
    if (task) {
      known.add(task);
    }
    const charge = intent.taskId === null ? undefined : chargeOf(intent.gateway, intent.taskId);
    return videoOf(task, charge ?? task?.amount ?? null, {
      at: intent.sentAt ?? intent.createdAt,
      gateway: intent.gateway,
      model: intent.model,
      workspace: workspaceOf(intent.file),
      estimate: intent.estimate,
      outcome: task ? outcomeOf(task) : intent.state === 'unknown' ? 'unknown' : goneOutcome(intent, charge),
    });
  });
  const others = tasks
    .filter(task => !known.has(task))
    .map(task =>
      videoOf(task, chargeOf(task.gateway, task.id) ?? task.amount, {
        at: begunAt(task),
        gateway: task.gateway,
        model: task.model ?? '',
        workspace: workspaceOf(task.shotFile),
        estimate: null,
        outcome: outcomeOf(task),
      }),
    );
  return [...made, ...others].toSorted((a, b) => a.at - b.at);
}

/** Of a task that is no longer in the list, a charge says that it was completed. */
function goneOutcome({ state }: Intent, charge: number | undefined): Outcome {
  return state === 'accepted' ? (charge === undefined ? 'unknown' : 'delivered') : 'inProgress';
}

function videoOf(
  task: Task | undefined,
  charge: number | null,
  facts: Pick<MadeVideo, 'at' | 'gateway' | 'model' | 'workspace' | 'outcome'> & { estimate: number | null },
): MadeVideo {
  const { estimate, ...rest } = facts;
  const end = task?.completedSeenAt ?? null;
  return {
    ...rest,
    amount: charge ?? estimate,
    isCharged: charge !== null,
    seconds: task?.fileDuration ?? task?.actualDuration ?? null,
    isPicked: task?.verdict === 'picked',
    wait: task && end !== null ? Math.max(0, end - begunAt(task)) / 1_000 : null,
  };
}

function outcomeOf({ generation, file, videoUrl, nextPollAt }: Task): Outcome {
  switch (generation) {
    case 'completed':
      return file === 'expired' || (videoUrl === null && file === 'none' && nextPollAt === null)
        ? 'lost'
        : 'delivered';
    case 'failed':
    case 'cancelled':
      return 'failed';
    case 'notFound':
    case 'stalled':
      return 'unknown';
    case 'unknown':
    case 'queued':
    case 'processing':
    case 'unrecognised':
      return 'inProgress';
  }
}

/** The folder that a shot file's path begins with; one outside of all workspaces has none. */
function workspaceOf(file: string | null): string | null {
  return file === null || /^(?:[/\\]|[a-z]:[/\\]|[a-z][\w+.-]+:)/i.test(file)
    ? null
    : (file.split('/')[0] ?? null);
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
  const since = (days: number): Sum => sumOf(all.filter(({ at }) => at >= daysAgo(now, days - 1)));
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
  const known = videos.filter(({ amount }) => amount !== null);
  const add = (some: readonly MadeVideo[]): number =>
    some.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  return {
    count: videos.length,
    amount: add(known),
    unpriced: videos.length - known.length,
    estimated: add(known.filter(({ isCharged }) => !isCharged)),
  };
}

function midnight(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}

/** The beginning of a day, so many days before that of a moment. Days of 23 and 25 hours count as one. */
function daysAgo(moment: number, days: number): number {
  return midnight(midnight(moment) + DAY / 2 - days * DAY);
}

/** The columns of a CSV, in the order of `csvOf`. */
const COLUMNS = [
  'started',
  'gateway',
  'model',
  'workspace',
  'outcome',
  'amount',
  'amount_source',
  'seconds',
  'picked',
  'wait_seconds',
];

/** The videos as CSV (RFC 4180), for a spreadsheet: nothing in it is taken for a formula. */
export function csvOf(videos: readonly MadeVideo[]): string {
  const rows = videos.map(video => [
    new Date(video.at).toISOString(),
    video.gateway,
    video.model,
    video.workspace ?? '',
    video.outcome,
    video.amount ?? '',
    video.amount === null ? '' : video.isCharged ? 'charged' : 'estimated',
    video.seconds ?? '',
    video.isPicked ? 'yes' : 'no',
    video.wait === null ? '' : Math.round(video.wait),
  ]);
  return [COLUMNS, ...rows].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
