import type { Reply, TaskResponse } from '../tasks/reply.ts';
import { isTooMuch, parseResponse, type JsonObject } from './responseTree.ts';
import { envelopeProblems, type EnvelopeProblem } from './envelope.ts';
import { findReason } from './failureReason.ts';
import { foreignTask } from './foreignTask.ts';
import { briefResponse } from './briefResponse.ts';
import { findOtherResult } from './otherResult.ts';
import { problemInWords, refusalOf } from './refusal.ts';
import { findFacts } from './taskFacts.ts';
import { findStatus, type Status } from './taskStatus.ts';
import { findLink, type LinkOptions } from './videoLink.ts';
import { codeWordOf, firstWords, shortened, wordsOf } from './words.ts';

/** One HTTP response of the gateway, before anyone has judged it. */
export interface WireResponse {
  readonly status: number;
  /** The `Retry-After` header as it came. */
  readonly retryAfter?: string | undefined;
  readonly body: string;
}

/** Codes in an envelope that are about the request, whatever else is next to them: no task fails with these. */
const ABOUT_REQUEST: ReadonlySet<number> = new Set([401, 403, 404, 408, 425, 429]);

/**
 * Reads the response to `GET /v1/result/{id}`, in whatever shape it is. Never throws. Says `completed` or `failed` only where a
 * successful response carries such a status word that is not its envelope's; everything else is a reason why the task could not be
 * polled. `base` is the gateway's address, against which a link without a host is resolved; `id` distinguishes the task from others.
 */
export function readResult(
  response: WireResponse,
  base: string,
  id?: string,
  options: LinkOptions = {},
): Reply {
  const root = parseResponse(response.body, id);
  if (response.status < 200 || response.status > 299) {
    return readRefusal(response, root, id);
  }
  if (!root) {
    return {
      kind: 'requestFailed',
      problem: isTooMuch(response.body) ? 'unexpected' : 'notJson',
      text: firstWords(response.body) ?? '',
      retryAfter: null,
    };
  }
  const problems = envelopeProblems(root, id);
  const hard = problems.find(problem => isAboutRequest(problem));
  if (hard) {
    return refusalInEnvelope(hard, response, id);
  }
  const found = findLink(root, base, id, options);
  const status = findStatus(root, found !== undefined, id);
  const soft = problems.find(problem => !problem.isNamed && !(status && !status.isLoose));
  if (soft) {
    return refusalInEnvelope(soft, response, id);
  }
  if (!status || isEnvelopesFailure(status, root)) {
    return readWithoutStatus(root, status, id);
  }
  const foreign = id === undefined ? undefined : foreignTask(root, id);
  if (foreign !== undefined) {
    return {
      kind: 'requestFailed',
      problem: 'unexpected',
      text: `id: ${shortened(foreign)}`,
      retryAfter: null,
    };
  }
  const facts = findFacts(root, id);
  const link = found?.link ?? findOtherResult(root, base, facts.model, id) ?? null;
  return replyOf(status, root, facts, link, response.body, id);
}

/** `Retry-After` in seconds or as a date, in ms from `now`; `null` when absent or unreadable. */
export function readRetryAfter(header: string | undefined, now: number = Date.now()): number | null {
  if (header === undefined || header.trim() === '') {
    return null;
  }
  const seconds = Number(header);
  if (Number.isFinite(seconds)) {
    return seconds >= 0 ? seconds * 1000 : null;
  }
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function replyOf(
  status: Status,
  root: JsonObject,
  facts: ReturnType<typeof findFacts>,
  link: string | null,
  body: string,
  id: string | undefined,
): Reply {
  const { generation } = status;
  const hasFailed = generation === 'failed' || generation === 'cancelled';
  const isWithoutVideo = generation === 'completed' && link === null;
  const response: TaskResponse = {
    generation,
    statusWord: shortened(status.word),
    ...facts,
    videoUrl: generation === 'completed' ? link : null,
    error: hasFailed || isWithoutVideo ? findReason(root, hasFailed, id) : null,
    raw: briefResponse(body),
  };
  return { kind: hasFailed ? 'taskFailure' : 'response', response };
}

/** Whether a code preempts any status: in an object that names no task, or one that is about the request. */
function isAboutRequest({ httpStatus, isNamed }: EnvelopeProblem): boolean {
  return httpStatus !== undefined && (!isNamed || ABOUT_REQUEST.has(httpStatus) || httpStatus >= 500);
}

/** Whether "failed" may be said of the request: by what names no task, in words of keys, credit or rates. */
function isEnvelopesFailure(status: Status, root: JsonObject): boolean {
  return (
    status.generation === 'failed' &&
    (status.isLoose || (!status.isNamed && problemInWords(wordsOf(root) ?? '') !== undefined))
  );
}

/** A successful response in which no task speaks: its words may be those of a refusal. */
function readWithoutStatus(root: JsonObject, status: Status | undefined, id: string | undefined): Reply {
  const words = wordsOf(root);
  const refusal = refusalOf({ status: undefined, words, retryAfter: null, isJson: true, id });
  const isVague = refusal.kind === 'requestFailed' && refusal.problem === 'refused' && status === undefined;
  return isVague ? { ...refusal, problem: 'unexpected' } : refusal;
}

function refusalInEnvelope(problem: EnvelopeProblem, response: WireResponse, id: string | undefined): Reply {
  const { httpStatus, code, words, codeWord } = problem;
  const isCoded = code !== undefined && httpStatus === undefined && words?.includes(code) !== true;
  const text =
    words === undefined ? `code ${code ?? ''}`.trim() : isCoded ? `${words} (code ${code})` : words;
  return refusalOf({
    status: httpStatus,
    words,
    codeWord,
    text,
    retryAfter: httpStatus === 429 || (httpStatus ?? 0) >= 500 ? readRetryAfter(response.retryAfter) : null,
    isJson: true,
    id,
  });
}

/** An HTTP status other than 2xx. It never ends a task, whatever its body says. */
function readRefusal(response: WireResponse, root: JsonObject | undefined, id: string | undefined): Reply {
  const { status } = response;
  const words = root ? wordsOf(root) : firstWords(response.body);
  // A gateway may have one HTTP status for all that goes wrong, and say what it was in the body.
  const inBody =
    root &&
    envelopeProblems(root, id).find(({ httpStatus }) => [401, 402, 403, 429].includes(httpStatus ?? 0));
  const effective = [401, 402, 403, 429].includes(status) ? status : (inBody?.httpStatus ?? status);
  const said =
    effective === 404 || effective === 402
      ? words
      : words === undefined
        ? undefined
        : `HTTP ${status}: ${words}`;
  return refusalOf({
    status: effective,
    words,
    codeWord: root && codeWordOf(root),
    text: said ?? (status === 404 ? '' : `HTTP ${status}`),
    retryAfter: readRetryAfter(response.retryAfter),
    isJson: root !== undefined,
    id,
  });
}
