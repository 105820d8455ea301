import axios from 'axios';
import type { Readable } from 'node:stream';
import { SECOND } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { USER_AGENT } from '../base/userAgent.ts';
import type { Reply } from '../tasks/reply.ts';
import type { ProblemKind } from '../tasks/task.ts';
import { readResponse, TooMuchText } from './responseBody.ts';
import { endpointsOf, resultAddress, type ResultQuery } from './resultAddress.ts';
import { readResult, type WireResponse } from './wire.ts';
import { withoutKey } from './withoutKey.ts';

/** How long the gateway may take to start its response, ms: it responds from memory, so a slow response is a lost one. */
const TIME_OUT = 30 * SECOND;

/** How long one request may take in all, ms, since a response can contain a clip; less than the poller waits. */
const LONGEST_RESPONSE = 38 * SECOND;

/** A response that has something large in it, bytes. */
const LARGE = 64 * 1024;

// VS Code patches Node's http(s) modules for proxies and certificates: axios must not do so a second time, and an agent of ours would
// be replaced, or lead past the proxy.
const requests = axios.create({
  adapter: 'http',
  proxy: false,
  // The key must not follow a redirect to somewhere else.
  maxRedirects: 0,
  responseType: 'stream',
  validateStatus: () => true,
});

/** Why there is no response. */
type NoResponse = Extract<Reply, { kind: 'requestFailed' }>;

/**
 * Requests the status of one task, at the address that the task was tracked with, and from each endpoint that may know it. Resolves to what came
 * of it, whatever happens; rejects only when `signal` is aborted.
 */
export async function requestTask(
  task: ResultQuery,
  key: string,
  signal: AbortSignal,
  log: Log,
): Promise<Reply> {
  let denial: Reply | undefined;
  for (const endpoint of endpointsOf(task)) {
    const response = await requestResult({ ...task, endpoint }, key, signal, log);
    const reply =
      'kind' in response
        ? response
        : readResult(response, task.gateway, task.id, { prefersResult: endpoint === 'modelCenter' });
    if ('response' in reply) {
      return { ...reply, endpoint };
    }
    if (!isConclusive(reply) || (!denial && !isDenial(reply))) {
      return reply;
    }
    denial =
      [denial, reply].find(one => one?.kind === 'requestFailed' && one.problem === 'notFound') ??
      denial ??
      reply;
  }
  return denial ?? { kind: 'requestFailed', problem: 'notFound', text: '', retryAfter: null };
}

/** Whether this endpoint does not know the task, or the gateway not the endpoint. */
function isDenial(reply: Reply): boolean {
  return reply.kind === 'requestFailed' && (reply.problem === 'notFound' || reply.problem === 'wrongAddress');
}

/** Whether a reply is about the endpoint and the task: what the gateway, the key or the connection is about says nothing of them. */
function isConclusive(reply: Reply): boolean {
  const others = ['network', 'timeout', 'rateLimited', 'server', 'outOfCredit'];
  return reply.kind === 'requestFailed' && !others.includes(reply.problem);
}

/** As `requestTask`, before anyone has judged what the gateway says. The key is not in it, even if the gateway repeats it. */
export async function requestResult(
  task: ResultQuery,
  key: string,
  signal: AbortSignal,
  log: Log,
): Promise<WireResponse | NoResponse> {
  const late = new AbortController();
  const stop = AbortSignal.any([signal, late.signal, AbortSignal.timeout(LONGEST_RESPONSE)]);
  const timer = setTimeout(() => {
    late.abort();
  }, TIME_OUT);
  let received = 0;
  try {
    const response = await requests.get<Readable>(resultAddress(task), {
      headers: { Authorization: `Bearer ${key}`, Accept: 'application/json', 'User-Agent': USER_AGENT },
      signal: stop,
    });
    const onBytes = (count: number): void => {
      received += count;
      if (received > LARGE) {
        clearTimeout(timer);
      }
    };
    const body = await readResponse(response.data, onBytes);
    signal.throwIfAborted();
    log.debug(`Asked about ${task.id}: HTTP ${response.status}`);
    const retryAfter: unknown = response.headers['retry-after'];
    return {
      status: response.status,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      // A page of errors can repeat the request's headers.
      body: withoutKey(body, key),
    };
  } catch (error) {
    signal.throwIfAborted();
    const problem = problemOf(error, stop.aborted, received > LARGE);
    // Never the error object itself: it carries the request's headers, and with them the key.
    const text = problem === 'timeout' ? '' : withoutKey(messageOf(error), key);
    return { kind: 'requestFailed', problem, text, retryAfter: null };
  } finally {
    clearTimeout(timer);
  }
}

/** Why a request got no complete response. One that is only too large or too slow does not mean that the gateway is unreachable. */
function problemOf(error: unknown, isLate: boolean, isLarge: boolean): ProblemKind {
  if (error instanceof TooMuchText || (isLate && isLarge)) {
    return 'unexpected';
  }
  return isLate ? 'timeout' : 'network';
}
