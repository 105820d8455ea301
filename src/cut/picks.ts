import { grouped } from '../base/grouped.ts';
import { shotKey, shotName, shotOf, type Shot } from '../tasks/shot.ts';
import { begunAt, type Task } from '../tasks/task.ts';

/** Why something that belongs into a cut is not in it. */
export type Absence =
  /** No take of the shot is picked. */
  | { readonly why: 'noPick'; readonly shot: Shot }
  /** The clip is not saved yet. */
  | { readonly why: 'notSaved'; readonly task: Task }
  /** Its file is no longer where it was. */
  | { readonly why: 'noFile'; readonly task: Task }
  /** Its file cannot be read. */
  | { readonly why: 'unreadable'; readonly task: Task };

/** The clips of a cut in their order, and what is absent from it. */
export interface Picks {
  readonly tasks: readonly Task[];
  readonly absent: readonly Absence[];
}

/** The picks of the shots of a file, in the order of the file: several of one shot in that of their takes. */
export function picksOfShots(shots: readonly Shot[], takesOf: (shot: Shot) => readonly Task[]): Picks {
  const absent: Absence[] = [];
  const tasks = shots.flatMap(shot => {
    const picked = takesOf(shot).filter(({ verdict }) => verdict === 'picked');
    if (picked.length === 0) {
      absent.push({ why: 'noPick', shot });
    }
    return picked;
  });
  return withFiles(tasks, absent);
}

/**
 * The clips of a selection: of each shot its picks or, where none is among the selected, all that are. Shots of one file stand in
 * the order of the file, which `orderOf` knows; what is of no shot stays where it was selected.
 */
export function picksOfSelection(
  selected: readonly Task[],
  orderOf: (shot: Shot) => number | undefined,
): Picks {
  const shots = [...grouped(selected, task => (shotOf(task) ? shotKey(task) : `task ${task.key}`)).values()];
  const ofFiles = grouped(shots, ([task]) => task?.shotFile ?? `shot ${task?.key ?? 0}`);
  const tasks = [...ofFiles.values()].flatMap(inFile =>
    inFile.toSorted((a, b) => placeOf(a) - placeOf(b)).flatMap(wanted),
  );
  return withFiles(tasks, []);

  function placeOf([task]: readonly Task[]): number {
    return (task && shotOf(task) && orderOf(task)) ?? Infinity;
  }
}

function wanted(takes: readonly Task[]): readonly Task[] {
  const picked = takes.filter(({ verdict }) => verdict === 'picked');
  return (picked.length > 0 ? picked : takes).toSorted(
    (a, b) => (a.take ?? Infinity) - (b.take ?? Infinity) || begunAt(a) - begunAt(b) || a.key - b.key,
  );
}

function withFiles(tasks: readonly Task[], absent: readonly Absence[]): Picks {
  const without = tasks.flatMap((task): Absence[] =>
    task.file === 'saved' && task.filePath !== null
      ? []
      : [{ why: task.file === 'missing' ? 'noFile' : 'notSaved', task }],
  );
  return {
    tasks: tasks.filter(task => task.file === 'saved' && task.filePath !== null),
    absent: [...absent, ...without],
  };
}

/** What an absence is called: the shot, with the take where it is one of several. */
export function absentName(absence: Absence, nameOf: (task: Task) => string): string {
  return absence.why === 'noPick' ? shotName(absence.shot) : nameOf(absence.task);
}
