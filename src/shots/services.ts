import type { Uri } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Ticker } from '../base/ticker.ts';
import type { Event } from '../base/events.ts';
import type { Model } from '../gateway/models.ts';
import type { Estimate, PriceTable } from '../making/price.ts';
import type { VideoRequest } from '../making/request.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task } from '../tasks/task.ts';

/** What shot files in the editor need from outside. */
export interface ShotServices {
  readonly store: Pick<TaskStore, 'onDidChange' | 'intents' | 'charges' | 'takes' | 'isReadOnly'>;
  readonly tasks: LiveTasks;
  readonly clock: Clock;
  readonly ticker: Ticker;
  readonly log: Log;
  /** The model table, and one row of it. */
  readonly models: () => readonly Model[];
  readonly modelOf: (id: string) => Model | undefined;
  /** Whether models, prices or their currency are others now. */
  readonly onDidChangeModels: Event<void>;
  readonly prices: () => PriceTable;
  /** The address of the gateway that is set. */
  readonly gateway: () => string | undefined;
  readonly texts: ShotTexts;
}

/** Words that other views use too. */
export interface ShotTexts {
  readonly modelName: (model: string) => string;
  /** How much longer a task takes: `~2–4 min left`. */
  readonly timeLeft: (task: Task) => string | undefined;
  /** How long such tasks take, and how that is known. */
  readonly usualTime: (request: VideoRequest) => string;
  /** `0.72 (6 past tasks)`, `price unknown`. */
  readonly estimate: (estimate: Estimate | undefined) => string;
  /** The sum of what is known of so many videos, and that of so many it is not. */
  readonly total: (amount: number, count: number, unpriced: number) => string;
  /** A text as it may stand in Markdown. */
  readonly markdown: (text: string) => string;
}

/** One shot in a document: its file, and how the shot is known in it. */
export interface ShotAddress {
  readonly uri: Uri;
  readonly section: string;
}
