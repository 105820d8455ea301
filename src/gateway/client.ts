import axios from 'axios';
import http from 'node:http';
import https from 'node:https';
import { SECOND } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Reply, Task } from '../tasks/task.ts';
import { readResult } from './wire.ts';

/** How long one question may take in all, ms: the gateway answers from its memory, so a slow answer is a lost one. */
const TIME_OUT = 30 * SECOND;

/** A result is a few hundred bytes; raw answers are kept, so this also bounds the store. Bytes. */
const LARGEST_BODY = 1024 * 1024;

// VS Code patches Node's http(s) modules for proxies and certificates: axios must not do so a second time.
const requests = axios.create({
  adapter: 'http',
  proxy: false,
  // The key must not follow a redirect to somewhere else.
  maxRedirects: 0,
  maxContentLength: LARGEST_BODY,
  responseType: 'text',
  transformResponse: (body: unknown) => body,
  validateStatus: () => true,
  httpAgent: new http.Agent({ keepAlive: true }),
  httpsAgent: new https.Agent({ keepAlive: true }),
});

/**
 * Asks the gateway about one task, at the address the task was tracked with. Resolves to what came of it, whatever
 * happens; rejects only when `signal` is aborted.
 */
export async function askAbout(
  task: Pick<Task, 'gateway' | 'id'>,
  key: string,
  signal: AbortSignal,
  log: Log,
): Promise<Reply> {
  const timeOut = AbortSignal.timeout(TIME_OUT);
  try {
    const response = await requests.get<string>(`${task.gateway}/v1/result/${encodeURIComponent(task.id)}`, {
      headers: { Authorization: `Bearer ${key}`, Accept: 'application/json' },
      signal: AbortSignal.any([signal, timeOut]),
    });
    log.debug(`Asked about ${task.id}: HTTP ${response.status}`);
    const retryAfter: unknown = response.headers['retry-after'];
    return readResult(
      {
        status: response.status,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        // A page of errors can repeat the request's headers.
        body: withoutKey(response.data, key),
      },
      task.gateway,
      task.id,
    );
  } catch (error) {
    signal.throwIfAborted();
    // Never the error object itself: it carries the request's headers, and with them the key.
    return {
      kind: 'couldNotAsk',
      problem: timeOut.aborted ? 'timeout' : 'network',
      text: timeOut.aborted ? '' : withoutKey(messageOf(error), key),
      retryAfter: null,
    };
  }
}

/** A text without the key, should it have it in it. What is too short to be a key stays, being everywhere. */
function withoutKey(text: string, key: string): string {
  return key.length < 8 ? text : text.replaceAll(key, '…');
}
