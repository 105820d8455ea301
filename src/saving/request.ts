import axios, { type AxiosResponse } from 'axios';
import { lookup } from 'node:dns/promises';
import type { Readable } from 'node:stream';
import { messageOf } from '../base/errors.ts';
import { USER_AGENT } from '../base/userAgent.ts';
import { SaveError } from './errors.ts';
import { linkAlternatives } from './linkAlternatives.ts';
import { checkLink, fitAddresses, refused, secured, type MediaRules } from './mediaRules.ts';

/** The media host's response: its head, and its body as it comes. */
export interface MediaResponse {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Readable;
}

type Headers = Readonly<Record<string, string>>;

const MOST_REDIRECTS = 5;

/** What a host says that has nothing in one of the two places that a link can mean. */
const NOT_HERE: ReadonlySet<number> = new Set([404]);

/** What hosts say to a request whose key they do not want, or want none: a signed link and a key are one too many for S3. */
const KEY_UNWANTED: ReadonlySet<number> = new Set([400, 401, 403]);

/**
 * Requests a clip from the media host. Follows redirects itself, with the same checks for each; connects to the very address
 * that was checked, where no proxy connects for us. A link on the gateway's own origin is sent its key, as long as it leads
 * nowhere else, and is looked for in both places that it can mean. Resolves to a response of any status but a redirect's.
 * Rejects with a `SaveError`, or when `signal` is aborted.
 */
export async function requestMedia(
  link: string,
  headers: Headers,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<MediaResponse> {
  const [first = link, other] = linkAlternatives(link, rules.gateway?.base ?? '');
  const attempt = async (target: string): Promise<MediaResponse> => follow(target, headers, rules, signal);
  return other === undefined
    ? attempt(first)
    : firstUnless(
        NOT_HERE,
        () => attempt(first),
        () => attempt(other),
      );
}

/** What the first request comes to, or, where that is a status that is not wanted, the second. */
async function firstUnless(
  unwanted: ReadonlySet<number>,
  attempt: () => Promise<MediaResponse>,
  attemptAgain: () => Promise<MediaResponse>,
): Promise<MediaResponse> {
  const response = await attempt();
  if (!unwanted.has(response.status)) {
    return response;
  }
  response.body.destroy();
  return attemptAgain();
}

async function follow(
  link: string,
  headers: Headers,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<MediaResponse> {
  const home = URL.parse(rules.gateway?.base ?? '')?.origin;
  const tried = new Set<string>();
  let target = link;
  let isHome = true;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const url = checkLink(target, rules);
    if (url.protocol !== URL.parse(target)?.protocol && tried.has(url.href)) {
      // Over https it leads to itself over http: there is no other way to it.
      throw refused(target);
    }
    tried.add(url.href);
    rules.onRequest?.(url);
    isHome &&= url.origin === home;
    const key = isHome ? await rules.gateway?.key() : undefined;
    const response = await requestWithKey(url, key, headers, rules, signal).catch(async (error: unknown) => {
      const isUnanswered = error instanceof SaveError && error.problem === 'unreachable';
      if (!isUnanswered || URL.parse(target)?.protocol !== 'http:') {
        throw error;
      }
      if (url.protocol === 'https:') {
        throw refused(target, { cause: error });
      }
      // What listens on this machine may speak https all the same.
      return send(secured(url), headers, rules, signal).catch(() => Promise.reject(error));
    });
    const location = response.header('location');
    if (response.status < 300 || response.status > 399 || location === undefined) {
      return response;
    }
    response.body.destroy();
    target = locationOf(location, url);
  }
  throw new SaveError('redirects', String(MOST_REDIRECTS));
}

/** Where a redirect leads. Node reads headers as latin1; the bytes are kept, as browsers do, and are mostly UTF-8. */
function locationOf(location: string, from: URL): string {
  const ascii = location.replace(/[\x80-\xff]/g, byte => `%${byte.charCodeAt(0).toString(16)}`);
  return URL.parse(ascii, from.href)?.href ?? ascii;
}

/** Sends the request with a key if there is one, and once more without it if the host does not want it. */
async function requestWithKey(
  url: URL,
  key: string | undefined,
  headers: Headers,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<MediaResponse> {
  const attempt = async (extra: Headers): Promise<MediaResponse> =>
    send(url, { ...headers, ...extra }, rules, signal);
  return key === undefined
    ? attempt({})
    : firstUnless(
        KEY_UNWANTED,
        () => attempt({ Authorization: `Bearer ${key}` }),
        () => attempt({}),
      );
}

async function send(
  url: URL,
  headers: Headers,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<MediaResponse> {
  try {
    // No agent of ours: VS Code puts its own in place of it, for proxies and certificates, or lets it pass by a proxy.
    const response: AxiosResponse<Readable> = await axios.get<Readable>(url.href, {
      adapter: 'http',
      proxy: false,
      maxRedirects: 0,
      responseType: 'stream',
      headers: { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': USER_AGENT, ...headers },
      decompress: false,
      validateStatus: () => true,
      // The connection is made to one of the addresses that were checked, not to a second lookup's result.
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
    // axios wraps what the connection threw, our own refusal of an address included. Its own error carries the key.
    const cause = axios.isAxiosError(error) ? (error.cause ?? new Error(error.message)) : error;
    throw cause instanceof SaveError ? cause : new SaveError('unreachable', messageOf(cause), { cause });
  }
}
