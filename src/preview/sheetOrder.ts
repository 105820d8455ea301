import { compareNames, compareRejected } from '../tasks/arrangement.ts';
import { ageFrom, type Task } from '../tasks/task.ts';
import type { SheetSort } from './sheetProtocol.ts';

/** A clip's duration in seconds, of its file or as the gateway reports it; `null` if unknown. */
export function lengthOf({ fileDuration, actualDuration }: Task): number | null {
  return fileDuration ?? actualDuration;
}

/**
 * Sorts finished tasks for the sheet. What was rejected comes last; as in the list, where the list says so. Ties keep the given order, which is that of the list. Ages are those on the tiles. By
 * duration, the shortest come first and unknown ones last.
 */
export function inSheetOrder(
  tasks: readonly Task[],
  sort: Exclude<SheetSort, 'shot'>,
  nameOf: (task: Task) => string,
): readonly Task[] {
  switch (sort) {
    case 'list':
      return tasks;
    case 'newest':
      return sorted(tasks, (a, b) => ageFrom(b) - ageFrom(a));
    case 'oldest':
      return sorted(tasks, (a, b) => ageFrom(a) - ageFrom(b));
    case 'name':
      return sorted(tasks, (a, b) => compareNames(nameOf(a), nameOf(b)));
    case 'duration':
      return sorted(tasks, (a, b) => compareLengths(lengthOf(a), lengthOf(b)));
  }
}

function sorted(tasks: readonly Task[], compare: (a: Task, b: Task) => number): readonly Task[] {
  return tasks.toSorted((a, b) => compareRejected(a, b) || compare(a, b));
}

function compareLengths(a: number | null, b: number | null): number {
  return a === null || b === null ? Number(a === null) - Number(b === null) : a - b;
}
