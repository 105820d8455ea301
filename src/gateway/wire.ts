import * as v from 'valibot';
import type { Answer, ProblemKind, Reply } from '../tasks/task.ts';

/** One HTTP answer of the gateway, before anyone has judged it. */
export interface WireResponse {
  readonly status: number;
  /** The `Retry-After` header as it came. */
  readonly retryAfter?: string | undefined;
  readonly body: string;
}

/**
 * Status words, lower-cased (api.md 3.2). Documented are queued, processing, completed, failed and cancelled; the
 * rest is what public clients tolerate. A word that is not here is shown as it came, and asking goes on.
 */
const STATUS_WORDS: ReadonlyMap<string, Answer['generation']> = new Map(
  (
    [
      ['queued', 'queued queue pending waiting created submitted accepted not_start'],
      ['processing', 'processing running in_progress progress generating'],
      ['completed', 'completed complete succeeded success done finished ok'],
      ['failed', 'failed fail failure error errored expired'],
      ['cancelled', 'cancelled canceled'],
    ] as const
  ).flatMap(([generation, words]) => words.split(' ').map(word => [word, generation] as const)),
);

/** A field of the wrong type counts as missing: the answer as a whole is still worth reading. */
function lenient<T extends v.GenericSchema>(
  schema: T,
): v.SchemaWithFallback<v.OptionalSchema<T, undefined>, undefined> {
  return v.fallback(v.optional(schema), undefined);
}

const text = v.pipe(v.string(), v.nonEmpty());
const numeric = v.union([v.number(), v.pipe(v.string(), v.nonEmpty(), v.transform(Number))]);
const positive = v.pipe(numeric, v.finite(), v.minValue(Number.MIN_VALUE));
const codeSchema = v.union([v.string(), v.number()]);
const errorSchema = v.union([
  text,
  v.object({ code: lenient(codeSchema), message: lenient(text), type: lenient(text) }),
]);

const urlFields = { video_url: lenient(text), result_url: lenient(text), url: lenient(text) };

const factsSchema = v.object({
  ...urlFields,
  status: lenient(text),
  model: lenient(text),
  created: lenient(positive),
  actualDuration: lenient(positive),
  error: lenient(errorSchema),
  result: lenient(v.object(urlFields)),
});

const bodySchema = v.object({
  ...factsSchema.entries,
  code: lenient(codeSchema),
  msg: lenient(text),
  message: lenient(text),
  data: lenient(factsSchema),
});

type Facts = v.InferOutput<typeof factsSchema>;
type Body = v.InferOutput<typeof bodySchema>;

/** What a top-level `code` is when nothing is wrong (api.md 3.3: docs "0", live 0; 200 seen as well). */
const FINE_CODES: ReadonlySet<string> = new Set(['0', '200']);

/** The key was not accepted: `{code:"204", msg:"登录验证失败"}` at HTTP 200, or an HTTP status in the body. */
const REJECTED_CODES: ReadonlySet<string> = new Set(['204', '401']);
const REJECTED_ERROR = /^(AuthenticationError|Unauthorized)$/i;

/** What the gateway says to a path it does not serve (api.md 0 and 3.3): the address is wrong, not the id. */
const NO_SUCH_ROUTE = /no handler found/i;

/** How much of a foreign text is worth repeating to a person, characters. */
const LONGEST_TEXT = 500;

/**
 * Reads the answer to `GET /v1/result/{id}`. Never throws. Says `completed` or `failed` only where a successful
 * answer carries such a status word; everything else is a reason why the task could not be asked about. `base` is
 * the gateway's address, against which a link without a host is resolved.
 */
export function readResult(response: WireResponse, base: string): Reply {
  const body = parseBody(response.body);
  if (response.status === 429) {
    return couldNotAsk('rateLimited', body && wordsOf(body), readRetryAfter(response.retryAfter));
  }
  if (response.status < 200 || response.status > 299) {
    return readRefusal(response, body);
  }
  if (!body) {
    return couldNotAsk('notJson', firstWords(response.body));
  }
  const facts =
    body.data?.status === undefined ? body : { ...body.data, error: body.data.error ?? body.error };
  if (facts.status === undefined) {
    return readEnvelope(body);
  }
  const statusWord = facts.status.trim();
  const generation = STATUS_WORDS.get(statusWord.toLowerCase().replace(/[\s-]+/g, '_')) ?? 'unrecognised';
  const answer: Answer = {
    generation,
    statusWord: shortened(statusWord),
    model: facts.model === undefined ? null : shortened(facts.model),
    createdAt: readCreated(facts.created),
    videoUrl: readLink(facts, body, base),
    actualDuration: facts.actualDuration ?? null,
    error: shortened(wordsOfError(facts.error) ?? '') || null,
    raw: response.body,
  };
  return { kind: generation === 'failed' || generation === 'cancelled' ? 'taskFailure' : 'answer', answer };
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

function parseBody(body: string): Body | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? v.parse(bodySchema, parsed)
      : undefined;
  } catch {
    // Not JSON: the caller says so with the first words of what came instead.
    return undefined;
  }
}

/** An HTTP status other than 2xx. It never ends a task, whatever its body says. */
function readRefusal(response: WireResponse, body: Body | undefined): Reply {
  const { status } = response;
  const words = body ? wordsOf(body) : firstWords(response.body);
  if (status === 401 || (status === 403 && body)) {
    return { kind: 'keyRejected', text: words ?? `HTTP ${status}` };
  }
  if (body && isKeyRejected(body)) {
    return { kind: 'keyRejected', text: words ?? `HTTP ${status}` };
  }
  if (status === 404) {
    // A page in place of JSON comes from something before the gateway, which knows nothing about the id.
    return couldNotAsk(!body || NO_SUCH_ROUTE.test(words ?? '') ? 'wrongAddress' : 'notFound', words);
  }
  const problem =
    status >= 500 || status === 408 || status === 425 ? 'server' : status < 400 ? 'redirected' : 'refused';
  return couldNotAsk(
    problem,
    words === undefined ? `HTTP ${status}` : `HTTP ${status}: ${words}`,
    readRetryAfter(response.retryAfter),
  );
}

/** A successful answer without a status word: an error envelope (api.md 3.3), or nothing we know. */
function readEnvelope(body: Body): Reply {
  const words = wordsOf(body);
  if (isKeyRejected(body)) {
    return { kind: 'keyRejected', text: words ?? '' };
  }
  if (body.code !== undefined && !FINE_CODES.has(String(body.code))) {
    return couldNotAsk('refused', words === undefined ? `code ${body.code}` : `${words} (code ${body.code})`);
  }
  return couldNotAsk('unexpected', words);
}

function isKeyRejected(body: Body): boolean {
  const error = typeof body.error === 'object' ? body.error : undefined;
  return (
    REJECTED_CODES.has(String(body.code)) ||
    (body.msg ?? '').includes('登录验证失败') ||
    REJECTED_ERROR.test(String(error?.code)) ||
    REJECTED_ERROR.test(error?.type ?? '')
  );
}

function readCreated(created: number | undefined): number | null {
  if (created === undefined) {
    return null;
  }
  // Documented in seconds; one client met milliseconds (api.md 3.1).
  const at = created > 1e12 ? created : created * 1000;
  // The range of a JavaScript date.
  return at <= 8.64e15 ? Math.round(at) : null;
}

/** The first usable link, in the order that public clients use (api.md 3.1). */
function readLink(facts: Facts, body: Body, base: string): string | null {
  for (const place of [facts, body, body.data, facts.result, body.result]) {
    for (const link of [place?.video_url, place?.result_url, place?.url]) {
      const url = link !== undefined && /^(https?:\/\/|\/)/i.test(link) ? URL.parse(link, base) : null;
      if (url && (url.protocol === 'https:' || url.protocol === 'http:')) {
        return url.href;
      }
    }
  }
  return null;
}

function couldNotAsk(problem: ProblemKind, words?: string, retryAfter: number | null = null): Reply {
  return { kind: 'couldNotAsk', problem, text: words ?? '', retryAfter };
}

function wordsOf(body: Body): string | undefined {
  const words = body.msg ?? wordsOfError(body.error) ?? body.message;
  return words === undefined ? undefined : shortened(words);
}

function wordsOfError(error: Facts['error']): string | undefined {
  if (error === undefined || typeof error === 'string') {
    return error;
  }
  const code = error.code === undefined ? undefined : String(error.code);
  return error.message === undefined || code === undefined
    ? (error.message ?? code ?? error.type)
    : `${error.message} (${code})`;
}

/** The words of a page or text that came in place of JSON. */
function firstWords(body: string): string | undefined {
  const words = body
    .slice(0, 10_000)
    .replace(/<(script|style)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? undefined : words.slice(0, 120);
}

function shortened(words: string): string {
  return words.length > LONGEST_TEXT ? `${words.slice(0, LONGEST_TEXT)}…` : words;
}
