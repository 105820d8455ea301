import { isAtRisk } from './risk.ts';
import { shotKey, shotOf, shotOfKey, type Shot } from './shot.ts';
import { ageFrom, begunAt, type Task, type TaskKey } from './task.ts';

/** How the list is divided. */
export const GROUPINGS = ['state', 'shot', 'model', 'day', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How the list, or each group of it, is ordered. */
export const SORTINGS = ['newest', 'oldest', 'name', 'model'] as const;
export type Sorting = (typeof SORTINGS)[number];

/** The groups by state, in the order in which they are shown. */
export const STATE_GROUPS = ['attention', 'inProgress', 'ready', 'failed'] as const;
export type StateGroup = (typeof STATE_GROUPS)[number];

/** The group of tasks with an unknown model. Not '', which VS Code takes for the root of the tree. */
export const NO_MODEL = '-';

/** The group of tasks that are takes of no shot. */
export const NO_SHOT = '-';

/** A group of tasks. `id` is stable over time: a state group, a model, or a day as `2026-11-21`. */
export interface TaskGroup {
  readonly id: string;
  /** In order. */
  readonly tasks: readonly TaskKey[];
}

/** What the order of tasks depends on. */
export interface ArrangementRules {
  readonly grouping: Grouping;
  readonly sorting: Sorting;
  /** What a task is called, for sorting by name. */
  readonly nameOf: (task: Task) => string;
  /** Where a shot stands in its file, from 0; `undefined` where that is not known. Without it, shots stand by their names. */
  readonly shotIndex?: (shot: Shot) => number | undefined;
}

/** What a task's position in the list depends on: while it stays the same, the list needs no new order. */
export function placeOf(task: Task, rules: ArrangementRules, now: number): string {
  const { grouping, sorting, nameOf } = rules;
  const rank =
    sorting === 'name'
      ? nameOf(task)
      : sorting === 'model'
        ? (task.model ?? '')
        : String(orderedFrom(task, rules));
  return [groupOf(task, grouping, now), task.verdict === 'rejected', task.take, rank].join('\n');
}

/** The list in groups, empty ones left out; one group without a name where it is not divided. */
export function arrange(tasks: Iterable<Task>, rules: ArrangementRules, now: number): TaskGroup[] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const id = groupOf(task, rules.grouping, now);
    const group = groups.get(id);
    if (group) {
      group.push(task);
    } else {
      groups.set(id, [task]);
    }
  }
  const compareIds = groupComparer(rules);
  const inOrder = [...groups].sort(([a], [b]) => compareIds(a, b));
  const compare = comparer(rules);
  return inOrder.map(([id, members]) => ({ id, tasks: members.sort(compare).map(task => task.key) }));
}

/** First what needs a person, then what is in progress, then what is there, then what failed. */
export function stateGroupOf(task: Task, now: number): StateGroup {
  if (needsAttention(task, now)) {
    return 'attention';
  }
  if (task.generation === 'failed' || task.generation === 'cancelled') {
    return 'failed';
  }
  return task.file === 'saved' ? 'ready' : 'inProgress';
}

/**
 * Whether nothing more happens automatically, or not in time: a clip that is at risk or has no file, a task that was given up.
 * A key or credit that is lacking is the gateway's need, not that of each of its tasks.
 */
export function needsAttention(task: Task, now: number): boolean {
  if (task.generation === 'completed') {
    const isWithoutVideo = task.videoUrl === null && task.nextPollAt === null && task.file !== 'saved';
    const isWithoutFile = task.videoUrl !== null && ['none', 'failed', 'expired'].includes(task.file);
    return isWithoutVideo || isWithoutFile || task.file === 'missing' || isAtRisk(task, now);
  }
  return task.generation === 'stalled' || task.generation === 'notFound';
}

function groupOf(task: Task, grouping: Grouping, now: number): string {
  switch (grouping) {
    case 'state':
      return stateGroupOf(task, now);
    case 'shot':
      return shotOf(task) ? shotKey(task) : NO_SHOT;
    case 'model':
      return task.model ?? NO_MODEL;
    case 'day':
      return dayOf(begunAt(task));
    case 'none':
      return '';
  }
}

function groupComparer(rules: ArrangementRules): (a: string, b: string) => number {
  switch (rules.grouping) {
    case 'state':
      return (a, b) => STATE_GROUPS.indexOf(a as StateGroup) - STATE_GROUPS.indexOf(b as StateGroup);
    case 'shot':
      return shotComparer(rules.shotIndex ?? (() => undefined));
    case 'model':
      // What has no model yet comes last.
      return (a, b) => Number(a === NO_MODEL) - Number(b === NO_MODEL) || a.localeCompare(b);
    case 'day':
      return (a, b) => b.localeCompare(a);
    case 'none':
      return () => 0;
  }
}

/**
 * Shots by their files, and in the order of the file: those that are not in it come after those that are. Shots without a file, and
 * what is a take of nothing, come last.
 */
function shotComparer(shotIndex: (shot: Shot) => number | undefined): (a: string, b: string) => number {
  const places = new Map<string, { file: string; index: number; name: string }>();
  const placeIn = (id: string): { file: string; index: number; name: string } => {
    const known = places.get(id);
    if (known) {
      return known;
    }
    const shot = shotOfKey(id);
    const place = { file: shot.shotFile ?? '', index: shotIndex(shot) ?? Infinity, name: shot.shot ?? '' };
    places.set(id, place);
    return place;
  };
  return (a, b) => {
    if (a === NO_SHOT || b === NO_SHOT) {
      return Number(a === NO_SHOT) - Number(b === NO_SHOT);
    }
    const [one, other] = [placeIn(a), placeIn(b)];
    return (
      Number(one.file === '') - Number(other.file === '') ||
      compareNames(one.file, other.file) ||
      (one.index === other.index ? compareNames(one.name, other.name) : one.index - other.index)
    );
  };
}

/** What a task is ordered by where that is its age: among clips that are ready as their rows count it, else when it began. */
function orderedFrom(task: Task, { grouping }: ArrangementRules): number {
  return grouping === 'state' ? ageFrom(task) : begunAt(task);
}

/** Takes of a shot stand in their order, and what a person rejected comes last everywhere. */
function comparer(rules: ArrangementRules): (a: Task, b: Task) => number {
  const compare = comparerBy(rules);
  const isByTake = rules.grouping === 'shot';
  return (a, b) => compareRejected(a, b) || (isByTake ? (a.take ?? 0) - (b.take ?? 0) : 0) || compare(a, b);
}

/** What a person rejected comes last. */
export function compareRejected(a: Pick<Task, 'verdict'>, b: Pick<Task, 'verdict'>): number {
  return Number(a.verdict === 'rejected') - Number(b.verdict === 'rejected');
}

function comparerBy(rules: ArrangementRules): (a: Task, b: Task) => number {
  const { sorting, nameOf } = rules;
  const newest = (a: Task, b: Task): number => orderedFrom(b, rules) - orderedFrom(a, rules) || b.key - a.key;
  switch (sorting) {
    case 'newest':
      return newest;
    case 'oldest':
      return (a, b) => newest(b, a);
    case 'name':
      return (a, b) => compareNames(nameOf(a), nameOf(b)) || newest(a, b);
    case 'model':
      return (a, b) => (a.model ?? '').localeCompare(b.model ?? '') || newest(a, b);
  }
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** Orders names as people do: `take 2` comes before `take 10`. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

/** The day in the person's time zone, `2026-11-21`. */
function dayOf(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map(number => String(number).padStart(2, '0'))
    .join('-');
}
