/** The messages between the page of spending and the extension. The page sends the first one, `ready`. */

import { isRecord } from './protocol.ts';

/** Every string that the page shows, in VS Code's display language. */
export interface SpendingWords {
  readonly title: string;
  readonly range: string;
  readonly gateway: string;
  readonly model: string;
  readonly workspace: string;
  readonly all: string;
  readonly byDay: string;
  readonly showTable: string;
  readonly date: string;
  readonly total: string;
  readonly videos: string;
  readonly notPriced: string;
  readonly amount: string;
  readonly outcomes: string;
  readonly outcome: string;
  readonly models: string;
  readonly waits: string;
  readonly median: string;
  readonly spread: string;
  readonly csv: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly nothingPriced: string;
}

/** The ranges that one can choose, days. */
export const RANGES = [1, 7, 30, 90] as const;

export const LONGEST_RANGE = Math.max(...RANGES);

/** What the page shows. */
export interface SpendingView {
  readonly days: (typeof RANGES)[number];
  readonly gateway: string | null;
  readonly model: string | null;
  readonly workspace: string | null;
}

export const SPENDING_AT_FIRST: SpendingView = { days: 30, gateway: null, model: null, workspace: null };

/** A choice, and what it is called. */
export type Choice = readonly [value: string, name: string];

/** A row of a table: what it is about, and its sums. */
export type SumRow = readonly [name: string, videos: string, notPriced: string, amount: string];

/** What the page draws; all texts are ready to be shown. */
export interface SpendingContent {
  readonly view: SpendingView;
  readonly ranges: readonly Choice[];
  readonly gateways: readonly Choice[];
  readonly models: readonly Choice[];
  readonly workspaces: readonly Choice[];
  /** The tiles: a figure with its name, and what more there is to say. */
  readonly tiles: readonly { readonly name: string; readonly figure: string; readonly note: string }[];
  /** How many videos the range has. */
  readonly count: number;
  /** The models of the chart, in the order of their colours. */
  readonly series: readonly { readonly name: string; readonly amounts: readonly number[] }[];
  /** The days of the chart: short for its axis, with their texts for the table. */
  readonly days: readonly {
    readonly label: string;
    readonly name: string;
    readonly total: string;
    readonly videos: string;
    readonly notPriced: string;
    readonly cells: readonly string[];
  }[];
  readonly outcomes: readonly SumRow[];
  readonly byModel: readonly SumRow[];
  readonly waits: readonly (readonly [model: string, videos: string, median: string, spread: string])[];
}

export type ToSpending =
  | { readonly type: 'start'; readonly words: SpendingWords }
  | { readonly type: 'content'; readonly content: SpendingContent };

export type FromSpending =
  { readonly type: 'ready' | 'csv' } | { readonly type: 'view'; readonly view: SpendingView };

/** Checks a message from the page. */
export function isFromSpending(message: unknown): message is FromSpending {
  return (
    isRecord(message) &&
    (message.type === 'ready' ||
      message.type === 'csv' ||
      (message.type === 'view' && isSpendingView(message.view)))
  );
}

/** Checks view settings that were stored or sent by the page. */
export function isSpendingView(view: unknown): view is SpendingView {
  const isText = (value: unknown): boolean =>
    value === null || (typeof value === 'string' && value.length < 1_000);
  return (
    isRecord(view) &&
    RANGES.some(days => days === view.days) &&
    isText(view.gateway) &&
    isText(view.model) &&
    isText(view.workspace)
  );
}
