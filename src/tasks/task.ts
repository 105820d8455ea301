import type { TakeFacts } from './shot.ts';

/** A task's number in this list; the gateway knows it by `id`. */
export type TaskKey = number;

/**
 * What became of the generation. `queued` to `cancelled` are the gateway's words; the others are ours:
 * `unknown` has had no response yet, `unrecognised` carries a word we do not know (see `statusWord`), `stalled` gave no
 * final response within the watch limit, `notFound` was denied by the gateway several times, minutes apart.
 */
export type Generation = (typeof GENERATIONS)[number];

export const GENERATIONS = [
  'unknown',
  'queued',
  'processing',
  'unrecognised',
  'completed',
  'failed',
  'cancelled',
  'stalled',
  'notFound',
] as const;

/** What we know about the clip's file: a fact of its own, independent of the generation. */
export type FileState = (typeof FILE_STATES)[number];

/**
 * `none`: not wanted (automatic saving is off, or a person stopped it). `missing`: it was saved, and the file is no
 * longer where it was.
 */
export const FILE_STATES = [
  'none',
  'waiting',
  'downloading',
  'saved',
  'failed',
  'expired',
  'missing',
] as const;

/** Where a gateway knows a task: with most, or in its model center (api.md sections 3 and 4). */
export type Endpoint = (typeof ENDPOINTS)[number];

export const ENDPOINTS = ['result', 'modelCenter'] as const;

/** Why a request failed. Never a statement about the task itself. */
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/**
 * `outOfCredit`: the gateway's account has run dry, which is no word against the key. `keyUnreadable`: the system's keyring does
 * not say whether there is a key.
 */
export const PROBLEM_KINDS = [
  'network',
  'timeout',
  'rateLimited',
  'server',
  'notJson',
  'redirected',
  'wrongAddress',
  'refused',
  'unexpected',
  'notFound',
  'outOfCredit',
  'keyRejected',
  'noKey',
  'keyUnreadable',
] as const;

/** Why a clip could not be saved. */
export type SaveProblem = (typeof SAVE_PROBLEMS)[number];

export const SAVE_PROBLEMS = [
  /** The media host could not be reached, or the connection broke. */
  'unreachable',
  /** It responded with this HTTP status. */
  'status',
  /** It sent this in place of a video. */
  'page',
  /** Not every promised byte came. */
  'incomplete',
  /** Nothing came for a minute. */
  'stalled',
  'tooLarge',
  'redirects',
  /** The link must not be followed: not https, or into a private network. */
  'refusedLink',
  /** It sent a list of where the pieces of a stream are (HLS, DASH), which is not a video. */
  'playlist',
  /** What came is text and no video, or nothing; how it begins, where that can be read. */
  'notVideo',
  /** The video is much shorter than the gateway says. */
  'tooShort',
  'diskFull',
  /** The system does not let the file be written now, as it does while another program holds it. */
  'held',
  /** The clip is here, but no window that was open for a while reaches the machine of its folder. */
  'outOfReach',
  /** The folder cannot be written to. */
  'folder',
] as const;

/** The kinds of notifications about a task, as they are recorded. */
export const TOLD = ['ended', 'unsaved', 'noVideo', 'silent'] as const;

/** Why nobody can say whether a saved file plays. */
export type Unchecked = (typeof UNCHECKED)[number];

export const UNCHECKED = [
  /** It seems to end before its end, each time it is fetched. */
  'cutOff',
  /** What is in it cannot be read, or not in full. */
  'unreadable',
  /** It contains no video track. */
  'noPicture',
  /** It is of a kind that is not looked into. */
  'otherKind',
  /** Looking into it took more time or memory than a clip is worth. */
  'tooMuch',
  /** Looking into it has ended the checker, or Dailies itself. */
  'broke',
  /** The system did not let it be read. */
  'noAccess',
] as const;

/** What another folder helps against. */
export const FOLDER_PROBLEMS = ['diskFull', 'held', 'outOfReach', 'folder'] as const satisfies SaveProblem[];

/** A tracked task, as the store holds it. Times are ms since the epoch, `null` where unknown. */
export interface Task extends TakeFacts {
  readonly key: TaskKey;
  /** The gateway's base address this task was tracked with; it is polled there, whatever the setting says now. */
  readonly gateway: string;
  readonly id: string;
  /** Where the gateway knows it; `null` until that has shown. */
  readonly endpoint: Endpoint | null;
  /** The name a person gave it. */
  readonly label: string | null;
  readonly trackedAt: number;

  readonly generation: Generation;
  /** The gateway's own status word, as it came. */
  readonly statusWord: string | null;
  readonly model: string | null;
  readonly createdAt: number | null;
  /** Length of the clip in seconds, as the gateway states it. */
  readonly actualDuration: number | null;
  /** Why the generation failed, in the gateway's words. */
  readonly error: string | null;
  /** The last response's body, as it came. */
  readonly rawAnswer: string | null;
  readonly answeredAt: number | null;
  /** The last response that said it was not finished yet: the clip's link was born after it. */
  readonly unfinishedAt: number | null;
  readonly completedSeenAt: number | null;
  readonly videoUrl: string | null;
  /** When the link is assumed to expire: its own signature's word, else 24 h after its earliest possible birth. */
  readonly linkExpiresAt: number | null;

  /** Why the last poll failed; `null` after a response. */
  readonly problem: ProblemKind | null;
  readonly problemText: string | null;
  /** Polls since the last response. */
  readonly failedAsks: number;
  /** Since when, without a response between, the gateway has denied knowing the id, and how often. */
  readonly deniedSince: number | null;
  readonly denials: number;
  /** When the last poll ended. */
  readonly askedAt: number | null;
  /** When to poll next; `null` when there is nothing more to poll. */
  readonly nextPollAt: number | null;

  readonly file: FileState;
  /** Where the saved clip is: an absolute path, or a URI where only VS Code reaches it. */
  readonly filePath: string | null;
  /** bytes */
  readonly fileSize: number | null;
  /** s */
  readonly fileDuration: number | null;
  /** Whether the saved file is known to play. `notChecked`: it is kept all the same, and `fileCheckText` says why. */
  readonly fileCheck: 'plays' | 'notChecked' | null;
  /** Why the file could not be checked. */
  readonly fileCheckText: Unchecked | null;
  /** The folder that this clip goes to, where the person or the workspace that tracked it says so; as `filePath`. */
  readonly saveFolder: string | null;
  /** The name that a person chose for the clip's file, without its ending. */
  readonly saveName: string | null;
  /** The version of the file of that name which the person has agreed to have replaced; no other is overwritten. */
  readonly saveReplaces: string | null;
  /** What has been downloaded so far, as JSON; the saver's own. */
  readonly part: string | null;
  /** When the media host last said that there is nothing under the link. */
  readonly linkRefusedAt: number | null;
  /** Why the last attempt to save failed; `null` after success. */
  readonly saveProblem: SaveProblem | null;
  /** What belongs to the problem: a status, a host, the system's words. */
  readonly saveProblemText: string | null;
  /** Attempts to save that failed. */
  readonly failedSaves: number;
  /** When to try saving next; `null` when there is nothing to try. */
  readonly nextSaveAt: number | null;

  /** When the user was notified of how it ended. */
  readonly notifiedAt: number | null;
  /** The latest notification: that it ended, that its clip is not saved yet, that there is no clip, or that it has stalled. */
  readonly told: (typeof TOLD)[number] | null;
  /** When a person first looked at the saved clip. */
  readonly seenAt: number | null;
  /** The request that made the task, as JSON, where Dailies made it. */
  readonly request: string | null;
  /** What the gateway says the task was charged, in its own unit. */
  readonly amount: number | null;
}

/** The facts of a task that an event may change. */
export type TaskPatch = Partial<Omit<Task, 'key' | 'gateway' | 'id' | 'trackedAt'>>;

/** When the task began: the gateway's creation time, unless its clock is ahead of ours. ms since the epoch. */
export function begunAt(task: Pick<Task, 'createdAt' | 'trackedAt'>): number {
  return Math.min(task.trackedAt, task.createdAt ?? task.trackedAt);
}

/** When the clip became ready: when its completion was first seen, if that is known. ms since the epoch. */
export function readyAt(task: Pick<Task, 'completedSeenAt' | 'createdAt' | 'trackedAt'>): number {
  return task.completedSeenAt ?? begunAt(task);
}

/** What the age that a task is shown with is counted from: a saved clip's, from when it became ready. ms since the epoch. */
export function ageFrom(task: Pick<Task, 'file' | 'completedSeenAt' | 'createdAt' | 'trackedAt'>): number {
  return task.file === 'saved' ? readyAt(task) : begunAt(task);
}

/** Whether the gateway has nothing more to say about the generation. */
export function isFinal(generation: Generation): boolean {
  return generation === 'completed' || generation === 'failed' || generation === 'cancelled';
}

/** Whether the task may still be rendering, as far as anyone knows. */
export function isUnderWay(task: Task): boolean {
  return !isFinal(task.generation) && task.generation !== 'notFound' && task.generation !== 'stalled';
}

/** Whether a problem is one of the key, that a person solves by another one. */
export function lacksKey(problem: ProblemKind | null): boolean {
  return problem === 'noKey' || problem === 'keyRejected' || problem === 'keyUnreadable';
}

/** Whether the clip is ready and nobody has looked at it yet. */
export function isUnseen({ file, seenAt }: Pick<Task, 'file' | 'seenAt'>): boolean {
  return file === 'saved' && seenAt === null;
}

/** The facts of a clip whose file is where it belongs: nothing is left to do, and nothing is wrong. */
export const SAVED = {
  file: 'saved',
  saveProblem: null,
  saveProblemText: null,
  failedSaves: 0,
  nextSaveAt: null,
  linkRefusedAt: null,
  part: null,
} as const satisfies TaskPatch;

/** Whether there is a link that a person can open or copy: a clip can also be contained in the response. */
export function hasLink({ videoUrl }: Pick<Task, 'videoUrl'>): boolean {
  return videoUrl !== null && !videoUrl.startsWith('data:');
}

/** Whether there is a link to save a clip from that is not saved. */
export function isSavable({ videoUrl, file }: Pick<Task, 'videoUrl' | 'file'>): boolean {
  return videoUrl !== null && file !== 'saved';
}

/** States in which saving has stopped. */
const AT_REST: readonly FileState[] = ['none', 'failed', 'expired'];

/** Whether the clip was saved once, and its file is somewhere else now; also where it was to be saved again in vain. */
export function isLocatable({ file, filePath }: Pick<Task, 'file' | 'filePath'>): boolean {
  return file === 'missing' || (filePath !== null && AT_REST.includes(file));
}

/** Whether the clip is being saved, or will be tried again. */
export function isBeingSaved({ file }: Pick<Task, 'file'>): boolean {
  return file === 'waiting' || file === 'downloading' || file === 'failed';
}

/** The prompt, where Dailies created the task. */
export function promptOf({ request }: Pick<Task, 'request'>): string | null {
  try {
    const parsed: unknown = JSON.parse(request ?? 'null');
    const prompt = typeof parsed === 'object' && parsed !== null && 'prompt' in parsed ? parsed.prompt : null;
    return typeof prompt === 'string' ? prompt : null;
  } catch {
    // An imported task can carry anything.
    return null;
  }
}
