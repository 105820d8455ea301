import { compareNames } from '../tasks/arrangement.ts';
import { ageFrom, type Task } from '../tasks/task.ts';
import type { SheetSort } from './sheetProtocol.ts';

/** A clip's duration in seconds, of its file or as the gateway reports it; `null` if unknown. */
export function lengthOf({ fileDuration, actualDuration }: Task): number | null {
  return fileDuration ?? actualDuration;
}

/**
 * Sorts finished tasks for the sheet. Ties keep the given order, which is that of the list. Ages are those on the tiles. By
 * duration, the shortest come first and unknown ones last.
 */
export function inSheetOrder(
  tasks: readonly Task[],
  sort: SheetSort,
  nameOf: (task: Task) => string,
): readonly Task[] {
  switch (sort) {
    case 'list':
      return tasks;
    case 'newest':
      return tasks.toSorted((a, b) => ageFrom(b) - ageFrom(a));
    case 'oldest':
      return tasks.toSorted((a, b) => ageFrom(a) - ageFrom(b));
    case 'name':
      return tasks.toSorted((a, b) => compareNames(nameOf(a), nameOf(b)));
    case 'duration':
      return tasks.toSorted((a, b) => compareLengths(lengthOf(a), lengthOf(b)));
  }
}

function compareLengths(a: number | null, b: number | null): number {
  return a === null || b === null ? Number(a === null) - Number(b === null) : a - b;
}
