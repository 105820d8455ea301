import { grouped } from '../base/grouped.ts';
import { mediumOfFile } from '../tasks/clipKind.ts';
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
  /** It is an image or audio. */
  | { readonly why: 'image' | 'audio'; readonly task: Task }
  /** It is picked, and its shot is no longer in the file. */
  | { readonly why: 'noShot'; readonly task: Task }
  /** Its file is where only another window reaches it. */
  | { readonly why: 'outOfReach'; readonly task: Task }
  /** Its file ends before its end. */
  | { readonly why: 'cutOff'; readonly task: Task }
  /** Its file cannot be read. */
  | { readonly why: 'unreadable'; readonly task: Task };

/** The clips of a cut in their order, and what is absent from it. */
export interface Picks {
  readonly tasks: readonly Task[];
  readonly absent: readonly Absence[];
}

/**
 * The picks of the shots of a file, in the order of the file: several of one shot in that of their takes. `ofFile`: all takes of the file,
 * also those whose shot is no longer in it.
 */
export function picksOfShots(
  shots: readonly Shot[],
  takesOf: (shot: Shot) => readonly Task[],
  ofFile: readonly Task[] = [],
): Picks {
  const absent: Absence[] = [];
  const tasks = shots.flatMap(shot => {
    const picked = takesOf(shot).filter(({ verdict }) => verdict === 'picked');
    if (picked.length === 0) {
      absent.push({ why: 'noPick', shot });
    }
    return picked;
  });
  const known = new Set(shots.flatMap(takesOf).map(({ key }) => key));
  const left = ofFile.filter(({ key, verdict }) => verdict === 'picked' && !known.has(key));
  return withFiles(tasks, [...absent, ...left.map((task): Absence => ({ why: 'noShot', task }))]);
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
  const why = new Map(tasks.map(task => [task, absenceOf(task)]));
  const without = tasks.flatMap((task): Absence[] => {
    const found = why.get(task);
    return found === undefined ? [] : [{ why: found, task }];
  });
  return { tasks: tasks.filter(task => why.get(task) === undefined), absent: [...absent, ...without] };
}

function absenceOf({ file, filePath }: Task): 'image' | 'audio' | 'noFile' | 'notSaved' | undefined {
  if (file !== 'saved' || filePath === null) {
    return file === 'missing' ? 'noFile' : 'notSaved';
  }
  const medium = mediumOfFile(filePath);
  return medium === 'video' ? undefined : medium;
}

/** What an absence is called: the shot, with the take where it is one of several. */
export function absentName(absence: Absence, nameOf: (task: Task) => string): string {
  return absence.why === 'noPick' ? shotName(absence.shot) : nameOf(absence.task);
}
