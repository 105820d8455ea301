import { env, l10n } from 'vscode';
import { MINUTE, systemClock, type Clock } from '../base/clock.ts';
import { plain } from '../base/plainText.ts';
import type { Echo } from '../store/liveTasks.ts';
import { begunAt, promptOf, type Task, type TaskKey } from '../tasks/task.ts';
import { Namesakes } from './namesakes.ts';
import { firstWords, friendlyModel } from './shortText.ts';

/** How much of a prompt stands for a task's name, characters. */
const NAME_LENGTH = 40;

/**
 * Names are asked for again and again, when a long list is ordered: a task's facts never change, another task takes its place.
 * Empty for one that has no name of its own.
 */
const own = new WeakMap<Task, string>();

/** Whether a person named the task, or its prompt does. */
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

/** What tasks are called. One without a name of its own is called by its model and when it began, never by its ID. */
export class Names {
  private readonly clock: Pick<Clock, 'now'>;
  private readonly namesakes = new Namesakes();
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
    const number = this.namesakes.numberOf(task.key);
    let made = this.made.get(task);
    if (made?.day !== day || made.number !== number) {
      made = { day, number, name: madeName(task, day, number) };
      this.made.set(task, made);
    }
    return made.name;
  }

  /** Keeps apart those that would be called the same. */
  readonly follow: Echo = (changed, get) =>
    this.namesakes.follow(
      Array.from(changed, (key): [TaskKey, string | undefined] => [key, sharedName(get(key))]),
    );

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

/** From now on tasks are called so: in each list, page and message the same. */
export function callBy(these: Names): void {
  names = these;
}

/** What a task is called in lists, pages and messages; `callBy` says by whom. No part of file names. */
export function nameOf(task: Task): string {
  return names.of(task);
}

/** What a task shares with those that would be called the same; `undefined` for one that is gone or has a name of its own. */
function sharedName(task: Task | undefined): string | undefined {
  return task === undefined || hasOwnName(task)
    ? undefined
    : `${friendlyModel(task.model ?? '')}\n${Math.floor(begunAt(task) / MINUTE)}`;
}

/** `day`: when today has begun, ms since the epoch. */
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
const formats = new Map<keyof typeof FORMS, Intl.DateTimeFormat>();

/** A moment as short as it can be told. */
function momentOf(at: number, day: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(day).getFullYear();
  const form = at >= day ? 'today' : isThisYear ? 'thisYear' : 'before';
  const format = formats.get(form) ?? new Intl.DateTimeFormat(env.language, FORMS[form]);
  formats.set(form, format);
  // What was imported may lie before all calendars.
  return format.format(Math.max(at, 0));
}
