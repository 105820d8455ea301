import { env, l10n } from 'vscode';
import { amountText, decimalsOf } from '../host/priceText.ts';
import type { MadeVideo, Outcome } from '../making/madeVideos.ts';
import {
  RANGES,
  type Choice,
  type SpendingContent,
  type SpendingView,
  type SpendingWords,
  type SumRow,
} from '../preview/spendingProtocol.ts';
import { durationText } from '../views/measures.ts';
import { friendlyModel } from '../views/shortText.ts';
import {
  choicesIn,
  figuresOf,
  type SpendingFigures,
  type SpendingFilter,
  type Sum,
} from '../views/spendingFigures.ts';

/** The strings of the page of spending, in VS Code's display language. */
export function spendingWords(): SpendingWords {
  return {
    title: l10n.t('Spending'),
    range: l10n.t('Range'),
    gateway: l10n.t('Gateway'),
    model: l10n.t('Model'),
    workspace: l10n.t('Workspace Folder'),
    all: l10n.t('All'),
    byDay: l10n.t('By Day'),
    showTable: l10n.t('Show as a table'),
    date: l10n.t('Day'),
    total: l10n.t('Total'),
    videos: l10n.t('Videos'),
    notPriced: l10n.t('Not Priced'),
    amount: l10n.t('Amount'),
    outcomes: l10n.t('Outcomes'),
    outcome: l10n.t('Outcome'),
    models: l10n.t('By Model'),
    waits: l10n.t('Waiting Time'),
    median: l10n.t('Median'),
    spread: l10n.t('Middle 50%'),
    csv: l10n.t('Save as CSV…'),
    empty: l10n.t('No videos in this range.'),
    emptyHint: l10n.t('Videos that you generate or track are counted here.'),
    nothingPriced: l10n.t(
      'No amount is known for these videos. The gateway reports it when a video is completed, or set your own prices.',
    ),
  };
}

/** What the page shows of a view: a gateway, model or folder that is no longer there is not chosen. */
export function spendingContent(
  videos: readonly MadeVideo[],
  view: SpendingView,
  gateway: string,
  now: number,
): SpendingContent {
  const filter = filterOf(videos, view, gateway);
  const choices = choicesIn(videos, filter.gateway);
  const figures = figuresOf(videos, filter, now);
  const { total, picked } = figures;
  const column = columnText(figures);
  const row = (name: string, sum: Sum): SumRow => [
    name,
    countText(sum.count),
    countText(sum.unpriced),
    column(sum),
  ];
  const day = new Intl.DateTimeFormat(env.language, { day: 'numeric', month: 'short' });
  const longDay = new Intl.DateTimeFormat(env.language, { dateStyle: 'medium' });
  return {
    view: { ...view, gateway: filter.gateway, model: filter.model, workspace: filter.workspace },
    ranges: RANGES.map(days => [String(days), days === 1 ? l10n.t('Today') : l10n.t('Last {0} days', days)]),
    gateways: choices.gateways.map((one): Choice => [one, hostOf(one)]),
    models: choices.models.map((one): Choice => [one, modelText(one)]),
    workspaces: choices.workspaces.map((one): Choice => [one, one === '' ? l10n.t('Unassigned') : one]),
    tiles: [
      tile(l10n.t('Today'), figures.today),
      tile(l10n.t('Last {0} days', 7), figures.week),
      tile(l10n.t('Last {0} days', 30), figures.month),
      {
        name: l10n.t('Cost per Picked Second'),
        figure: picked ? amountText(picked.perSecond) : '–',
        note: picked
          ? l10n.t('{0} picked, including the cost of all takes', durationText(picked.seconds))
          : l10n.t('no picks in this range'),
      },
    ],
    count: total.count,
    series: figures.models.map(({ model }) => ({
      name: modelText(model),
      amounts: figures.days.map(({ sums }) => rounded(sums.get(model)?.amount ?? 0)),
    })),
    days: figures.days.map(({ day: at, sums }) => {
      const all = [...sums.values()].reduce(plus, NOTHING);
      return {
        label: day.format(at),
        name: longDay.format(at),
        total: column(all),
        videos: countText(all.count),
        notPriced: countText(all.unpriced),
        cells: figures.models.map(({ model }) => column(sums.get(model) ?? NOTHING)),
      };
    }),
    outcomes: figures.outcomes.map(({ outcome, sum }) => row(outcomeText(outcome), sum)),
    byModel: figures.models.map(({ model, sum }) => row(modelText(model), sum)),
    waits: figures.waits.map(({ model, count, median, low, high }) => [
      modelText(model),
      String(count),
      durationText(Math.round(median)),
      l10n.t('{0} to {1}', durationText(Math.round(low)), durationText(Math.round(high))),
    ]),
  };
}

/** What a view counts, as far as it still exists. */
export function filterOf(videos: readonly MadeVideo[], view: SpendingView, gateway: string): SpendingFilter {
  const known = new Set(videos.map(video => video.gateway));
  const isKnown = view.gateway !== null && known.has(view.gateway);
  const chosen = isKnown ? view.gateway : gateway === '' ? (videos.at(-1)?.gateway ?? '') : gateway;
  const { models, workspaces } = choicesIn(videos, chosen);
  const isIn = (list: readonly string[], value: string | null): string | null =>
    value !== null && list.includes(value) ? value : null;
  return {
    gateway: chosen,
    days: view.days,
    model: isIn(models, view.model),
    workspace: isIn(workspaces, view.workspace),
  };
}

const NOTHING: Sum = { count: 0, amount: 0, unpriced: 0, estimated: 0 };

function plus(a: Sum, b: Sum): Sum {
  return {
    count: a.count + b.count,
    amount: a.amount + b.amount,
    unpriced: a.unpriced + b.unpriced,
    estimated: a.estimated + b.estimated,
  };
}

function tile(name: string, sum: Sum): SpendingContent['tiles'][number] {
  const videos = sum.count === 1 ? l10n.t('1 video') : l10n.t('{0} videos', sum.count);
  const notes = [
    videos,
    sum.unpriced > 0 ? l10n.t('{0} not priced', sum.unpriced) : '',
    sum.estimated > 0 ? l10n.t('{0} estimated', amountText(sum.estimated)) : '',
  ];
  const isUnknown = sum.count > 0 && sum.unpriced === sum.count;
  return {
    name,
    figure: isUnknown ? '–' : amountText(sum.amount),
    note: notes.filter(one => one !== '').join(' · '),
  };
}

/** How amounts are written in tables: each with as many decimals as the others. */
function columnText({ days, models, outcomes }: SpendingFigures): (sum: Sum) => string {
  const sums = [
    ...days.flatMap(day => [...day.sums.values()]),
    ...[...models, ...outcomes].map(one => one.sum),
  ];
  const most = sums.reduce((decimals, { amount }) => Math.max(decimals, decimalsOf(amount)), 0);
  const decimals = most === 0 ? 0 : Math.max(2, most);
  return ({ count, unpriced, amount }) => (count === unpriced ? '–' : amountText(amount, decimals));
}

function countText(count: number): string {
  return count === 0 ? '–' : String(count);
}

/** Sums of fractions have tails that nobody wants to see. */
function rounded(amount: number): number {
  return Number(amount.toFixed(4));
}

function modelText(model: string): string {
  return model === '' ? l10n.t('Unknown Model') : friendlyModel(model);
}

function hostOf(gateway: string): string {
  return URL.parse(gateway)?.host ?? gateway;
}

function outcomeText(outcome: Outcome): string {
  switch (outcome) {
    case 'delivered':
      return l10n.t('Delivered');
    case 'inProgress':
      return l10n.t('In Progress');
    case 'failed':
      return l10n.t('Failed');
    case 'unknown':
      return l10n.t('Unknown');
    case 'lost':
      return l10n.t('Lost');
  }
}
