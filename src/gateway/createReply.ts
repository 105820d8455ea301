import type { ProblemKind } from '../tasks/task.ts';
import { isSafeId } from '../tasks/taskInput.ts';
import { isObject, parseResponse, nodesIn, type JsonObject } from './responseTree.ts';
import { briefResponse } from './briefResponse.ts';
import { envelopeProblems, isEnvelope } from './envelope.ts';
import { isFailureInside, problemInWords } from './refusal.ts';
import { findFacts } from './taskFacts.ts';
import { findStatus } from './taskStatus.ts';
import { readRetryAfter, type WireResponse } from './wire.ts';
import { firstWords, wordsOf } from './words.ts';

/**
 * What came of one create request. Only `accepted` is known to be charged, and only `refused` and `notSent` are known not to be:
 * whatever else happened is `unknown`, and must not be sent again without a person's word.
 */
export type CreateReply =
  | {
      readonly kind: 'accepted';
      readonly id: string;
      readonly model: string | null;
      /** ms since the epoch. */
      readonly createdAt: number | null;
      readonly raw: string;
    }
  /** A clear error response: no task was made, as far as is known. */
  | { readonly kind: 'refused'; readonly problem: ProblemKind; readonly text: string; readonly raw: string }
  /** The request did not reach the gateway, or the gateway is rate-limiting: safe to send again. */
  | {
      readonly kind: 'notSent';
      readonly problem: ProblemKind;
      readonly text: string;
      /** How long the gateway wants no requests, ms; `null` where it does not say. */
      readonly retryAfter: number | null;
    }
  /** It may have been made. */
  | { readonly kind: 'unknown'; readonly problem: ProblemKind; readonly text: string; readonly raw: string };

/** Where a create response names its task, in order of trust (api.md section 4). */
const ID_FIELDS = ['id', 'task_id', 'taskId', 'projectId', 'project_id', 'video_id', 'videoId'] as const;

/** How much of a page is kept that came in place of JSON, characters. */
const LONGEST_PAGE = 2_000;

/** Statuses with which a server turns a request away before it does anything with it. */
const TURNED_AWAY: ReadonlySet<number> = new Set([
  301, 307, 308, 400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 417, 421, 422, 426, 428, 431,
  451, 501,
]);

/** Statuses of something on the way that has passed nothing on: 407 is a proxy's. */
const NOT_PASSED_ON: ReadonlySet<number> = new Set([407, 429]);

/** Reads the response to a create request; never throws. */
export function readCreateReply(response: WireResponse): CreateReply {
  const { status, body } = response;
  const root = parseResponse(body);
  if (root && (status < 200 || status > 299) && namedTaskIn(root) !== undefined) {
    // Whatever the status says: a task with a state of its own was made.
    return unknown('refused', wordsIn(root, body, status), body);
  }
  if (NOT_PASSED_ON.has(status)) {
    return notSent(status === 429 ? 'rateLimited' : 'refused', wordsIn(root, body, status), response);
  }
  if (status >= 200 && status <= 299) {
    return root
      ? readSuccess(root, response)
      : unknown('notJson', firstWords(body) ?? `HTTP ${status}`, body);
  }
  const text = wordsIn(root, body, status);
  // A relay may have one HTTP status for all that goes wrong: what it says clearly counts, whatever the status.
  const said = root ? problemInWords(text) : undefined;
  if (said === 'rateLimited') {
    return notSent(said, text, response);
  }
  if (said !== undefined || (TURNED_AWAY.has(status) && !isFailureInside(text))) {
    return { kind: 'refused', problem: said ?? problemOf(status), text, raw: brief(body) };
  }
  return unknown('server', text, body);
}

function readSuccess(root: JsonObject, response: WireResponse): CreateReply {
  const { body } = response;
  const id = idIn(root);
  // What names the task and says how it is doing may say what is wrong with the task, not with the request.
  const problem = namedTaskIn(root) === undefined ? envelopeProblems(root)[0] : undefined;
  if (problem === undefined) {
    return id === undefined
      ? unknown('unexpected', wordsOf(root) ?? '', body)
      : { kind: 'accepted', id, ...accepted(root), raw: brief(body) };
  }
  const text = problem.words ?? `code ${problem.code ?? ''}`.trim();
  if (id !== undefined) {
    return unknown('refused', text, body);
  }
  const said = problemInWords(text);
  if (said === 'rateLimited' || problem.httpStatus === 429) {
    return notSent('rateLimited', text, response);
  }
  // A code that means a server's failure says as little of the request as that failure does.
  return said === undefined && ((problem.httpStatus ?? 0) >= 500 || isFailureInside(text))
    ? unknown('server', text, body)
    : {
        kind: 'refused',
        problem: said ?? problemOf(problem.httpStatus ?? 400),
        text,
        raw: brief(body),
      };
}

/** The id of a task that a response names, and says how it is doing. */
function namedTaskIn(root: JsonObject): string | undefined {
  const status = findStatus(root, false);
  return status?.isNamed === true && !status.isLoose ? idIn(root) : undefined;
}

/** The id of the task that was made: the outermost object's that names one, and an envelope's own only where there is no other. */
function idIn(root: JsonObject): string | undefined {
  const found = [...nodesIn(root)].flatMap(({ value }) => {
    const id = isObject(value) ? ownId(value) : undefined;
    return id === undefined ? [] : [{ id, isOuter: isObject(value) && isEnvelope(value) }];
  });
  return (found.find(one => !one.isOuter) ?? found[0])?.id;
}

function ownId(object: JsonObject): string | undefined {
  return ID_FIELDS.map(name => object[name])
    .map(id => (typeof id === 'number' ? String(id) : id))
    .find((id): id is string => typeof id === 'string' && isSafeId(id));
}

function accepted(root: JsonObject): { model: string | null; createdAt: number | null } {
  const { model, createdAt } = findFacts(root);
  return { model, createdAt };
}

function wordsIn(root: JsonObject | undefined, body: string, status: number): string {
  const words = root ? wordsOf(root) : firstWords(body);
  return words === undefined ? `HTTP ${status}` : `HTTP ${status}: ${words}`;
}

function problemOf(status: number): ProblemKind {
  switch (status) {
    case 401:
    case 204:
      return 'keyRejected';
    case 402:
      return 'outOfCredit';
    case 404:
      return 'wrongAddress';
    case 301:
    case 307:
    case 308:
      return 'redirected';
    default:
      return 'refused';
  }
}

/** As much of a response as is kept, whatever it is. */
function brief(body: string): string {
  try {
    return briefResponse(body);
  } catch {
    return body.slice(0, LONGEST_PAGE);
  }
}

function notSent(problem: ProblemKind, text: string, response: WireResponse): CreateReply {
  return { kind: 'notSent', problem, text, retryAfter: readRetryAfter(response.retryAfter) };
}

function unknown(problem: ProblemKind, text: string, body: string): CreateReply {
  return { kind: 'unknown', problem, text, raw: brief(body) };
}
