import axios from 'axios';
import { codeOf, messageOf } from '../base/errors.ts';
import { LARGEST_OUTPUT, LONGEST_UPLOAD, publicLink, shortened, UploadError } from './uploaders.ts';

/** What PicGo says of an upload; it promises nothing. */
interface PicGoReply {
  readonly success?: unknown;
  readonly result?: unknown;
  readonly message?: unknown;
  readonly msg?: unknown;
}

/**
 * Has PicGo's local server upload a file, and gives its link. Rejects with an `UploadError`, or with the reason of `signal` when that is
 * aborted: PicGo may upload it all the same.
 */
export async function uploadByPicGo(
  address: string,
  path: string,
  signal: AbortSignal,
  longest = LONGEST_UPLOAD,
): Promise<string> {
  const late = AbortSignal.timeout(longest);
  try {
    const { status, data } = await axios.post<unknown>(
      uploadAddress(address),
      { list: [path] },
      {
        adapter: 'http',
        proxy: false,
        maxRedirects: 0,
        maxContentLength: LARGEST_OUTPUT,
        validateStatus: () => true,
        signal: AbortSignal.any([signal, late]),
      },
    );
    return linkIn(status, data);
  } catch (error) {
    if (error instanceof UploadError) {
      throw error;
    }
    signal.throwIfAborted();
    if (late.aborted) {
      throw new UploadError({ kind: 'timeout' });
    }
    throw new UploadError(
      codeOf(error) === 'ECONNREFUSED'
        ? { kind: 'notRunning' }
        : { kind: 'failed', text: shortened(messageOf(error)) },
    );
  }
}

/** `/upload` below the address of the server. The query, which may hold a key, stays. */
function uploadAddress(address: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/(?:\/upload)?$/, '/upload');
  return url.href;
}

function linkIn(status: number, data: unknown): string {
  if (typeof data !== 'object' || data === null || !('success' in data)) {
    throw new UploadError({ kind: 'notPicGo', text: `HTTP ${status}` });
  }
  const { success, result, message, msg }: PicGoReply = data;
  if (success !== true) {
    const words = [message, msg, result].find(one => typeof one === 'string' && one.trim() !== '');
    throw new UploadError({ kind: 'failed', text: shortened(typeof words === 'string' ? words : '') });
  }
  const first: unknown = Array.isArray(result) ? result[0] : result;
  return publicLink(typeof first === 'string' ? first : '');
}
