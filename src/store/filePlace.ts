import { statSync } from 'node:fs';

/** Which file was at a path when it was opened: another window may move a damaged one aside and begin a new one. */
export class FilePlace {
  readonly path: string;
  private readonly opened: string | undefined;

  /** To be made as soon as the file is open. */
  constructor(path: string) {
    this.path = path;
    this.opened = idAt(path);
  }

  /** Whether another file, or none, is at the path now. Never so where nobody could tell from the beginning. */
  isLost(): boolean {
    return this.opened !== undefined && idAt(this.path) !== this.opened;
  }
}

function idAt(path: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.dev} ${found.ino}` : undefined;
  } catch {
    return undefined;
  }
}
