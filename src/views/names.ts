import { env, l10n } from 'vscode';
import { MINUTE, systemClock, type Clock } from '../base/clock.ts';
import { plain } from '../base/plainText.ts';
import type { Echo } from '../store/liveTasks.ts';
import { begunAt, promptOf, type Task, type TaskKey } from '../tasks/task.ts';
import { Namesakes } from './namesakes.ts';
import type { FollowIntents } from './shownIntents.ts';
import { firstWords, friendlyModel } from './shortText.ts';

/** The longest name that is taken from a prompt, characters. */
const NAME_LENGTH = 40;

/**
 * A cache, because sorting a long list needs names again and again. Task objects are immutable, so entries stay valid. '' for a task
 * without a name of its own.
 */
const own = new WeakMap<Task, string>();

/** Whether the task has a label or a prompt to be named after. */
export function hasOwnName(task: Task): boolean {
  return ownName(task) !== '';
}

function ownName(task: Task): string {
  let name = own.get(task);
  if (name === undefined) {
    name = plain(task.label ?? (task.request === null ? '' : firstWords(promptOf(task) ?? '', NAME_LENGTH)));
    own.set(task, name);
  }
  return name;
}

/** The display names of tasks. One without a label and a prompt is named after its model and start time, never its ID. */
export class Names {
  private readonly clock: Pick<Clock, 'now'>;
  private readonly namesakes = new Namesakes();
  /** Of those that are no tasks yet. */
  private readonly intents = new Namesakes();
  private readonly made = new WeakMap<
    Task,
    { readonly day: number; readonly number: number; name: string }
  >();
  private today = { from: 0, to: 0 };

  constructor(clock: Pick<Clock, 'now'>) {
    this.clock = clock;
  }

  of(task: Task): string {
    const name = ownName(task);
    if (name !== '') {
      return name;
    }
    const day = this.startOfToday();
    const number = task.key < 0 ? this.intents.numberOf(-task.key) : this.namesakes.numberOf(task.key);
    let made = this.made.get(task);
    if (made?.day !== day || made.number !== number) {
      made = { day, number, name: madeName(task, day, number) };
      this.made.set(task, made);
    }
    return made.name;
  }

  /** Numbers tasks that would have the same name. */
  readonly follow: Echo = (changed, get) =>
    this.namesakes.follow(
      Array.from(changed, (key): [TaskKey, string | undefined] => [key, sharedName(get(key))]),
    );

  /** Numbers videos that are no tasks yet, by what stands for them in the list. */
  readonly followIntents: FollowIntents = (changed, standIn) =>
    this.intents
      .follow(changed.map((key): [TaskKey, string | undefined] => [-key, sharedName(standIn(key))]))
      .map(key => -key);

  private startOfToday(): number {
    const now = this.clock.now();
    if (now < this.today.from || now >= this.today.to) {
      const from = new Date(now).setHours(0, 0, 0, 0);
      this.today = { from, to: new Date(from).setHours(24) };
    }
    return this.today.from;
  }
}

let names = new Names(systemClock);

/** Sets the names that `nameOf` uses from now on. */
export function callBy(these: Names): void {
  names = these;
}

/** A task's display name in lists, pages and messages, from the names set by `callBy`. Not used for file names. */
export function nameOf(task: Task): string {
  return names.of(task);
}

/** Equal for tasks that would have the same name; `undefined` for a removed task or one with a name of its own. */
function sharedName(task: Task | undefined): string | undefined {
  return task === undefined || hasOwnName(task)
    ? undefined
    : `${friendlyModel(task.model ?? '')}\n${Math.floor(begunAt(task) / MINUTE)}`;
}

/** `day`: the start of today, ms since the epoch. */
function madeName(task: Task, day: number, number: number): string {
  const model = friendlyModel(task.model ?? '');
  const name = l10n.t('{0} · {1}', model === '' ? l10n.t('Video') : model, momentOf(begunAt(task), day));
  return number === 1 ? name : l10n.t('{0} ({1})', name, number);
}

const TIME = { hour: 'numeric', minute: '2-digit' } as const;
const DAY = { month: 'short', day: 'numeric' } as const;
const FORMS = {
  today: TIME,
  thisYear: { ...DAY, ...TIME },
  before: { year: 'numeric', ...DAY, ...TIME },
} as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Date and time, as short as possible. */
function momentOf(at: number, day: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(day).getFullYear();
  const form = at >= day ? 'today' : isThisYear ? 'thisYear' : 'before';
  const key = `${env.language} ${form}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(env.language, FORMS[form]);
  formats.set(key, format);
  // Imported times may be out of range.
  return format.format(Math.max(at, 0));
}
