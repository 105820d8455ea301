import type { DurationWindow } from './durations.ts';
import { mediumOf } from '../tasks/family.ts';
import type { Task } from '../tasks/task.ts';

/** Tasks that take about equally long: one model in one mode. */
export interface TaskKind {
  /** Names the kind in the history. */
  readonly name: string;
  /** How long documentation says that such tasks take. */
  readonly window: DurationWindow;
}

/** The properties of a request that determine how long its task takes. */
interface Request {
  readonly duration?: unknown;
  readonly seconds?: unknown;
  readonly first_image?: unknown;
  readonly input_reference?: unknown;
  readonly image_urls?: unknown;
}

/** Where nothing is documented: "a few minutes" (api.md section 7). */
const ANY: DurationWindow = { from: 60, to: 480 };

/** The documented windows, s (api.md section 7; Grok's from the query page of docs.globalaiopc.com). */
export function kindOf(task: Pick<Task, 'model' | 'request'>): TaskKind {
  const model = (task.model ?? '').toLowerCase();
  const request = readRequest(task.request);
  const kind = (mode: string, from: number, to: number): TaskKind => ({
    name: mode === '' ? model : `${model} ${mode}`,
    window: { from, to },
  });
  if (model.startsWith('veo')) {
    if (request.first_image !== undefined) {
      return kind('frames', 180, 300);
    }
    const hasReference = request.input_reference !== undefined || request.image_urls !== undefined;
    return hasReference ? kind('reference', 120, 240) : kind('', 120, 300);
  }
  if (model === 'grok_video3') {
    const { duration } = request;
    if (typeof duration !== 'number') {
      return kind('', 120, 480);
    }
    return duration <= 10 ? kind('to 10 s', 120, 240) : kind('over 10 s', 240, 480);
  }
  if (model.startsWith('grok')) {
    return kind('', 180, 360);
  }
  if (mediumOf(model) !== 'video') {
    // The documentation polls them every 2 to 5 s, so they take less than a minute.
    return kind('', 5, 60);
  }
  if (model.includes('sora')) {
    return soraKind(request, kind);
  }
  if (/^seedance[-_]1[-_.]5/.test(model)) {
    return model.includes('1080p') ? kind('', 180, 480) : kind('', 120, 300);
  }
  return { name: model, window: ANY };
}

/** Sora's grow with the length of the video, as far as its request is known: 10, 15 and 25 s are documented. */
function soraKind(
  { duration, seconds }: Request,
  kind: (mode: string, from: number, to: number) => TaskKind,
): TaskKind {
  const length = Number(duration ?? seconds ?? 0);
  if (length > 15) {
    return kind('over 15 s', 300, 900);
  }
  return length > 10 ? kind('over 10 s', 180, 480) : kind('', 120, 300);
}

function readRequest(request: string | null): Request {
  try {
    const parsed: unknown = JSON.parse(request ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    // An imported task can carry anything: its kind is then the model's.
    return {};
  }
}
