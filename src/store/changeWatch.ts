import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/**
 * A commit touches the files several times within a moment, and can be seen once the disk has it, which nothing announces:
 * these are the pauses before each look that follows a touch. ms
 */
const LOOKS = [30, 250, SECOND] as const;

/** Where the file watch says nothing (network drives, some containers), a look this often still finds a commit. */
const FALLBACK = 1.5 * SECOND;

/**
 * Calls back when the database's files may have changed: at once by a watch on their folder, and every 1.5 s by a
 * clock. The callback decides whether anything did.
 */
export class ChangeWatch implements Disposable {
  private readonly clock: Clock;
  private readonly look: () => void;
  private readonly watcher: FSWatcher | undefined;
  private looking: Disposable | undefined;
  /** Which look comes next, while some are to come. */
  private next: number | undefined;
  private fallback: Disposable;

  constructor(path: string, clock: Clock, look: () => void) {
    this.clock = clock;
    this.look = look;
    this.watcher = this.startWatching(dirname(path));
    this.fallback = this.lookLater();
  }

  dispose(): void {
    this.watcher?.close();
    this.looking?.dispose();
    this.fallback.dispose();
  }

  private startWatching(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        this.lookSoon();
      });
      // A watch that breaks later leaves the clock to do its work.
      watcher.on('error', () => {
        watcher.close();
      });
      return watcher;
    } catch {
      // No watch is available (out of handles, a strange file system): the clock takes over.
      return undefined;
    }
  }

  /** Begins the looks, anew where they have begun; the first is not put off by further touches. */
  private lookSoon(): void {
    if (this.next !== 0) {
      this.looking?.dispose();
      this.lookAgain(0);
    }
  }

  private lookAgain(next: number): void {
    const pause = LOOKS[next];
    this.next = pause === undefined ? undefined : next;
    this.looking =
      pause === undefined
        ? undefined
        : this.clock.setTimer(() => {
            this.lookAgain(next + 1);
            this.tryToLook();
          }, pause);
  }

  private tryToLook(): void {
    try {
      this.look();
    } catch {
      // Locked just now, or worse, which the store reports: the next look comes in any case.
    }
  }

  private lookLater(): Disposable {
    return this.clock.setTimer(() => {
      this.fallback = this.lookLater();
      this.tryToLook();
    }, FALLBACK);
  }
}
