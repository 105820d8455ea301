import type { Clock } from '../base/clock.ts';
import { MINUTE, SECOND } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { newsOf, toldBy, topicOf, type News, type Topic, type NotifySetting } from '../tasks/news.ts';
import type { ToldPause } from '../tasks/pause.ts';
import type { TaskStore } from '../store/store.ts';
import { LONGEST_RISK } from '../tasks/risk.ts';
import { type Task, type TaskKey } from '../tasks/task.ts';

/** One message: the same news of one task or of several, or why a gateway is left alone. */
export type Announcement =
  | { readonly news: News; readonly tasks: readonly Task[] }
  | { readonly news: ToldPause; readonly gateway: string };

/** What the announcer needs from outside. */
export interface AnnouncerDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What the person wishes now. */
  readonly settingFor: (topic: Topic) => NotifySetting;
  /** Whether the person is in this window now. */
  readonly isFocused: () => boolean;
  /** Shows notifications. Each is handed to one window, once. */
  readonly show: (announcement: Announcement) => void;
}

/** News within this time is grouped into one notification, ms. */
const QUIET = 2 * SECOND;

/** No news waits for longer than this, however much follows, ms. */
const LONGEST_BURST = 6 * SECOND;

/** So much longer does a window wait that the person is not in: the one they are in goes first, ms. */
const PATIENCE = 2 * SECOND;

/** How often to look for news that no change announces: a link comes closer to its end by time alone, ms. */
const LOOK_EVERY = MINUTE;

/** How long to wait before trying again to claim news, ms. */
export const CLAIM_AGAIN = 5 * SECOND;

/** A task, or why a gateway is left alone, and which. */
type Subject = TaskKey | `${ToldPause} ${string}`;

/** Decides when this window announces what, so that all windows together announce each thing once, and bursts in one message. */
export class Announcer implements Disposable {
  private readonly dependencies: AnnouncerDependencies;
  private readonly owned = new DisposableStore();
  /** What is to be announced, and since when this window knows. */
  private readonly pending = new Map<Subject, { topic: Topic; since: number }>();
  /** Fires when pending news is to be shown; replaced, never added to. */
  private timer: Disposable | undefined;
  private lookTimer: Disposable | undefined;

  /** Also announces what happened while no window was open. A read-only list is not announced. */
  constructor(dependencies: AnnouncerDependencies) {
    this.dependencies = dependencies;
    const { store } = dependencies;
    if (!store.isReadOnly) {
      this.owned.add(
        store.onDidChange(keys => {
          this.onNews(keys);
        }),
      );
      this.owned.add({ dispose: () => this.lookTimer?.dispose() });
      this.owned.add({ dispose: () => this.timer?.dispose() });
      this.look();
    }
  }

  /** The window got or lost the focus, or the person wishes otherwise than before. */
  wake(): void {
    this.plan();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private look(): void {
    const { store, clock, log } = this.dependencies;
    this.lookTimer = clock.setTimer(() => {
      this.look();
    }, LOOK_EVERY);
    try {
      this.onNews(store.untold(clock.now() + LONGEST_RISK));
    } catch (error) {
      log.error(`Notification: ${messageOf(error)}`);
    }
  }

  private onNews(keys: Iterable<TaskKey>): void {
    const { store, clock } = this.dependencies;
    const now = clock.now();
    for (const key of keys) {
      const task = store.get(key);
      const news = task && newsOf(task, now);
      this.note(key, news && topicOf(news));
    }
    const pauses = new Set<Subject>(
      store.pauses.untold().map(({ reason, gateway }) => `${reason} ${gateway}` as const),
    );
    for (const subject of [...this.pending.keys(), ...pauses]) {
      if (typeof subject === 'string') {
        this.note(subject, pauses.has(subject) ? 'keyRejected' : undefined);
      }
    }
    this.plan();
  }

  private note(subject: Subject, topic: Topic | undefined): void {
    if (topic === undefined) {
      // Announced by another window, or no longer true.
      this.pending.delete(subject);
    } else {
      const since = this.pending.get(subject)?.since ?? this.dependencies.clock.now();
      this.pending.set(subject, { topic, since });
    }
  }

  /** Whether this window must keep it to itself for now. */
  private isHeld(topic: Topic): boolean {
    const { settingFor, isFocused } = this.dependencies;
    return settingFor(topic) === 'focused' && !isFocused();
  }

  private plan(): void {
    const { clock, isFocused } = this.dependencies;
    const moments = [...this.pending.values()]
      .filter(({ topic }) => !this.isHeld(topic))
      .map(({ since }) => since);
    this.timer?.dispose();
    this.timer = undefined;
    if (moments.length > 0) {
      this.setTimer(waitOf(moments, isFocused(), clock.now()));
    }
  }

  private setTimer(delay: number): void {
    this.timer = this.dependencies.clock.setTimer(() => {
      this.announce();
    }, delay);
  }

  private announce(): void {
    const { store, log, show } = this.dependencies;
    const subjects = [...this.pending].filter(([, { topic }]) => !this.isHeld(topic));
    let announcements: Announcement[];
    try {
      announcements = store.commit(() => this.claim(subjects.map(([subject]) => subject)));
    } catch (error) {
      log.error(`Notification: ${messageOf(error)}`);
      this.setTimer(CLAIM_AGAIN);
      return;
    }
    for (const [subject] of subjects) {
      this.pending.delete(subject);
    }
    this.plan();
    // At once after the claim: a window that closed in between would take the news with it.
    for (const announcement of announcements) {
      show(announcement);
    }
  }

  /**
   * Claims what is still news and gives it as messages. What the person does not want to know is claimed too, so that it
   * does not come up when they change their mind.
   */
  private claim(subjects: readonly Subject[]): Announcement[] {
    const { store, settingFor } = this.dependencies;
    const pauses = subjects
      .filter(subject => typeof subject === 'string')
      .map(pauseOf)
      .filter(
        ({ news, gateway }) =>
          store.pauses.claimNotification(gateway, news) && settingFor('keyRejected') !== 'never',
      );
    const batches = new Map<News, Task[]>();
    for (const key of subjects.filter(subject => typeof subject === 'number')) {
      this.claimTask(key, batches);
    }
    return [...pauses, ...[...batches].map(([news, tasks]) => ({ news, tasks }))];
  }

  private claimTask(key: TaskKey, batches: Map<News, Task[]>): void {
    const { store, clock, settingFor } = this.dependencies;
    const now = clock.now();
    const task = store.get(key);
    const news = task && newsOf(task, now);
    if (!news || !store.claimNotification(key, toldBy(news), now) || settingFor(topicOf(news)) === 'never') {
      return;
    }
    const batch = batches.get(news) ?? [];
    batch.push(task);
    batches.set(news, batch);
  }
}

function pauseOf(subject: `${ToldPause} ${string}`): { readonly news: ToldPause; readonly gateway: string } {
  const gap = subject.indexOf(' ');
  return { news: subject.slice(0, gap) as ToldPause, gateway: subject.slice(gap + 1) };
}

/** How much longer what has been pending since these moments waits for more, ms. */
export function waitOf(moments: readonly number[], isFocused: boolean, now: number): number {
  const patience = isFocused ? 0 : PATIENCE;
  const dueAt = patience + Math.min(Math.max(...moments) + QUIET, Math.min(...moments) + LONGEST_BURST);
  // Moments in the future were noted before the clock was turned back.
  return Math.min(Math.max(dueAt - now, 0), patience + LONGEST_BURST);
}
