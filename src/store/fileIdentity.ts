import { statSync } from 'node:fs';

/** Which file was at a path when it was opened: another window may move a damaged one aside and create a new one. */
export class FileIdentity {
  readonly path: string;
  private readonly opened: string | undefined;

  /** Create it as soon as the file is open. */
  constructor(path: string) {
    this.path = path;
    this.opened = idAt(path);
  }

  /** Whether another file, or none, is at the path now. Never true where the file system gave no identity at first. */
  isReplaced(): boolean {
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
