import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import type { Ticker } from '../base/ticker.ts';
import type { Intent } from '../tasks/intent.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { Pause } from '../tasks/pause.ts';
import { TasksByTally } from '../tasks/tally.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { ShownIntents, type FollowIntents } from './shownIntents.ts';

/** How long a snapshot stands, ms. VS Code gathers changes of a list that come within 200 ms of one another, and draws none of them until they pause. */
const PACE = 250;

/** How long to wait for the list, ms, if VS Code does not request a row that should be on screen. */
const LONGEST = 1_000;

/** What a snapshot shows that the one before did not. */
export interface ShownChange {
  /** Tasks, and intents by their negative keys. */
  readonly keys: ReadonlySet<TaskKey>;
  /** Whether time has passed: what is said of it may be another. */
  readonly isLater: boolean;
}

/** What a snapshot is taken of. */
export interface ShownSources {
  readonly tasks: LiveTasks;
  readonly pauses: () => readonly Pause[];
  /** The videos that are no tasks yet. */
  readonly intents: () => readonly Intent[];
  /** Numbers those that would have the same name; see `ShownIntents`. */
  readonly nameIntents?: FollowIntents;
  readonly clock: Clock;
  readonly ticker: Pick<Ticker, 'now' | 'onDidTick'>;
}

/**
 * What the screen shows of the list: a snapshot that the list, the status bar and the badge all draw from, so that no two of them
 * contradict each other. The next is taken when VS Code has taken the rows of this one.
 */
export class ShownList implements Disposable {
  private readonly sources: ShownSources;
  private readonly tasks: Map<TaskKey, Task>;
  private readonly owned = new DisposableStore();
  private readonly changes: Emitter<ShownChange>;
  private readonly draws: Emitter<void>;
  private readonly restDraws: Emitter<void>;
  /** What has changed since the snapshot was taken. */
  private changed = new Set<TaskKey>();
  private isLater = false;
  private isWanted = false;
  /** Until the snapshot has stood long enough. */
  private resting: Disposable | undefined;
  /** Until the list has been drawn. */
  private drawing: Disposable | undefined;
  private later: Disposable | undefined;
  private at: number;

  /** The same tasks by what they are counted as. */
  readonly byTally: TasksByTally;

  /** The videos that are no tasks yet. */
  readonly intents: ShownIntents;

  /** The pauses that are known, holding or not. */
  pauses: readonly Pause[];

  /** The list draws now, and says by `drawn` when it has. */
  readonly onDidChange: Event<ShownChange>;
  /** The status bar draws now: VS Code passes an item on a moment later than what else is drawn. */
  readonly onDidDraw: Event<void>;
  /** What else there is draws now. */
  readonly onDidDrawRest: Event<void>;

  constructor(sources: ShownSources, onListenerError: (error: unknown) => void) {
    this.sources = sources;
    this.changes = this.owned.add(new Emitter(onListenerError));
    this.draws = this.owned.add(new Emitter(onListenerError));
    this.restDraws = this.owned.add(new Emitter(onListenerError));
    this.onDidChange = this.changes.event;
    this.onDidDraw = this.draws.event;
    this.onDidDrawRest = this.restDraws.event;
    const { tasks, pauses, intents, nameIntents, ticker } = sources;
    this.intents = new ShownIntents(nameIntents);
    this.tasks = new Map(Array.from(tasks.all(), task => [task.key, task]));
    this.byTally = new TasksByTally(tasks.all());
    this.intents.update(intents());
    this.pauses = pauses();
    this.at = ticker.now();
    this.owned.add(
      tasks.onDidChange(keys => {
        for (const key of keys) {
          this.changed.add(key);
        }
        this.want();
      }),
    );
    this.owned.add(
      ticker.onDidTick(() => {
        this.isLater = true;
        this.want();
      }),
    );
  }

  get(key: TaskKey): Task | undefined {
    return this.tasks.get(key);
  }

  /** A task, or what stands for an intent in its shape. */
  listed(key: TaskKey): Task | undefined {
    return this.tasks.get(key) ?? this.intents.standIn(key);
  }

  /** All of those, in no particular order. */
  allListed(): Task[] {
    return [...this.tasks.values(), ...this.intents.standIns()];
  }

  /** The tasks, in no particular order. */
  all(): Iterable<Task> {
    return this.tasks.values();
  }

  /** How many rows there are without a filter. */
  get size(): number {
    return this.tasks.size + this.intents.all().length;
  }

  /** The time of the snapshot, from which all relative times are computed, ms since the epoch. */
  now(): number {
    return this.at;
  }

  /** Takes a snapshot at once, for what cannot wait: a row that is to be shown now. */
  take(): void {
    const { tasks, pauses, intents, ticker, clock } = this.sources;
    const keys = this.changed;
    const { isLater } = this;
    this.changed = new Set();
    this.isLater = false;
    this.isWanted = false;
    for (const key of keys) {
      const task = tasks.get(key);
      if (task) {
        this.tasks.set(key, task);
        this.byTally.set(task);
      } else {
        this.tasks.delete(key);
        this.byTally.delete(key);
      }
    }
    this.pauses = pauses();
    this.at = ticker.now();
    this.drawing?.dispose();
    this.drawing = clock.setTimer(() => {
      this.drawn();
    }, LONGEST);
    this.changes.fire({ keys: new Set([...keys, ...this.intents.update(intents())]), isLater });
  }

  /** The list is drawn, or none of it that has changed is on the screen. `false` when all else was drawn already. */
  drawn(): boolean {
    if (!this.drawing) {
      return false;
    }
    this.drawing.dispose();
    this.drawing = undefined;
    this.draws.fire();
    const { clock } = this.sources;
    this.later?.dispose();
    this.later = clock.setTimer(() => {
      this.restDraws.fire();
    }, 0);
    this.resting?.dispose();
    this.resting = clock.setTimer(() => {
      this.resting = undefined;
      this.takeWanted();
    }, PACE);
    return true;
  }

  dispose(): void {
    this.resting?.dispose();
    this.drawing?.dispose();
    this.later?.dispose();
    this.owned.dispose();
  }

  private want(): void {
    this.isWanted = true;
    this.takeWanted();
  }

  private takeWanted(): void {
    if (this.isWanted && !this.resting && !this.drawing) {
      this.take();
    }
  }
}
