import { isoTime } from '../base/clock.ts';
import { plain } from '../base/plainText.ts';
import { knownRequestOf } from '../tasks/request.ts';
import { shotOf } from '../tasks/shot.ts';
import { begunAt, isFinal, promptOf, type Task } from '../tasks/task.ts';
import { needsDecision, type Intent } from '../tasks/intent.ts';
import type { ToolServices } from './services.ts';

type Facts = Readonly<Record<string, unknown>>;

/** Anything that could be opened: an agent gets no link, whoever has written it. */
const LINK = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+|\bdata:[^\s"'<>]+/gi;

/** How much of foreign words is given, characters. */
const LONGEST = 500;

/** Fields of a request that name images. */
const IMAGES: readonly string[] = ['first_image', 'last_image', 'input_reference', 'image_urls'];

/** Words without what could be opened. */
export function withoutLinks(text: string): string {
  return text.replace(LINK, '(link)');
}

/** Foreign words as an agent gets them: without links, and not too many. */
export function safeText(text: string | null | undefined, most = LONGEST): string | undefined {
  const line = withoutLinks(plain(text ?? '')).trim();
  return line === '' ? undefined : line.length > most ? `${line.slice(0, most)}…` : line;
}

/** What one word says of a video. */
export type VideoState = 'in_progress' | 'saving' | 'ready' | 'failed' | 'not_saved';

export function stateOf({ generation, file }: Pick<Task, 'generation' | 'file'>): VideoState {
  if (file === 'saved') {
    return 'ready';
  }
  if (generation === 'failed' || generation === 'cancelled') {
    return 'failed';
  }
  if (generation !== 'completed') {
    return 'in_progress';
  }
  return file === 'waiting' || file === 'downloading' ? 'saving' : 'not_saved';
}

/** A task as it stands in an agent's list. */
export function briefFacts(task: Task, { nameOf, timeLeft }: ToolServices): Facts {
  const shot = shotOf(task);
  return {
    id: task.id,
    name: safeText(nameOf(task)),
    state: stateOf(task),
    ...(isFinal(task.generation) ? {} : { generation: task.generation, time_left: timeLeft(task) }),
    path: task.file === 'saved' ? (task.filePath ?? undefined) : undefined,
    model: safeText(task.model),
    shot_file: shot?.shotFile ?? undefined,
    section: shot?.shot ?? undefined,
    take: task.take ?? undefined,
    decision: task.verdict ?? undefined,
    started: isoTime(begunAt(task)),
  };
}

/** All that an agent may know of a task. */
export function fullFacts(task: Task, services: ToolServices): Facts {
  const intent = services.store.intents.ofTask(task.gateway, task.id);
  return {
    ...briefFacts(task, services),
    generation: task.generation,
    file: task.file,
    prompt: safeText(promptOf(task), 4_000),
    parameters: parametersOf(task),
    note: safeText(task.note),
    seconds: task.fileDuration ?? task.actualDuration ?? undefined,
    bytes: task.fileSize ?? undefined,
    plays: task.file === 'saved' ? task.fileCheck === 'plays' : undefined,
    charged: task.amount ?? undefined,
    estimate: intent?.estimate ?? undefined,
    completed: isoTime(task.completedSeenAt) ?? undefined,
    error: safeText(task.error),
    problem: task.problem ?? undefined,
    save_problem: task.saveProblem ?? undefined,
    next_check: isoTime(task.nextPollAt) ?? undefined,
  };
}

function parametersOf(task: Task): Facts | undefined {
  const request = knownRequestOf(task)?.request;
  const fields = Object.entries(request ?? {}).filter(([name]) => name !== 'model' && name !== 'prompt');
  return fields.length === 0
    ? undefined
    : Object.fromEntries(
        fields.map(([name, value]) =>
          IMAGES.includes(name)
            ? [name, `${[value].flat().length} image(s)`]
            : [name, typeof value === 'string' ? safeText(value) : value],
        ),
      );
}

/** A video that is no task yet, or may never be one, and what the agent is to do about it. */
export function intentFacts(intent: Intent, { reasonOf }: ToolServices): Facts {
  const { id, state, estimate, taskId, resolution } = intent;
  return {
    request_id: id,
    ...(taskId === null ? {} : { id: taskId }),
    request_state: state === 'unknown' && resolution === 'notMade' ? 'not_made' : wordOf(state),
    estimate: estimate ?? undefined,
    problem: needsDecision(intent) ? safeText(reasonOf(intent)) : undefined,
    what_now: whatNow(intent),
  };
}

function wordOf(state: Intent['state']): string {
  return state === 'notSent' ? 'not_sent' : state;
}

function whatNow({ state, resolution }: Intent): string {
  switch (state) {
    case 'waiting':
    case 'sending':
      return 'It is being sent. Call dailies_wait_for_video with this request_id; do not request it under another request_key.';
    case 'accepted':
      return 'The gateway is making it. Call dailies_wait_for_video with this id.';
    case 'refused':
      return 'The gateway refused it; nothing was made, as far as is known. Change the request and use a new request_key.';
    case 'notSent':
      return 'It was not sent, so nothing was charged. The person can send it from the list of Dailies.';
    case 'unknown':
      return resolution === 'notMade'
        ? 'The person says that it was not made.'
        : 'Nobody knows whether the gateway made it, and it may have been charged: do not try again. Tell the person, who decides in the list of Dailies.';
    case 'dropped':
      return 'The person has cancelled it.';
  }
}
