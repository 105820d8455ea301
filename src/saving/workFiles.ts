import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../base/errors.ts';
import { HOUR } from '../base/clock.ts';

/** After this time nobody goes on with a temporary file of another list, ms: its link has been dead for days. */
const ABANDONED = 72 * HOUR;

/** `.dailies-<list>-<random>.part`: hidden, and never taken for a clip. */
const NAME = /^\.dailies-([0-9a-f]{8})?.*\.part$/;

/**
 * The temporary files of one task list. Several lists (profiles, machines on one network folder) can save to the same
 * folder, so each marks its own.
 */
export class WorkFiles {
  private readonly mark: string;

  /** `list` names the task list on this machine: the path of its database. */
  constructor(list: string) {
    this.mark = createHash('sha256').update(`${hostname()}\n${list}`).digest('hex').slice(0, 8);
  }

  /** A new temporary file's path. */
  newPath(folder: string): string {
    return join(folder, `.dailies-${this.mark}-${randomUUID()}.part`);
  }

  /**
   * Removes what is left in a folder of downloads that nobody goes on with. `inUse` are the names of those that go on: a
   * folder can have several paths.
   */
  async sweep(folder: string, inUse: () => ReadonlySet<string>, now: number): Promise<void> {
    for (const name of await namesIn(folder)) {
      const [isOurKind, mark] = NAME.exec(name) ?? [];
      const path = join(folder, name);
      // Looked up for each, and after the file was seen: a path is in use before its file is made.
      if (isOurKind && !inUse().has(name) && (mark === this.mark || (await isAbandoned(path, now)))) {
        // What cannot be removed, such as another person's, is in nobody's way.
        await rm(path, { force: true }).catch(() => undefined);
      }
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

async function isAbandoned(path: string, now: number): Promise<boolean> {
  try {
    return now - (await stat(path)).mtimeMs > ABANDONED;
  } catch {
    // Somebody else has just removed it.
    return false;
  }
}
