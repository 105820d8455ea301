import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../base/errors.ts';
import { HOUR } from '../base/clock.ts';

/** After this time nobody continues a temporary file of another list, ms: its link expired days ago. */
const ABANDONED = 72 * HOUR;

/**
 * After this time nobody continues one of ours that our list does not know, ms. Longer than the longest pause between two
 * attempts (`outcome.ts`): a list that was copied to another machine bears the same name there and knows of other files.
 */
const LEFT = 2 * HOUR;

/** `.dailies-<list>-<random>.part`: hidden, and never taken for a clip. */
const NAME = /^\.dailies-.*\.part$/;

/** A task list, as far as its temporary files go. */
export interface List {
  /** Its own random name, by which no other list goes, on this machine or another. */
  readonly listName: string;
  /** Whether it ends with its window: then it knows nothing of what others do. */
  readonly isInMemory: boolean;
}

/**
 * The temporary files of one task list. Several lists (profiles, machines on one network folder) can save to the same
 * folder, so each marks its own.
 */
export class WorkFiles {
  private readonly list: List;

  constructor(list: List) {
    this.list = list;
  }

  /** A new temporary file's path. */
  newPath(folder: string): string {
    return join(folder, `${this.mark}${randomUUID()}.part`);
  }

  /**
   * Removes what is left in a folder of downloads that nobody continues. `inUse` are the names of those that continue: a
   * folder can have several paths.
   */
  async sweep(folder: string, inUse: () => ReadonlySet<string>, now: number): Promise<void> {
    for (const name of await namesIn(folder)) {
      const path = join(folder, name);
      // Looked up for each, and after the file was seen: a path is in use before its file is made.
      if (NAME.test(name) && !inUse().has(name) && (await this.isAbandoned(name, path, now))) {
        // What cannot be removed, such as another person's, is in nobody's way.
        await rm(path, { force: true }).catch(() => undefined);
      }
    }
  }

  private get mark(): string {
    return `.dailies-${this.list.listName}-`;
  }

  private async isAbandoned(name: string, path: string, now: number): Promise<boolean> {
    const isOurs = name.startsWith(this.mark);
    const age = await ageOf(path, now);
    return isOurs ? age > LEFT : age > ABANDONED && !this.list.isInMemory;
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

/** How long ago a file was written, ms. */
async function ageOf(path: string, now: number): Promise<number> {
  try {
    return now - (await stat(path)).mtimeMs;
  } catch {
    // Somebody else has just removed it.
    return 0;
  }
}
