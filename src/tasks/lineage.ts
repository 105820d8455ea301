import { sourceOf, type Source } from './shot.ts';
import type { Task } from './task.ts';

/** A clip in a chain, in which each starts from a frame of the one before. */
export interface Link {
  readonly gateway: string;
  readonly id: string;
  /** `undefined` where it is no longer in the list. */
  readonly task: Task | undefined;
  /** The name that it was made with; `null` where nobody knows. */
  readonly label: string | null;
}

/** What a clip starts from, and what starts from it. */
export interface Lineage {
  /** From the first clip of the chain to the one that the clip starts from. */
  readonly earlier: readonly Link[];
  /** The clips that start from a frame of this one, oldest first. */
  readonly later: readonly Link[];
}

/** What is known of a task that was made here, also once it is no longer in the list. */
export interface MadeTask {
  readonly gateway: string;
  readonly id: string;
  readonly label: string | null;
  readonly source: string | null;
}

/** Where tasks are looked up. */
export interface LineageSources {
  readonly all: () => Iterable<Task>;
  readonly find: (gateway: string, id: string) => Task | undefined;
  readonly madeAs: (gateway: string, id: string) => MadeTask | undefined;
  /** What was made here from a frame of a task. */
  readonly madeFrom: (task: Pick<Task, 'gateway' | 'id'>) => readonly MadeTask[];
}

/** From so many clips on, each start from a compressed frame is worth a word. */
export const LONG_CHAIN = 3;

/** The most clips of a chain that are followed. */
const MOST_LINKS = 30;

/** The chain that a task is in. A clip that was removed is in it all the same, and so is what came before it where it was made here. */
export function lineageOf(task: Task, { all, find, madeAs, madeFrom }: LineageSources): Lineage {
  const earlier: Link[] = [];
  const seen = new Set([nameOf(task)]);
  let source = sourceOf(task);
  while (source && !seen.has(nameOf(source)) && earlier.length < MOST_LINKS) {
    const { gateway, id }: Source = source;
    seen.add(nameOf(source));
    const found = find(gateway, id);
    const made = found ? undefined : madeAs(gateway, id);
    earlier.unshift({ gateway, id, task: found, label: made?.label ?? null });
    source = sourceOf(found ?? made ?? { source: null });
  }
  return { earlier, later: laterThan(task, all(), madeFrom(task)) };
}

function laterThan(task: Task, all: Iterable<Task>, made: readonly MadeTask[]): Link[] {
  const links = new Map<string, Link>();
  for (const one of all) {
    const source = one.source === null ? undefined : sourceOf(one);
    if (source && nameOf(source) === nameOf(task) && one.key !== task.key) {
      links.set(nameOf(one), { gateway: one.gateway, id: one.id, task: one, label: one.label });
    }
  }
  const present = [...links.values()].sort((a, b) => (a.task?.key ?? 0) - (b.task?.key ?? 0));
  const gone = made.filter(one => !links.has(nameOf(one)));
  return [...present, ...gone.map(({ gateway, id, label }) => ({ gateway, id, task: undefined, label }))];
}

function nameOf({ gateway, id }: Pick<Task, 'gateway' | 'id'>): string {
  return `${id} ${gateway}`;
}
