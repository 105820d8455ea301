import { lacksKey, type ProblemKind, type Task } from './task.ts';

/** The wish to have one video made: written down before anything is sent, and sent at most once. */
export interface Intent {
  readonly key: number;
  /** Random; the same in every copy of the list. */
  readonly id: string;
  /** What was confirmed together, random: what goes wrong with one holds the rest. */
  readonly batch: string;
  /** The gateway's address it is sent to, whatever the setting says later. */
  readonly gateway: string;
  readonly family: string;
  readonly model: string;
  /** The exact body that is sent, JSON. */
  readonly body: string;
  /** What the body is known by: the same for the same request. */
  readonly hash: string;
  /** The name of the task that comes of it. */
  readonly label: string | null;
  /** Where the clip is to be saved, as with a task. */
  readonly saveFolder: string | null;
  /** The shot file it was written in, its heading, and which take of it this is. */
  readonly file: string | null;
  readonly section: string | null;
  readonly take: number | null;
  /** The clip whose frame it starts from, as tasks hold it. */
  readonly source: string | null;
  /** What it is expected to cost, in the gateway's own unit, and how that is known; `null` where nothing is known. */
  readonly estimate: number | null;
  readonly estimateSource: EstimateSource | null;
  readonly madeBy: Maker;
  /** What an agent knows its wish by, with the first video of it; no two are the same. */
  readonly requestKey: string | null;
  /** When the person wanted it, ms since the epoch. */
  readonly createdAt: number;

  readonly state: IntentState;
  /** Why it was refused, not sent, or may have been made. */
  readonly problem: IntentProblem | null;
  readonly problemText: string | null;
  /** The gateway's response, shortened where it is long. */
  readonly response: string | null;
  /** The window that sends it, or sent it last. */
  readonly owner: string | null;
  /** Until when that window is believed to be at it, ms since the epoch. */
  readonly until: number | null;
  /** When it was sent, ms since the epoch. */
  readonly sentAt: number | null;
  /** When its state became final, or a person's decision, ms since the epoch. */
  readonly settledAt: number | null;
  /** The gateway's id of the task that it became. */
  readonly taskId: string | null;
  /** What a person said of one that may have been made. */
  readonly resolution: Resolution | null;
}

/**
 * `waiting` to be sent, `sending`, then: `accepted`: it is a task; `refused` by a clear error; `notSent`: it did not go out, and can be
 * sent; `unknown`: it may have been made, and is never sent again without a person's word; `dropped` by a person before it was sent.
 */
export const INTENT_STATES = [
  'waiting',
  'sending',
  'accepted',
  'refused',
  'notSent',
  'unknown',
  'dropped',
] as const;
export type IntentState = (typeof INTENT_STATES)[number];

/** `lost`: the window that was sending it is gone. `held`: one before it in its batch went wrong. `repaired`: the list was. `late`: it has waited too long. */
export type IntentProblem = ProblemKind | 'lost' | 'held' | 'repaired' | 'late';

/** The person's word on one that may have been made: its id was found, it was not made, or another was sent all the same. */
export type Resolution = 'found' | 'notMade' | 'sentAgain';

/** How a price is known: the person's own table, or what earlier tasks of the kind were charged. */
export type EstimateSource = 'table' | 'learned';

/** Who wanted it. */
export type Maker = 'person' | 'agent';

/** What an intent is made with. */
export type NewIntent = Pick<
  Intent,
  | 'batch'
  | 'gateway'
  | 'family'
  | 'model'
  | 'body'
  | 'hash'
  | 'label'
  | 'saveFolder'
  | 'file'
  | 'section'
  | 'take'
  | 'source'
  | 'estimate'
  | 'estimateSource'
  | 'madeBy'
> &
  Partial<Pick<Intent, 'requestKey'>>;

/** Whether it may have cost something, or will: what counts against a limit. */
export function counts({ state, resolution }: Pick<Intent, 'state' | 'resolution'>): boolean {
  return (
    state === 'waiting' ||
    state === 'sending' ||
    state === 'accepted' ||
    (state === 'unknown' && resolution !== 'notMade')
  );
}

/** Whether a person has to decide on it. */
export function needsDecision({ state, resolution }: Pick<Intent, 'state' | 'resolution'>): boolean {
  return state === 'refused' || state === 'notSent' || (state === 'unknown' && resolution === null);
}

/** When its request went out, ms since the epoch; `null` where none did, though it was tried. */
export function sentAtOf({ state, sentAt }: Pick<Intent, 'state' | 'sentAt'>): number | null {
  return state === 'waiting' || state === 'notSent' || state === 'dropped' ? null : sentAt;
}

/** Whether another key would help. */
export function isKeyProblem(problem: IntentProblem | null): boolean {
  // What only intents have is about something else.
  return lacksKey(problem as ProblemKind | null);
}

/** What the task that comes of an intent knows from it. */
export function originOf(
  intent: Intent,
): Pick<Task, 'request' | 'label' | 'saveFolder' | 'shotFile' | 'shot' | 'take' | 'source'> {
  const { body, label, saveFolder, file, section, take, source } = intent;
  return { request: body, label, saveFolder, shotFile: file, shot: section, take, source };
}
