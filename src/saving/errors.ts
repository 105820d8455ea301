import { codeOf, messageOf } from '../base/errors.ts';
import type { SaveProblem } from '../tasks/task.ts';

/** Why a clip was not saved, as a kind that views have words for, with what belongs to it. */
export class SaveError extends Error {
  override readonly name = 'SaveError';
  readonly problem: SaveProblem;
  readonly detail: string;

  constructor(problem: SaveProblem, detail = '', options?: ErrorOptions) {
    super(detail === '' ? problem : `${problem}: ${detail}`, options);
    this.problem = problem;
    this.detail = detail;
  }

  /** Whether the host says that there is nothing, or no longer anything, under this link. */
  get isGone(): boolean {
    return this.problem === 'status' && ['403', '404', '410'].includes(this.detail);
  }
}

/** What the system says of a file that another program holds: a virus scanner, a service that synchronises folders. */
const HELD: ReadonlySet<string | undefined> = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Whether an error may be another program's doing, which passes. */
export function isHeld(error: unknown): boolean {
  return HELD.has(codeOf(error));
}

/** What the file system says, as a `SaveError`; one that is already such an error stays as it is. */
export function asSaveError(error: unknown): SaveError {
  if (error instanceof SaveError) {
    return error;
  }
  const isFull = codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
  return new SaveError(isFull ? 'diskFull' : isHeld(error) ? 'held' : 'folder', messageOf(error), {
    cause: error,
  });
}

/** Why a download is cut short: nobody wants this clip to be saved any longer. */
export class Unwanted extends Error {
  override readonly name = 'Unwanted';
}

/** Why a download is cut short: another window continues it. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/** An attempt yielded its slot to a waiting clip, and continues later. Nothing has failed. */
export class Yielded extends Error {
  override readonly name = 'Yielded';
}
