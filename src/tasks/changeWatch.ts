import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** A commit touches the files several times within a moment; one look is enough. ms */
const SETTLE = 30;

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
  private settling: Disposable | undefined;
  private fallback: Disposable;

  constructor(path: string, clock: Clock, look: () => void) {
    this.clock = clock;
    this.look = look;
    this.watcher = this.startWatching(dirname(path));
    this.fallback = this.lookLater();
  }

  dispose(): void {
    this.watcher?.close();
    this.settling?.dispose();
    this.fallback.dispose();
  }

  private startWatching(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        this.settling ??= this.clock.setTimer(() => {
          this.settling = undefined;
          this.tryToLook();
        }, SETTLE);
      });
      // A watch that breaks later leaves the clock to do its work.
      watcher.on('error', () => {
        watcher.close();
      });
      return watcher;
    } catch {
      // No watch to be had here (out of handles, a strange file system): the clock does its work.
      return undefined;
    }
  }

  private tryToLook(): void {
    try {
      this.look();
    } catch {
      // Locked just now, or worse, which the store tells: the next look comes in any case.
    }
  }

  private lookLater(): Disposable {
    return this.clock.setTimer(() => {
      this.fallback = this.lookLater();
      this.tryToLook();
    }, FALLBACK);
  }
}
