import type { Task } from './task.ts';

/** What is known of a file's content: facts of a task. */
export type FileCheck = Pick<Task, 'fileCheck' | 'fileCheckText' | 'fileDuration'>;

/** A clip that is being downloaded: what the next attempt, in whichever window, needs to continue it. */
export interface Part {
  /** The temporary file, on this machine. */
  readonly path: string;
  /** How many of its bytes are certain to be on the disk. */
  readonly size: number;
  /** The whole clip's length in bytes, where the media host says it. */
  readonly total: number | null;
  /** bytes a second, of late. */
  readonly rate: number;
  /** The link that they came from, without its query: bytes of another are not added to them. */
  readonly link: string;
  /** What the media host calls this version of the clip: an ETag, or a date. Without one it cannot be continued. */
  readonly validator: string | null;
  /** The final path that the file is being given: it may have it already if the window closes in between. */
  readonly placing: string | null;
  /**
   * The outcome of checking the whole file. `begun`: somebody has begun, and if there is no more to it, it was the end of
   * the window. Not there before the file is whole.
   */
  readonly check?: 'begun' | FileCheck | undefined;
  /**
   * A second temporary file while the clip goes to another folder: until then the copy, which may be half, and after it
   * what was copied.
   */
  readonly spare?: string;
  /** What came before and ended too early: nobody knows whether anything better will come. */
  readonly kept?: Kept | undefined;
}

/** A temporary file that is a clip for lack of a better one, and what its check found. */
export interface Kept {
  readonly path: string;
  /** bytes */
  readonly size: number;
  readonly check: FileCheck;
  /** How many times in succession it ended there. */
  readonly times: number;
}

/** Whether all of the clip is on the disk. */
export function isWhole(part: Part | undefined): boolean {
  return part !== undefined && part.size > 0 && part.size === part.total;
}

/** The part as a task's fact holds it. */
export function writePart(part: Part): string {
  return JSON.stringify(part);
}

/** `undefined` where there is none, or damage has made it unreadable. */
export function readPart(fact: string | null): Part | undefined {
  try {
    return fact === null ? undefined : (JSON.parse(fact) as Part);
  } catch {
    return undefined;
  }
}
