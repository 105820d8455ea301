import { MINUTE } from '../base/clock.ts';
import type { Records, TaskRecord } from '../store/videoRecords.ts';
import { counts, type Intent, type IntentState, type Maker } from '../tasks/intent.ts';
import { begunAt } from '../tasks/task.ts';

/** How a video ended. `lost`: it was made, and its clip could not be saved. `unknown`: nobody can say. `inProgress`: it has not ended. */
export const OUTCOMES = ['delivered', 'inProgress', 'failed', 'unknown', 'lost'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One video that was made, or may have been. */
export interface MadeVideo {
  /** When it was started, or now for one that is still to be sent; ms since the epoch, never in the future. */
  readonly at: number;
  readonly gateway: string;
  /** The gateway's ID of its task; `null` where there is none. */
  readonly id: string | null;
  readonly name: string | null;
  readonly model: string;
  /** The workspace folder of its shot file; `null` where it has none. */
  readonly workspace: string | null;
  /** Who wanted it; `null` for one that was started elsewhere. */
  readonly madeBy: Maker | null;
  readonly outcome: Outcome;
  /** In the gateway's own unit; `null` where nothing is known. */
  readonly amount: number | null;
  /** Whether the gateway has said the amount; it is an estimate otherwise. */
  readonly isCharged: boolean;
  /** The length of its clip, s. */
  readonly seconds: number | null;
  readonly isPicked: boolean;
  /** From its start until it was completed, s; `null` where nobody was looking when it was. */
  readonly wait: number | null;
}

/** Between two polls that are further apart than this, nobody knows when a task was completed, ms. */
const MOST_UNSEEN = 10 * MINUTE;

/** Everything that was made, each video once, oldest first: also what is no longer in the list. */
export function madeVideos(
  { intents, tasks }: Records,
  chargeOf: (gateway: string, taskId: string) => number | undefined,
  now: number,
): MadeVideo[] {
  const byId = new Map(tasks.map(task => [nameOf(task), task]));
  const seen = new Set<string>();
  const made = intents.filter(counts).flatMap((intent): MadeVideo[] => {
    const { gateway, taskId } = intent;
    if (taskId === null) {
      return [ofIntent(intent, undefined, null, now)];
    }
    const name = nameOf({ gateway, id: taskId });
    const isFirst = !seen.has(name);
    seen.add(name);
    const task = byId.get(name);
    const charge = (task ? task.amount : chargeOf(gateway, taskId)) ?? null;
    return isFirst ? [ofIntent(intent, task, charge, now)] : [];
  });
  const others = tasks.filter(task => task.isMade === 0 && isVideo(task)).map(task => ofTask(task, now));
  return [...made, ...others].toSorted((a, b) => a.at - b.at);
}

function nameOf({ gateway, id }: Pick<TaskRecord, 'gateway' | 'id'>): string {
  return JSON.stringify([gateway, id]);
}

/** Of an ID that no gateway has known so far, nobody can say that it is a video. */
function isVideo({ generation, unfinishedAt }: TaskRecord): boolean {
  return (generation !== 'unknown' && generation !== 'notFound') || unfinishedAt !== null;
}

function ofIntent(
  intent: Intent,
  task: TaskRecord | undefined,
  charge: number | null,
  now: number,
): MadeVideo {
  const { gateway, model, label, file, estimate, madeBy, state, createdAt, sentAt, taskId } = intent;
  return {
    at: state === 'waiting' ? now : Math.min(now, sentAt ?? createdAt),
    gateway,
    id: taskId,
    name: task?.label ?? label,
    model,
    workspace: workspaceOf(file),
    madeBy,
    outcome: task ? outcomeOf(task) : endOf(state, charge),
    amount: charge ?? estimate,
    isCharged: charge !== null,
    ...clipOf(task),
  };
}

function ofTask(task: TaskRecord, now: number): MadeVideo {
  const { gateway, id, label, model, shotFile, amount } = task;
  return {
    at: Math.min(now, begunAt(task)),
    gateway,
    id,
    name: label,
    model: model ?? '',
    workspace: workspaceOf(shotFile),
    madeBy: null,
    outcome: outcomeOf(task),
    amount,
    isCharged: amount !== null,
    ...clipOf(task),
  };
}

/** Where nothing is left of a task, its charge says that it was completed. */
function endOf(state: IntentState, charge: number | null): Outcome {
  if (state === 'unknown') {
    return 'unknown';
  }
  return state === 'accepted' ? (charge === null ? 'unknown' : 'delivered') : 'inProgress';
}

function clipOf(task: TaskRecord | undefined): Pick<MadeVideo, 'seconds' | 'isPicked' | 'wait'> {
  return {
    seconds: task?.fileDuration ?? task?.actualDuration ?? null,
    isPicked: task?.verdict === 'picked',
    wait: task ? waitOf(task) : null,
  };
}

function waitOf(task: TaskRecord): number | null {
  const { completedSeenAt, unfinishedAt } = task;
  const from = begunAt(task);
  return completedSeenAt === null || completedSeenAt - Math.max(from, unfinishedAt ?? 0) > MOST_UNSEEN
    ? null
    : Math.max(0, completedSeenAt - from) / 1_000;
}

function outcomeOf({ generation, file, hasLink, isPolled, isRemoved }: TaskRecord): Outcome {
  switch (generation) {
    case 'completed':
      return file === 'expired' || (hasLink === 0 && file === 'none' && isPolled === 0)
        ? 'lost'
        : 'delivered';
    case 'failed':
    case 'cancelled':
      return 'failed';
    case 'notFound':
    case 'stalled':
      return 'unknown';
    case 'unknown':
    case 'queued':
    case 'processing':
    case 'unrecognised':
      return isRemoved === 1 ? 'unknown' : 'inProgress';
  }
}

/** The folder that a shot file's path begins with; one outside of all workspaces has none. */
function workspaceOf(file: string | null): string | null {
  return file === null || /^(?:[/\\]|[a-z]:[/\\]|[a-z][\w+.-]+:)/i.test(file)
    ? null
    : (file.split('/')[0] ?? null);
}
