import { isOfFile } from './database.ts';
import { existsSync } from 'node:fs';
import { isClipName } from './clipKind.ts';
import type { TaskStore } from './store.ts';
import { isFinal, type Task, type TaskPatch } from './task.ts';

/** What an exported file says of itself. The version counts changes that an older Dailies cannot read. */
const FORMAT = 'dailies-tasks';
const VERSION = 1;

/** What of a task another list can use: everything but the number in this one and what is under way here. */
type ExportedTask = Omit<
  Task,
  'key' | 'nextPollAt' | 'nextSaveAt' | 'askedAt' | 'part' | 'saveFolder' | 'saveName' | 'linkRefusedAt'
>;

/** What came of an import. */
export interface Imported {
  readonly added: number;
  readonly updated: number;
  /** Tasks of the file that say nothing that the list did not know. */
  readonly unchanged: number;
}

/** Thrown for a file that is not an exported list, with the reason. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly reason: 'notJson' | 'notOurs' | 'newer' | 'damaged';

  constructor(reason: ImportError['reason'], options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

/** Facts that came from the gateway: the newer answer's are taken, all together. */
const ANSWERED = [
  'generation',
  'statusWord',
  'model',
  'createdAt',
  'actualDuration',
  'error',
  'rawAnswer',
  'answeredAt',
  'unfinishedAt',
  'completedSeenAt',
  'videoUrl',
  'linkExpiresAt',
] as const satisfies readonly (keyof ExportedTask)[];

/** The task list as JSON text. Holds no key; links in it are those of the gateway, with their signatures. */
export function exportTasks(tasks: readonly Task[], now: number): string {
  const exported = tasks.map(
    ({ key, nextPollAt, nextSaveAt, askedAt, part, saveFolder, saveName, linkRefusedAt, ...facts }) => facts,
  );
  return `${JSON.stringify({ format: FORMAT, version: VERSION, exportedAt: now, tasks: exported }, null, 2)}\n`;
}

/**
 * Merges an exported list into the store, in one commit. A task that is here already keeps every fact that is newer
 * here. Throws `ImportError` for a text that cannot be imported, else the error of a list that cannot be written; either way
 * nothing has changed.
 */
export function importTasks(text: string, store: TaskStore, now: number): Imported {
  const tasks = readExport(text);
  const result = { added: 0, updated: 0, unchanged: 0 };
  try {
    store.commit(() => {
      for (const task of tasks) {
        result[merge(task, store, now)]++;
      }
    });
  } catch (error) {
    if (isOfFile(error)) {
      throw error;
    }
    // A value that no task can have: the store refused it, and the whole import with it.
    throw new ImportError('damaged', { cause: error });
  }
  return result;
}

function readExport(text: string): ExportedTask[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ImportError('notJson');
  }
  if (typeof parsed !== 'object' || parsed === null || !('format' in parsed) || parsed.format !== FORMAT) {
    throw new ImportError('notOurs');
  }
  if (!('version' in parsed) || typeof parsed.version !== 'number' || parsed.version > VERSION) {
    throw new ImportError('newer');
  }
  const tasks: unknown = 'tasks' in parsed ? parsed.tasks : undefined;
  if (!Array.isArray(tasks) || !tasks.every(isTask)) {
    throw new ImportError('damaged');
  }
  return tasks;
}

function isTask(value: unknown): value is ExportedTask {
  return (
    typeof value === 'object' &&
    value !== null &&
    'gateway' in value &&
    typeof value.gateway === 'string' &&
    'id' in value &&
    typeof value.id === 'string' &&
    'trackedAt' in value &&
    typeof value.trackedAt === 'number'
  );
}

function merge(task: ExportedTask, store: TaskStore, now: number): keyof Imported {
  if (store.restore(task, task)) {
    const { key } = store.find(task.gateway, task.id) ?? {};
    if (key !== undefined) {
      // A file of another machine is not here; one that is stays the clip's.
      const file = hasFile(task) ? {} : NO_FILE;
      // How a task had ended was told where it comes from; how one ends that goes on here is told here.
      const told = isOver(task) ? ({ told: 'ended', notifiedAt: now } as const) : NOT_TOLD;
      store.update(key, {
        nextPollAt: null,
        ...told,
        ...file,
        ...goingOn({ ...task, ...file }, now),
      });
    }
    return 'added';
  }
  const here = store.find(task.gateway, task.id);
  const patch = here ? newerFacts(here, task) : {};
  if (!here || Object.keys(patch).length === 0) {
    return 'unchanged';
  }
  store.update(here.key, { ...patch, ...goingOn({ ...here, ...patch }, now) });
  return 'updated';
}

const NO_FILE = { file: 'none', filePath: null } as const;
const NOT_TOLD = { told: null, notifiedAt: null } as const;

function isOver({ generation }: ExportedTask): boolean {
  return isFinal(generation) || generation === 'notFound';
}

function hasFile(task: ExportedTask): boolean {
  return (
    task.file === 'saved' && task.filePath !== null && isClipName(task.filePath) && existsSync(task.filePath)
  );
}

/** What the other list knows and this one does not, or knows better. */
function newerFacts(here: Task, other: ExportedTask): TaskPatch {
  const goesBack = isFinal(here.generation) && !isFinal(other.generation);
  const losesLink = here.videoUrl !== null && other.videoUrl === null;
  const isNewer = (other.answeredAt ?? 0) > (here.answeredAt ?? 0) && !goesBack && !losesLink;
  const answered = isNewer ? Object.fromEntries(ANSWERED.map(name => [name, other[name] ?? null])) : {};
  const label = here.label === null && typeof other.label === 'string' ? { label: other.label } : {};
  return { ...answered, ...label };
}

/** What is under way is taken up again here; what is over stays over. */
function goingOn(task: ExportedTask, now: number): TaskPatch {
  const lacksFile = task.generation === 'completed' && task.file !== 'saved' && task.file !== 'expired';
  return {
    ...(isOver(task) ? {} : { nextPollAt: now }),
    ...(lacksFile && task.videoUrl !== null ? { file: 'waiting', nextSaveAt: now } : {}),
  };
}
