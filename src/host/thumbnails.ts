import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR } from '../base/clock.ts';
import { codeOf, messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Task, TaskKey } from '../tasks/task.ts';

/** How many are kept, and how many bytes they may take; the oldest go first. One takes some 8 kB. */
const MOST = { count: 2_000, bytes: 24 * 1024 * 1024 } as const;

/** Temporary names older than this belong to no window that still writes, ms. */
const ABANDONED = HOUR;

const NAME = /^[0-9a-f]{32}\.jpg$/;
const PART = /^\.[0-9a-f-]{36}\.part$/;

/** What the thumbnails need from outside. */
export interface ThumbnailServices {
  /** Where they lie; all windows share it. Made when the first is kept. */
  readonly folder: string;
  readonly get: (key: TaskKey) => Task | undefined;
  readonly all: () => Iterable<Task>;
  /** Whether `all` are all: a list in memory, or one that is only shown, does not say whose thumbnails may go. */
  readonly isWhole: () => boolean;
  readonly log: Log;
}

/**
 * The first frames of clips, kept small on disk once a page has shown them: JPEG, of at most 320 pixels. One belongs to a task
 * and to the file that it has: it is removed with the task, and when another file replaces that one.
 */
export class Thumbnails {
  private readonly services: ThumbnailServices;
  /** The names of those that this window knows of. */
  private readonly kept = new Set<string>();
  /** Under which name the thumbnail of a task is kept. */
  private readonly names = new Map<TaskKey, string>();
  private loading: Promise<void> | undefined;

  constructor(services: ThumbnailServices) {
    this.services = services;
  }

  /** Whether there is one, as far as this window knows: after `sweep`, of those that were kept before too. */
  has(task: Task): boolean {
    const name = nameOf(task);
    return name !== undefined && this.kept.has(name);
  }

  /** As a `data:` address, which VS Code shows wherever it runs; `undefined` where there is none. */
  async addressOf(task: Task): Promise<string | undefined> {
    const name = nameOf(task);
    try {
      const jpeg = name === undefined ? undefined : await readFile(join(this.services.folder, name));
      return jpeg && `data:image/jpeg;base64,${jpeg.toString('base64')}`;
    } catch {
      // None, or none that can be read: it is only a help to the eye.
      return undefined;
    }
  }

  /** Stores the first frame of a task's clip in place of the previous one. Logs why it could not. */
  async keep(key: TaskKey, jpeg: Uint8Array): Promise<void> {
    await this.load();
    const task = this.services.get(key);
    const name = task && nameOf(task);
    if (name === undefined) {
      return;
    }
    const { folder, log } = this.services;
    const part = join(folder, `.${randomUUID()}.part`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(part, jpeg, { flag: 'wx' });
      await rename(part, join(folder, name));
      this.kept.add(name);
      this.names.set(key, name);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      log.warn(`Thumbnail of task ${key}: ${messageOf(error)}`);
    }
    if (this.kept.size > MOST.count || this.services.get(key) === undefined) {
      await this.sweep();
    }
  }

  /** Removes those of tasks that are gone, or that have another file now. */
  async follow(keys: Iterable<TaskKey>): Promise<void> {
    for (const key of keys) {
      const task = this.services.get(key);
      const name = this.names.get(key);
      if (name !== undefined && name !== (task && nameOf(task))) {
        this.names.delete(key);
        await this.remove(name);
      }
    }
  }

  /** Removes those that no task has any longer, and the oldest of too many. Logs what could not be removed. */
  async sweep(): Promise<void> {
    await this.load();
    if (!this.services.isWhole()) {
      return;
    }
    const used = new Set(Array.from(this.services.all(), nameOf));
    const left: Entry[] = [];
    for (const entry of await this.entries()) {
      const isLost = NAME.test(entry.name) && !used.has(entry.name);
      const isAbandoned = PART.test(entry.name) && Date.now() - entry.at > ABANDONED;
      if (isLost || isAbandoned) {
        await this.remove(entry.name);
      } else {
        left.push(entry);
      }
    }
    for (const { name } of beyond(left)) {
      await this.remove(name);
    }
  }

  private async load(): Promise<void> {
    this.loading ??= this.look();
    await this.loading;
  }

  private async look(): Promise<void> {
    for (const { name } of await this.entries()) {
      this.kept.add(name);
    }
    for (const task of this.kept.size > 0 ? this.services.all() : []) {
      const name = nameOf(task);
      if (name !== undefined && this.kept.has(name)) {
        this.names.set(task.key, name);
      }
    }
  }

  private async entries(): Promise<Entry[]> {
    const { folder, log } = this.services;
    try {
      const names = (await readdir(folder)).filter(name => NAME.test(name) || PART.test(name));
      const entries = await Promise.all(
        names.map(async name => {
          // Another window may have removed it meanwhile.
          const found = await stat(join(folder, name)).catch(() => undefined);
          return found && { name, bytes: found.size, at: found.mtimeMs };
        }),
      );
      return entries.filter(entry => entry !== undefined);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        log.warn(`Thumbnails: ${messageOf(error)}`);
      }
      return [];
    }
  }

  private async remove(name: string): Promise<void> {
    this.kept.delete(name);
    try {
      await rm(join(this.services.folder, name), { force: true });
    } catch (error) {
      this.services.log.warn(`Thumbnail ${name}: ${messageOf(error)}`);
    }
  }
}

/** A file in the folder. */
export interface Entry {
  readonly name: string;
  readonly bytes: number;
  /** When it was written, ms since the epoch. */
  readonly at: number;
}

/** Those that are too many, in number or in bytes: the oldest. */
export function beyond(
  entries: readonly Entry[],
  most: { readonly count: number; readonly bytes: number } = MOST,
): Entry[] {
  let bytes = 0;
  return [...entries]
    .sort((a, b) => b.at - a.at)
    .filter((entry, index) => {
      bytes += entry.bytes;
      return index >= most.count || bytes > most.bytes;
    });
}

/** Of a task and the file that it has: a list that begins anew counts its keys anew. A task that never had a file has no name. */
function nameOf({ gateway, id, filePath, fileSize }: Task): string | undefined {
  if (filePath === null) {
    return undefined;
  }
  const identity = JSON.stringify([gateway, id, filePath, fileSize]);
  return `${createHash('sha256').update(identity).digest('hex').slice(0, 32)}.jpg`;
}
