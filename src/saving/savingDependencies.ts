import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Task, TaskKey, TaskPatch } from '../tasks/task.ts';
import type { ClipChecker } from './clipChecker.ts';
import type { MediaRules } from './mediaRules.ts';
import type { Target } from './target.ts';
import type { WorkFiles } from './workFiles.ts';

/** The part of the store that one attempt to save writes to. */
interface PartStore {
  get(key: TaskKey): Task | undefined;
  readonly leases: { renew(key: TaskKey, work: 'save', until: number): boolean };
  update(key: TaskKey, patch: TaskPatch): void;
  /** The `part` facts of all tasks that have one. */
  parts(): string[];
  commit<T>(action: () => T): T;
  commitWhenPossible(action: () => void, signal: AbortSignal): Promise<void>;
}

/** What saving a clip needs from outside. */
export interface SavingDependencies {
  readonly store: PartStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly workFiles: WorkFiles;
  readonly checker: ClipChecker;
  /** Opens a folder for clips, as a task holds it; `null` is the person's own folder at the moment. */
  readonly targetOf: (folder: string | null) => Promise<Target>;
  /** The template for file names. */
  readonly nameTemplate: () => string;
  /** Whether a sidecar is written next to each clip. */
  readonly writesSidecars: () => boolean;
  readonly rulesOf: (task: Task) => MediaRules;
}
