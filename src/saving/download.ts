import axios, { type AxiosResponse } from 'axios';
import { lookup } from 'node:dns/promises';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HOUR, SECOND } from '../base/clock.ts';
import { codeOf, messageOf } from '../base/errors.ts';
import { asSaveError, SaveError } from './errors.ts';
import { checkAddress, checkLink, type MediaRules } from './mediaRules.ts';

/** The largest clip taken, bytes: far above any clip, far below what would fill a disk unseen. */
const LARGEST_CLIP = 2 * 1024 ** 3;

const MOST_REDIRECTS = 5;

/** How long a transfer may stand still, ms. */
const STALL = 60 * SECOND;

/** How long a transfer may take in all, ms: a drop now and then must not hold one of two places for ever. */
const LONGEST_TRANSFER = HOUR;

/**
 * Downloads a clip into `path`, replacing what is there, and flushes it to the disk. Sends no key, follows redirects
 * by hand with the same checks, and rejects with a `SaveError` unless every promised byte came.
 * Resolves to the size in bytes.
 */
export async function download(
  link: string,
  path: string,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<number> {
  const stall = new AbortController();
  const stop = AbortSignal.any([signal, stall.signal, AbortSignal.timeout(LONGEST_TRANSFER)]);
  const timer = setTimeout(() => {
    stall.abort();
  }, STALL);
  try {
    const response = await request(link, rules, stop);
    const promised = promisedLength(response);
    let size = 0;
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        timer.refresh();
        size += chunk.length;
        done(size > LARGEST_CLIP ? new SaveError('tooLarge') : null, chunk);
      },
    });
    await pipeline(response.data, counted, createWriteStream(path), { signal: stop });
    if (promised !== undefined && size !== promised) {
      throw new SaveError('incomplete', `${size} / ${promised}`);
    }
    await flush(path);
    return size;
  } catch (error) {
    signal.throwIfAborted();
    if (stop.aborted) {
      throw new SaveError('stalled', '', { cause: error });
    }
    throw isOfTheNetwork(error)
      ? new SaveError('unreachable', messageOf(error), { cause: error })
      : asSaveError(error);
  } finally {
    clearTimeout(timer);
  }
}

async function request(
  link: string,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<AxiosResponse<Readable>> {
  let url = checkLink(link, rules);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await send(url, rules, signal);
    if (response.status >= 200 && response.status < 300) {
      refusePage(response);
      return response;
    }
    response.data.destroy();
    const target = headerOf(response, 'location');
    if (response.status < 300 || response.status > 399 || target === undefined) {
      throw new SaveError('status', String(response.status));
    }
    url = checkLink(URL.parse(target, url.href)?.href ?? target, rules);
  }
  throw new SaveError('redirects', String(MOST_REDIRECTS));
}

async function send(url: URL, rules: MediaRules, signal: AbortSignal): Promise<AxiosResponse<Readable>> {
  try {
    return await axios.get<Readable>(url.href, {
      adapter: 'http',
      proxy: false,
      maxRedirects: 0,
      responseType: 'stream',
      headers: { 'Accept-Encoding': 'identity' },
      decompress: false,
      validateStatus: () => true,
      // The connection is made to the address that was checked, not to a second answer of the name service.
      lookup: async (hostname: string) => {
        const { address, family } = await lookup(hostname);
        checkAddress(address, hostname, rules);
        return [address, family === 6 ? 6 : 4];
      },
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    // axios wraps what the connection threw, our own refusal of an address included.
    const cause = axios.isAxiosError(error) && error.cause ? error.cause : error;
    throw cause instanceof SaveError ? cause : new SaveError('unreachable', messageOf(cause), { cause });
  }
}

/** Whether a broken transfer is the connection's fault and not the disk's. */
function isOfTheNetwork(error: unknown): boolean {
  return (
    axios.isAxiosError(error) ||
    /^(ECONN|ENET|EHOST|EAI_|EPIPE|ETIMEDOUT|ERR_STREAM|HPE_)/.test(codeOf(error) ?? '')
  );
}

/** A page in place of a video: a login wall or an error that came with HTTP 200. */
function refusePage(response: AxiosResponse<Readable>): void {
  const type = headerOf(response, 'content-type') ?? '';
  if (/^(text\/|application\/(json|xml))/i.test(type)) {
    response.data.destroy();
    throw new SaveError('page', type.split(';')[0] ?? type);
  }
}

function promisedLength(response: AxiosResponse<Readable>): number | undefined {
  const header = headerOf(response, 'content-length');
  return header === undefined ? undefined : Number(header);
}

function headerOf(response: AxiosResponse<Readable>, name: string): string | undefined {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : undefined;
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
