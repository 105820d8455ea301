import { messageOf } from '../base/errors.ts';
import type { LinkProbe } from '../gateway/checkSeen.ts';
import { SaveError } from './errors.ts';
import type { MediaRules } from './mediaRules.ts';
import { requestMedia } from './request.ts';

/** As pages in VS Code name themselves to hosts, which then say what they allow them. */
const ORIGIN = 'vscode-webview://dailies';

/** So much is requested, bytes: what begins a clip. */
const RANGE = 'bytes=0-1';

/**
 * Looks at what is under a clip's link by its first two bytes, with the rules of a download. Never rejects, but for `signal`: what goes
 * wrong is what there is to see.
 */
export async function probeLink(link: string, rules: MediaRules, signal: AbortSignal): Promise<LinkProbe> {
  const hosts: string[] = [];
  const onRequest = ({ host }: URL): void => {
    hosts.push(host);
  };
  try {
    const headers = { Range: RANGE, Origin: ORIGIN };
    const response = await requestMedia(link, headers, { ...rules, onRequest }, signal);
    const { status } = response;
    const header = (name: string): string | undefined => response.header(name);
    response.body.destroy();
    const [, size] = /\/(\d+)$/.exec(header('content-range') ?? '') ?? [];
    const length = size ?? (status === 200 ? header('content-length') : undefined);
    return {
      status,
      hosts,
      contentType: header('content-type') ?? '',
      hasRange: status === 206 && header('content-range') !== undefined,
      size: length === undefined ? null : Number(length),
      hasEtag: header('etag') !== undefined,
      hasLastModified: header('last-modified') !== undefined,
      allowsOrigin: header('access-control-allow-origin') ?? '',
    };
  } catch (error) {
    signal.throwIfAborted();
    const isOurs = error instanceof SaveError;
    return { failure: isOurs ? `${error.problem}: ${error.detail}` : messageOf(error) };
  }
}
