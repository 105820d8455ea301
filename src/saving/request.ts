import axios, { type AxiosResponse } from 'axios';
import { lookup } from 'node:dns/promises';
import type { Readable } from 'node:stream';
import { messageOf } from '../base/errors.ts';
import { SaveError } from './errors.ts';
import { checkLink, fitAddresses, type MediaRules } from './mediaRules.ts';
import { tappableAgents } from './tap.ts';

/** What the media host answered: its head, and its body as it comes. */
export interface MediaResponse {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Readable;
}

const MOST_REDIRECTS = 5;

/**
 * Asks the media host for a clip. Sends no key; follows redirects by hand, with the same checks for each; connects to
 * the very address that was checked. Resolves to an answer of any status but a redirect's. Rejects with a `SaveError`,
 * or when `signal` is aborted.
 */
export async function requestMedia(
  link: string,
  headers: Readonly<Record<string, string>>,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<MediaResponse> {
  let url = checkLink(link, rules);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await send(url, headers, rules, signal);
    const target = response.header('location');
    if (response.status < 300 || response.status > 399 || target === undefined) {
      return response;
    }
    response.body.destroy();
    url = checkLink(URL.parse(target, url.href)?.href ?? target, rules);
  }
  throw new SaveError('redirects', String(MOST_REDIRECTS));
}

async function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<MediaResponse> {
  try {
    const response: AxiosResponse<Readable> = await axios.get<Readable>(url.href, {
      adapter: 'http',
      ...tappableAgents,
      proxy: false,
      maxRedirects: 0,
      responseType: 'stream',
      headers: { 'Accept-Encoding': 'identity', ...headers },
      decompress: false,
      validateStatus: () => true,
      // The connection is made to one of the addresses that were checked, not to a second answer of the name service.
      lookup: async (hostname: string) => {
        const found = await lookup(hostname, { all: true });
        return [
          fitAddresses(found, hostname, rules).map(({ address, family }) => ({
            address,
            family: family === 6 ? 6 : 4,
          })),
        ];
      },
      signal,
    });
    return {
      status: response.status,
      header: name => {
        const value: unknown = response.headers[name];
        return typeof value === 'string' ? value : undefined;
      },
      body: response.data,
    };
  } catch (error) {
    signal.throwIfAborted();
    // axios wraps what the connection threw, our own refusal of an address included.
    const cause = axios.isAxiosError(error) && error.cause ? error.cause : error;
    throw cause instanceof SaveError ? cause : new SaveError('unreachable', messageOf(cause), { cause });
  }
}
