import { randomBytes, randomUUID } from 'node:crypto';

import { type MediaName, mediaFile } from '../fixtures/clips/clips.ts';
import type { LinkStyle } from './signedLinks.ts';

/** How a task ends (api.md 3.2; `cancelled` is documented for Seedance 1.5). */
export type Outcome = 'completed' | 'failed' | 'cancelled';

/** Where a task can be asked about (api.md 3 and 4). */
export type TaskEndpoint = 'result' | 'modelCenter';

/** The documented status words (api.md 3.2). */
export type SimulatedStatus = 'queued' | 'processing' | Outcome;

/** What shall happen to a task. Everything has a default: an 8 s landscape Veo clip, done about three minutes from now. */
export interface TaskPlan {
  /** Default: a new id in the shape of the model's family (api.md 4). */
  readonly id?: string;
  readonly model?: string;
  readonly prompt?: string;
  /** Which endpoint knows it; default the model center for ids that begin with `mcp_`, else the result endpoint. */
  readonly endpoint?: TaskEndpoint;
  /** The clip that it turns out to be; an image or audio where it is called so. */
  readonly clip?: MediaName;
  /** Brings the clip to this many bytes; see `clipBytes`. */
  readonly sizeBytes?: number;
  /** Simulated seconds since it was created; default 0, so that it begins now. */
  readonly ageS?: number;
  /** Simulated seconds it waits in the queue; default 20. */
  readonly queuedS?: number;
  /** Simulated seconds of work after that; default 160, in the middle of the 2-5 min stated for Veo (api.md 7). */
  readonly processingS?: number;
  readonly outcome?: Outcome;
  /** The `error` text of a failed task. */
  readonly error?: string;
  /** What it is charged, as `amount` reports it (api.md 3.1); default: the gateway does not say. */
  readonly amount?: number;
  /** Seconds, as `actualDuration` reports it; default the clip's own. */
  readonly actualDuration?: number;
  /** What the link looks like; default `aws`. */
  readonly linkStyle?: LinkStyle | 'relay';
  /** Simulated seconds the link lives; default the gateway's `linkLifeMs`. */
  readonly linkLifeS?: number;
}

/** A task as the gateway keeps it. Times are simulated ms since the epoch. */
export interface SimulatedTask {
  readonly id: string;
  readonly model: string;
  readonly prompt: string;
  readonly endpoint: TaskEndpoint;
  readonly clip: MediaName;
  readonly sizeBytes: number | undefined;
  readonly createdAt: number;
  readonly processingAt: number;
  readonly endsAt: number;
  readonly outcome: Outcome;
  readonly error: string;
  readonly amount: number | undefined;
  /** Seconds. */
  readonly actualDuration: number;
  readonly linkStyle: LinkStyle | 'relay';
  readonly linkLifeMs: number;
}

/** The task a plan describes, when the simulated time is `now` (ms) and links live `linkLifeMs`. */
export function planTask(plan: TaskPlan, now: number, linkLifeMs: number): SimulatedTask {
  const { model = 'veo_3_1_fast', clip = 'landscape', queuedS = 20, processingS = 160 } = plan;
  const createdAt = now - (plan.ageS ?? 0) * 1000;
  const processingAt = createdAt + queuedS * 1000;
  const id = plan.id ?? (plan.endpoint === 'modelCenter' ? newCenterId() : newTaskId(model));
  return {
    id,
    model,
    prompt: plan.prompt ?? 'Dusk over a mountain range, slow tracking shot',
    endpoint: plan.endpoint ?? (id.startsWith('mcp_') ? 'modelCenter' : 'result'),
    clip,
    sizeBytes: plan.sizeBytes,
    createdAt,
    processingAt,
    endsAt: processingAt + processingS * 1000,
    outcome: plan.outcome ?? 'completed',
    error: plan.error ?? 'Video generation failed',
    amount: plan.amount,
    actualDuration: plan.actualDuration ?? mediaFile(clip).durationS,
    linkStyle: plan.linkStyle ?? 'aws',
    linkLifeMs: plan.linkLifeS === undefined ? linkLifeMs : plan.linkLifeS * 1000,
  };
}

/** Where a task stands at a simulated time (ms). */
export function statusAt(task: SimulatedTask, now: number): SimulatedStatus {
  if (now < task.processingAt) return 'queued';
  if (now < task.endsAt) return 'processing';
  return task.outcome;
}

/** A new id in the documented shape: `video_<uuid>` for Grok, `vgen_…` for all else (api.md 1, 2 and 4). */
export function newTaskId(model: string): string {
  return model.startsWith('grok') ? `video_${randomUUID()}` : `vgen_${randomBytes(12).toString('hex')}`;
}

/** A new id of the model center (api.md 4). */
function newCenterId(): string {
  return `mcp_${randomBytes(10).toString('hex')}`;
}
