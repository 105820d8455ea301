import type { ClipEnding } from '../tasks/clipKind.ts';
import type { Part } from '../tasks/part.ts';

/** What a finished clip shall be called. */
export interface ClipName {
  /** Without an ending. Where it is taken, a number is added. */
  readonly name: string;
  /** For what the file is. */
  readonly ending: ClipEnding;
  /** The version of a file of this name that goes for the clip, where a person has said so; see `versionText`. */
  readonly replaces: string | null;
  /** Whether a sidecar goes next to the clip: then its name must be free too. */
  readonly hasSidecar: boolean;
}

/** What distinguishes one state of a file from another: its length in bytes, and when it was written, ms since the epoch. */
export function versionText({ size, mtime }: { readonly size: number; readonly mtime: number }): string {
  return `${size} ${Math.floor(mtime)}`;
}

/** Where a clip goes: a folder of this machine, or one that only VS Code reaches. */
export interface Target {
  /** The folder, as a task holds it. */
  readonly folder: string;
  /** The folder of this machine that the clip comes together in. */
  readonly workFolder: string;
  /**
   * Gives a finished part its final name, and never overwrites anything else than what it `replaces`. Calls `intend` with each
   * path before it is tried, so that another window understands one that closes on the way. Resolves to the final path, as a
   * task's `filePath`.
   */
  place(part: string, name: ClipName, intend: (path: string) => Promise<void>): Promise<string>;
  /** Whether a part has its final name already: the window that gave it has closed before it could record that. */
  wasPlaced(part: Part): Promise<boolean>;
  /** Writes what is known of a clip next to it. Rejects where a file of that name is there already. */
  writeSidecar(clip: string, content: string): Promise<void>;
}
