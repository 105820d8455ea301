import type { Clock } from '../base/clock.ts';
import { MINUTE, SECOND } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { DueLoop } from '../base/dueLoop.ts';
import { messageOf } from '../base/errors.ts';
import type { Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { withoutQuery } from '../base/log.ts';
import { SLOTS } from '../base/slots.ts';
import { isWhole, readPart } from '../tasks/part.ts';
import type { Task, TaskKey, TaskPatch } from '../tasks/task.ts';
import type { SavingDependencies } from './savingDependencies.ts';
import { asSaveError, TakenOver, Unwanted, Yielded } from './errors.ts';
import { LeftToOthers } from './leftToOthers.ts';
import { requestFreshLink, failure, mustMakeRoom, outOfReach, turnOver, wantsFreshLink } from './outcome.ts';

/** The part of the store that the loop works on. */
interface LoopStore {
  readonly onDidChange: Event<ReadonlySet<TaskKey>>;
  get(key: TaskKey): Task | undefined;
  readonly leases: {
    claim(work: 'save', now: number, lease: number, without: Iterable<TaskKey>): Task | undefined;
    nextDueAt(work: 'save', now: number, without: Iterable<TaskKey>): number | undefined;
    isCrowded(work: 'save', now: number, without: Iterable<TaskKey>): boolean;
    renew(key: TaskKey, work: 'save', until: number): boolean;
    release(key: TaskKey, work: 'save'): boolean;
  };
  update(key: TaskKey, patch: TaskPatch): void;
  commitWhenPossible(action: () => void, signal: AbortSignal): Promise<void>;
}

/** What the saver needs from outside. */
export type SaverDependencies = SavingDependencies & {
  readonly store: LoopStore;
  readonly clock: Clock;
  readonly log: Log;
};

/** The download of a window that has closed is taken over after this time; an open one renews it. */
const LEASE = MINUTE;
const RENEWAL = 20 * SECOND;

/** Saves every finished clip that is due, the one whose link expires first before the others. */
export class Saver implements Disposable {
  private readonly dependencies: SaverDependencies;
  private readonly owned = new DisposableStore();
  private readonly loop: DueLoop<Task>;
  /** The downloads of this window. */
  private readonly running = new Map<TaskKey, AbortController>();
  private readonly left = new LeftToOthers();
  /** The one that yields its slot to a waiting clip: one slot at a time is enough. */
  private yielding: TaskKey | undefined;

  constructor(dependencies: SaverDependencies) {
    this.dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.loop = this.owned.add(
      new DueLoop<Task>(
        {
          name: 'Saver',
          width: SLOTS.save,
          claim: () => store.leases.claim('save', clock.now(), LEASE, this.left.at(clock.now())),
          run: (task, signal) => this.save(task, signal),
          nextDueAt: () => store.leases.nextDueAt('save', clock.now(), this.left.at(clock.now())),
        },
        clock,
        log,
      ),
    );
    this.owned.add(
      store.onDidChange(keys => {
        this.stopUnwanted(keys);
        keys.forEach(key => {
          this.left.look(key, store.get(key));
        });
      }),
    );
  }

  /** Looks for clips to save now: at start, and after anything that may have made one due. */
  wake(): void {
    this.loop.wake();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async save(task: Task, stop: AbortSignal): Promise<void> {
    const { store, clock, log } = this.dependencies;
    // What is complete no longer needs a link.
    if (!isWhole(readPart(task.part)) && wantsFreshLink(task, clock.now())) {
      await this.finish(task.key, stop, current => requestFreshLink(current, clock.now()));
      return;
    }
    // Loaded on first use: start-up needs neither axios nor the container parser.
    const { ClipSaving } = await import('./clipSaving.ts');
    const cancel = new AbortController();
    this.running.set(task.key, cancel);
    const renewal = this.keepLease(task.key, cancel);
    const signal = AbortSignal.any([stop, cancel.signal]);
    const saving = new ClipSaving(this.dependencies, task, signal, () => this.mustYield(task));
    try {
      const saved = await saving.run();
      log.info(`${task.id}: saved as ${saved.filePath ?? ''}`);
      await this.finish(task.key, stop, () => saved);
    } catch (error) {
      // A closing window leaves everything as it is: the store may be closed, and the next window continues.
      stop.throwIfAborted();
      const why: unknown = cancel.signal.aborted ? cancel.signal.reason : error;
      if (why instanceof TakenOver) {
        // Whoever has taken over continues the same part.
        return;
      }
      if (why instanceof Unwanted) {
        await saving.forget();
        await this.finish(task.key, stop, () => ({}));
        return;
      }
      if (error instanceof Yielded) {
        log.debug(`${task.id}: yields its slot to a waiting clip`);
        await this.finish(task.key, stop, () => ({ part: saving.partFact, ...turnOver(clock.now()) }));
        return;
      }
      const problem = asSaveError(error);
      if (problem.problem === 'outOfReach') {
        log.info(`${task.id}: left to a window that reaches ${problem.detail}`);
        const isAgain = this.left.leave(task, clock.now());
        const left = { part: saving.partFact, ...outOfReach(problem, isAgain) };
        await this.finish(task.key, stop, () => left);
        return;
      }
      log.warn(`${task.id}: not saved: ${problem.message} (${withoutQuery(task.videoUrl ?? '')})`);
      // What is whole is kept: there may be no other.
      await saving.leave(mustMakeRoom(problem) && !saving.isComplete);
      await this.finish(task.key, stop, current => ({
        part: saving.partFact,
        ...failure(current, problem, saving, clock.now()),
      }));
      if (store.get(task.key)?.file === 'expired') {
        await saving.forget();
      }
    } finally {
      renewal.dispose();
      this.running.delete(task.key);
      if (this.yielding === task.key) {
        this.yielding = undefined;
      }
    }
  }

  /** Writes the outcome of an attempt and gives the lease back, unless the task is no longer ours. */
  private async finish(
    key: TaskKey,
    stop: AbortSignal,
    patchOf: (current: Task) => TaskPatch,
  ): Promise<void> {
    const { store } = this.dependencies;
    await store.commitWhenPossible(() => {
      const current = store.get(key);
      if (current && store.leases.release(key, 'save')) {
        const patch = patchOf(current);
        // A person may have stopped it a moment ago; a clip that is there all the same is not hidden.
        if (current.nextSaveAt !== null || patch.file === 'saved') {
          store.update(key, patch);
        }
      }
    }, stop);
  }

  /** Whether a clip waits only for a slot, and no other download of this window is yielding one. */
  private mustYield({ key, id }: Task): boolean {
    const { store, clock, log } = this.dependencies;
    try {
      if (
        this.yielding === undefined &&
        store.leases.isCrowded('save', clock.now(), this.left.at(clock.now()))
      ) {
        this.yielding = key;
      }
    } catch (error) {
      // Busy: what waits does so a little longer.
      log.debug(`${id}: ${messageOf(error)}`);
    }
    return this.yielding === key;
  }

  /** Renews the lease; a task that another window has taken over is no longer saved here. */
  private keepLease(key: TaskKey, cancel: AbortController): Disposable {
    const { store, clock, log } = this.dependencies;
    let timer: Disposable;
    const renew = (): void => {
      timer = clock.setTimer(renew, RENEWAL);
      try {
        if (!store.leases.renew(key, 'save', clock.now() + LEASE)) {
          cancel.abort(store.get(key) ? new TakenOver() : new Unwanted());
        }
      } catch (error) {
        // Busy or full: the lease has time for two more tries.
        log.warn(`Lease: ${messageOf(error)}`);
      }
    };
    timer = clock.setTimer(renew, RENEWAL);
    return {
      dispose: () => {
        timer.dispose();
      },
    };
  }

  /** A person has removed the task, or stopped its saving. */
  private stopUnwanted(keys: ReadonlySet<TaskKey>): void {
    for (const [key, cancel] of this.running) {
      if (keys.has(key) && (this.dependencies.store.get(key)?.nextSaveAt ?? null) === null) {
        cancel.abort(new Unwanted());
      }
    }
  }
}
