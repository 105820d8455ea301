import axios, { type AxiosResponse } from 'axios';
import { randomUUID } from 'node:crypto';
import {
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { SECOND } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { USER_AGENT } from '../base/userAgent.ts';
import { readCreateReply, type CreateReply } from './createReply.ts';
import { CREATE_PATHS, type Family } from './models.ts';
import { withoutKey } from './withoutKey.ts';

/** How long a create request may take in all, ms: the gateway looks at the images before it responds (making.md: 60 to 120 s). */
export const LONGEST_CREATE = 100 * SECOND;

/** The largest response that is read, bytes; a usual one has a few hundred. */
const LARGEST_RESPONSE = 1024 * 1024;

/** One create request: what is sent where. */
export interface CreateRequest {
  /** The gateway's address. */
  readonly gateway: string;
  readonly family: Family;
  /** The body, byte for byte. */
  readonly body: string;
}

/**
 * Sends one create request, once: nothing is sent again, and no redirect is followed. Always resolves; when `signal` is aborted
 * or the time is up after the request went out, to `unknown`.
 */
export async function sendCreate(
  { gateway, family, body }: CreateRequest,
  key: string,
  signal: AbortSignal,
  log: Log,
): Promise<CreateReply> {
  const wire = new Wire();
  const stop = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_CREATE)]);
  try {
    const response: AxiosResponse<string> = await axios.post(
      gateway + CREATE_PATHS[family],
      Buffer.from(body),
      {
        adapter: 'http',
        // VS Code's patched http(s) knows the proxy.
        proxy: false,
        maxRedirects: 0,
        transport: wire,
        headers: {
          Authorization: `Bearer ${key}`,
          Accept: 'application/json',
          // It is not used again.
          Connection: 'close',
          'Content-Type': 'application/json',
          'User-Agent': USER_AGENT,
        },
        responseType: 'text',
        transformResponse: (text: unknown) => text,
        maxContentLength: LARGEST_RESPONSE,
        validateStatus: () => true,
        signal: stop,
      },
    );
    log.info(`Create request to ${family}: HTTP ${response.status}`);
    const retryAfter: unknown = response.headers['retry-after'];
    return readCreateReply({
      status: response.status,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      body: withoutKey(response.data, key),
    });
  } catch (error) {
    // Never the error object itself: it carries the request's headers, and with them the key.
    const text = withoutKey(messageOf(error), key);
    const problem = stop.aborted ? 'timeout' : 'network';
    log.warn(`Create request to ${family}: ${wire.isOpen ? 'no response' : 'not sent'}: ${text}`);
    return wire.isOpen
      ? { kind: 'unknown', problem, text, raw: '' }
      : { kind: 'notSent', problem, text, retryAfter: null };
  }
}

/**
 * What makes a connection the request's own. One that polls have left may be broken without anybody knowing (the machine slept, the
 * network is another): what is sent over it may have arrived or not. Node's agents never share connections with different values of
 * this option, which a client does not use otherwise. (An agent of its own would not know of VS Code's proxy.)
 */
function ownConnection(): { sessionIdContext: string } {
  return { sessionIdContext: randomUUID().slice(0, 8) };
}

/** Node's own requests, watched for the moment from which the gateway may have got something. */
class Wire {
  /** Whether the connection stood, with its encryption: before that, no byte of the request can have gone out. */
  isOpen = false;

  request(options: RequestOptions, onResponse: (response: IncomingMessage) => void): ClientRequest {
    const isSecure = options.protocol === 'https:';
    const request = isSecure
      ? requestHttps({ ...options, ...ownConnection() }, onResponse)
      : requestHttp(options, onResponse);
    request.once('socket', (socket: Socket & { secureConnecting?: boolean }) => {
      if (socket.connecting || socket.secureConnecting === true) {
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          this.isOpen = true;
        });
      } else {
        this.isOpen = true;
      }
    });
    return request;
  }
}
