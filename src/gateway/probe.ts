import axios, { type AxiosResponse } from 'axios';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { SECOND, type Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { USER_AGENT } from '../base/userAgent.ts';
import { readResponse } from './responseBody.ts';
import type { WireResponse } from './wire.ts';
import { withoutKey } from './withoutKey.ts';

/** How long the gateway may take for one response, ms. */
const TIME_OUT = 30 * SECOND;

/** A response with all that a check of the gateway looks at. */
export interface ProbeResponse extends WireResponse {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** From sending until the head of the response came, ms. */
  readonly took: number;
  /** When its head came, ms since the epoch. */
  readonly at: number;
  /** `null` where the connection is not encrypted. */
  readonly tls: TlsFacts | null;
}

export interface TlsFacts {
  /** Such as `TLSv1.3`; empty where it is not known. */
  readonly protocol: string;
  /** Who has issued the certificate; empty where it is not known. */
  readonly issuer: string;
  /** Until when the certificate holds, ms since the epoch; `null` where it is not known. */
  readonly validTo: number | null;
}

/** What a probe comes to: a response of any status, or why there is none. */
export type Probe = ProbeResponse | { readonly failure: string };

/**
 * Sends one GET request below a gateway's address and gives the response as it is: redirects are not followed. `key` is sent along and
 * is not in what comes back. Rejects only when `signal` is aborted.
 */
export async function probe(
  address: string,
  key: string,
  clock: Clock,
  signal: AbortSignal,
  longest = TIME_OUT,
): Promise<Probe> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
  const sentAt = clock.now();
  try {
    // As in client.ts: VS Code has its own hand in Node's modules for proxies and certificates.
    const response: AxiosResponse<Readable> = await axios.get<Readable>(address, {
      adapter: 'http',
      proxy: false,
      maxRedirects: 0,
      responseType: 'stream',
      validateStatus: () => true,
      headers: { Authorization: `Bearer ${key}`, Accept: 'application/json', 'User-Agent': USER_AGENT },
      signal: stop,
    });
    const at = clock.now();
    const tls = tlsOf(response.request);
    const body = await readResponse(response.data, () => undefined);
    signal.throwIfAborted();
    const headers = headersOf(response);
    const { status } = response;
    const retryAfter = headers['retry-after'];
    return probeWithoutKey({ status, retryAfter, headers, body, took: at - sentAt, at, tls }, key);
  } catch (error) {
    signal.throwIfAborted();
    // Never the error itself, which carries the request's headers.
    return probeWithoutKey({ failure: stop.aborted ? 'timeout' : messageOf(error) }, key);
  }
}

/** The same without the key, which a gateway can repeat in its headers, too. */
export function probeWithoutKey(probed: Probe, key: string): Probe {
  if ('failure' in probed) {
    return { failure: withoutKey(probed.failure, key) };
  }
  const headers = Object.entries(probed.headers).map(([name, value]) => [name, withoutKey(value, key)]);
  return {
    ...probed,
    body: withoutKey(probed.body, key),
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

function headersOf(response: AxiosResponse): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

function tlsOf(request: unknown): TlsFacts | null {
  const socket: unknown =
    typeof request === 'object' && request !== null && 'socket' in request ? request.socket : undefined;
  if (!(socket instanceof TLSSocket)) {
    return null;
  }
  const certificate = socket.getPeerCertificate() as Partial<ReturnType<TLSSocket['getPeerCertificate']>>;
  const validTo = Date.parse(certificate.valid_to ?? '');
  const { O: organization, CN: name } = certificate.issuer ?? {};
  return {
    protocol: socket.getProtocol() ?? '',
    issuer: String(organization ?? name ?? ''),
    validTo: Number.isNaN(validTo) ? null : validTo,
  };
}
