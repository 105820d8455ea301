import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { parseBounded, TooDeepError } from '../base/boundedJson.ts';
import { isOfFile } from './sqliteErrors.ts';
import { isClipName } from '../tasks/clipKind.ts';
import {
  amount,
  bytes,
  gatewayBase,
  longText,
  moment,
  note,
  pathText,
  refusalOf,
  requestText,
  seconds,
  shortText,
  sourceJson,
  takeNumber,
  taskId,
  verdict,
} from '../tasks/foreign.ts';
import { isForeignLocal } from '../tasks/gatewayAddress.ts';
import { toldBy } from '../tasks/news.ts';
import { shotOf } from '../tasks/shot.ts';
import type { TaskStore } from './store.ts';
import {
  ENDPOINTS,
  FILE_STATES,
  GENERATIONS,
  isFinal,
  UNCHECKED,
  type Task,
  type TaskPatch,
} from '../tasks/task.ts';

/** What an exported file says of itself. The version counts changes that an older Dailies cannot read. */
const FORMAT = 'dailies-tasks';
const VERSION = 1;

/** The largest file that is imported, bytes, and the most tasks; both far above any list. */
export const LARGEST_IMPORT = 256 * 1024 * 1024;
const MOST_TASKS = 100_000;

function fact<T extends v.GenericSchema>(schema: T): v.OptionalSchema<v.NullableSchema<T, null>, null> {
  return v.optional(v.nullable(schema, null), null);
}

/**
 * What of a task another list can use, and nothing that is this one's own: its number, what is in progress, where clips go, and
 * notifications. What is not in here is neither exported nor imported.
 */
const taskSchema = v.object({
  gateway: gatewayBase,
  id: taskId,
  trackedAt: moment,
  label: fact(shortText),
  request: fact(requestText),
  generation: v.optional(v.picklist(GENERATIONS), 'unknown'),
  statusWord: fact(shortText),
  model: fact(shortText),
  createdAt: fact(moment),
  actualDuration: fact(seconds),
  amount: fact(amount),
  error: fact(longText),
  rawAnswer: fact(longText),
  answeredAt: fact(moment),
  unfinishedAt: fact(moment),
  completedSeenAt: fact(moment),
  videoUrl: fact(longText),
  linkExpiresAt: fact(moment),
  file: v.optional(v.picklist(FILE_STATES), 'none'),
  filePath: fact(pathText),
  fileSize: fact(bytes),
  fileDuration: fact(seconds),
  endpoint: fact(v.picklist(ENDPOINTS)),
  fileCheck: fact(v.picklist(['plays', 'notChecked'])),
  fileCheckText: fact(v.picklist(UNCHECKED)),
  seenAt: fact(moment),
  shotFile: fact(pathText),
  shot: fact(shortText),
  take: fact(takeNumber),
  verdict: fact(verdict),
  note: fact(note),
  source: fact(sourceJson),
});

type ExportedTask = v.InferOutput<typeof taskSchema>;

/** What came of an import. */
export interface Imported {
  readonly added: number;
  readonly updated: number;
  /** Tasks of the file that say nothing that the list did not know. */
  readonly unchanged: number;
}

/** Thrown for a file that is not imported, with the reason, and what in it, where that is of use. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly reason: 'notJson' | 'notOurs' | 'newer' | 'damaged' | 'tooLarge' | 'localGateway';
  readonly detail: string;

  constructor(reason: ImportError['reason'], detail = '', options?: ErrorOptions) {
    super(`${reason} ${detail}`.trim(), options);
    this.reason = reason;
    this.detail = detail;
  }
}

/** Facts that came from the gateway: the newer response's are taken, all together. */
const RESPONDED = [
  'generation',
  'statusWord',
  'model',
  'createdAt',
  'actualDuration',
  'amount',
  'error',
  'rawAnswer',
  'answeredAt',
  'unfinishedAt',
  'completedSeenAt',
  'videoUrl',
  'linkExpiresAt',
] as const satisfies readonly (keyof ExportedTask)[];

/**
 * The task list as JSON text. Holds no key; links in it are those of the gateway, with their signatures. A fact that no import
 * would take is left out.
 */
export function exportTasks(tasks: readonly Task[], now: number): string {
  const exported = tasks.map(task =>
    Object.fromEntries(
      Object.entries(taskSchema.entries).flatMap(([name, schema]) => {
        const value = task[name as keyof ExportedTask];
        return v.is(schema, value) ? [[name, value]] : [];
      }),
    ),
  );
  return `${JSON.stringify({ format: FORMAT, version: VERSION, exportedAt: now, tasks: exported }, null, 2)}\n`;
}

/**
 * Merges an exported list into the store, in one commit. A task that is here already keeps every fact that is newer
 * here. What is over there is over here too: nothing is requested or downloaded for it; what is under way continues. A gateway on
 * this machine is taken only if it is that of the settings (`setting`). Throws `ImportError` for a text that cannot
 * be imported, else the error of a list that cannot be written; either way nothing has changed.
 */
export function importTasks(text: string, store: TaskStore, now: number, setting = ''): Imported {
  const tasks = readExport(text);
  const local = tasks.find(({ gateway }) => isForeignLocal(gateway, setting));
  if (local) {
    throw new ImportError('localGateway', local.gateway);
  }
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
    throw new ImportError('damaged', '', { cause: error });
  }
  return result;
}

function readExport(text: string): ExportedTask[] {
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('format' in parsed) || parsed.format !== FORMAT) {
    throw new ImportError('notOurs');
  }
  if (!('version' in parsed) || typeof parsed.version !== 'number' || parsed.version > VERSION) {
    throw new ImportError('newer');
  }
  const tasks: unknown = 'tasks' in parsed ? parsed.tasks : undefined;
  if (Array.isArray(tasks) && tasks.length > MOST_TASKS) {
    throw new ImportError('tooLarge');
  }
  const result = v.safeParse(v.object({ tasks: v.array(taskSchema) }), parsed, { abortEarly: true });
  if (!result.success) {
    throw new ImportError('damaged', refusalOf(result.issues[0]));
  }
  return result.output.tasks;
}

function parse(text: string): unknown {
  if (text.length > LARGEST_IMPORT) {
    throw new ImportError('tooLarge');
  }
  try {
    return parseBounded(text);
  } catch (error) {
    throw error instanceof TooDeepError
      ? new ImportError('damaged', error.message)
      : new ImportError('notJson');
  }
}

function merge(task: ExportedTask, store: TaskStore, now: number): keyof Imported {
  if (store.restore(task, { ...task, ...fileHere(task), ...tidings(task, now) })) {
    return 'added';
  }
  const here = store.find(task.gateway, task.id);
  const patch = here ? newerFacts(here, task, now) : {};
  if (!here || Object.keys(patch).length === 0) {
    return 'unchanged';
  }
  store.update(here.key, patch);
  return 'updated';
}

/** The end of a finished task was announced where it comes from; an unfinished one is due here, and its end is announced here. */
function tidings({ generation }: ExportedTask, now: number): TaskPatch {
  const isSilent = generation === 'stalled' || generation === 'notFound';
  const told = isFinal(generation) ? 'ended' : isSilent ? toldBy(generation) : null;
  return { nextPollAt: isFinal(generation) ? null : now, told, notifiedAt: told === null ? null : now };
}

const NO_FILE = {
  filePath: null,
  fileSize: null,
  fileDuration: null,
  fileCheck: null,
  fileCheckText: null,
} as const;

/** The file of another machine is not here; one that is stays the clip's. A link can be saved manually. */
function fileHere(task: ExportedTask): TaskPatch {
  const { file, filePath } = task;
  if (file === 'expired') {
    return { file, ...NO_FILE };
  }
  if (file !== 'saved' && file !== 'missing') {
    return { file: 'none', ...NO_FILE };
  }
  if (filePath === null || !isClipPath(filePath)) {
    return { file: 'missing', ...NO_FILE };
  }
  return { file: isThere(filePath, task.fileSize) ? 'saved' : 'missing' };
}

/** Whether a foreign path may be looked at: a clip's, on this machine. Windows would log on to the machine of another kind. */
function isClipPath(path: string): boolean {
  return isAbsolute(path) && !/^[\\/]{2}/.test(path) && isClipName(path);
}

function isThere(path: string, size: number | null): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && (size === null || found.size === size);
}

/**
 * What the other list knows and this one does not, or knows better. A clip that is under way here is not believed to be
 * finished: the gateway is polled, which gives it a link of its own.
 */
function newerFacts(here: Task, other: ExportedTask, now: number): TaskPatch {
  const personal = {
    ...missingHere(here, other, ['label', 'note', 'verdict', 'source']),
    ...shotFrom(here, other),
  };
  const isNewer = (other.answeredAt ?? 0) > (here.answeredAt ?? 0);
  if (!isNewer || isFinal(here.generation)) {
    return personal;
  }
  if (other.generation === 'completed') {
    return { ...personal, nextPollAt: now };
  }
  const responded = Object.fromEntries(RESPONDED.map(name => [name, other[name]]));
  return { ...responded, ...personal, nextPollAt: isFinal(other.generation) ? null : now };
}

/** What a person said over there and has not said here. */
function missingHere(
  here: Task,
  other: ExportedTask,
  names: readonly ('label' | 'note' | 'verdict' | 'source')[],
): TaskPatch {
  return Object.fromEntries(
    names.flatMap(name => (here[name] === null && other[name] !== null ? [[name, other[name]]] : [])),
  );
}

/** The shot, as a whole, where here is none. */
function shotFrom(here: Task, { shotFile, shot, take }: ExportedTask): TaskPatch {
  return shotOf(here) === undefined && shotOf({ shotFile, shot }) !== undefined
    ? { shotFile, shot, take }
    : {};
}
