import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Task, TaskKey } from '../tasks/task.ts';

/** Files next to clips, by path or URI as tasks hold them. Every method rejects when it fails. */
export interface SidecarFiles {
  /** `undefined` where there is no such file, or one that is too large for a sidecar. */
  read(path: string): Promise<string | undefined>;
  /** Replaces a file that is there, whole or not at all. */
  replace(path: string, content: string): Promise<void>;
}

/** What sidecars are kept up to date with. */
export interface UpdatedTasks {
  get(key: TaskKey): Task | undefined;
}

/**
 * Keeps what a person says of a saved clip (its name, shot, pick and note) in the sidecar next to it. Writes no sidecar where there
 * is none, and changes none of another clip.
 */
export class SidecarUpdates implements Disposable {
  private readonly tasks: UpdatedTasks;
  private readonly files: SidecarFiles;
  private readonly log: Log;
  /** What each sidecar was last looked at for: of what has not changed since the start, nothing. */
  private readonly known = new Map<TaskKey, string>();
  private readonly queue = new Set<TaskKey>();
  private done = Promise.resolve();
  private isDisposed = false;

  constructor(tasks: UpdatedTasks, files: SidecarFiles, log: Log) {
    this.tasks = tasks;
    this.files = files;
    this.log = log;
  }

  /** Tasks have changed. Resolves when their sidecars say so, or cannot. */
  async follow(keys: ReadonlySet<TaskKey>): Promise<void> {
    for (const key of keys) {
      const task = this.tasks.get(key);
      if (!task) {
        this.known.delete(key);
      } else if (this.known.get(key) !== factsText(task)) {
        this.known.set(key, factsText(task));
        this.queue.add(key);
      }
    }
    // One after the other: what is written last is what is true last.
    this.done = this.done.then(() => this.work());
    return this.done;
  }

  dispose(): void {
    this.isDisposed = true;
    this.queue.clear();
  }

  private async work(): Promise<void> {
    for (const key of this.queue) {
      this.queue.delete(key);
      const task = this.tasks.get(key);
      if (!this.isDisposed && task?.file === 'saved' && task.filePath !== null) {
        await this.update(task, task.filePath).catch((error: unknown) => {
          this.log.warn(`${task.id}: its sidecar stays as it is: ${messageOf(error)}`);
        });
      }
    }
  }

  private async update(task: Task, filePath: string): Promise<void> {
    // Loaded on first use: start-up has no need of schemas.
    const { personalFactsOf, readSidecar, sidecarName, sidecarText } = await import('./sidecar.ts');
    const path = sidecarName(filePath);
    const text = await this.files.read(path);
    const read = text === undefined ? undefined : readSidecar(text);
    if (!read || 'refused' in read || read.sidecar.id !== task.id || read.sidecar.gateway !== task.gateway) {
      return;
    }
    const sidecar = { ...read.sidecar, ...personalFactsOf(task) };
    // One that an older Dailies has written the same in is left as it is.
    if (!isDeepStrictEqual(sidecar, read.sidecar)) {
      await this.files.replace(path, sidecarText(sidecar));
    }
  }
}

function factsText(task: Task): string {
  const { file, filePath, label, shotFile, shot, take, verdict, note, source } = task;
  return JSON.stringify([file === 'saved', filePath, label, shotFile, shot, take, verdict, note, source]);
}
