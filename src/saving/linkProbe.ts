import { messageOf } from '../base/errors.ts';
import type { LinkProbe, RangeSupport } from '../gateway/checkSeen.ts';
import { SaveError } from './errors.ts';
import type { MediaRules } from './mediaRules.ts';
import { requestMedia } from './request.ts';

/** As pages in VS Code name themselves to hosts, which then say what they allow them. */
const ORIGIN = 'vscode-webview://dailies';

/** What is requested: two bytes, but not the first, which servers that read no range give as well. */
const RANGE = 'bytes=1-2';

/**
 * Looks at what is under a clip's link by two of its first bytes, with the rules of a download. Never rejects, but for `signal`: what goes
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
      coding: header('content-encoding') ?? '',
      range: rangeOf(status, header('content-range')),
      size: length === undefined ? null : Number(length),
      hasEtag: header('etag') !== undefined,
      hasLastModified: header('last-modified') !== undefined,
      allowsOrigin: header('access-control-allow-origin') ?? '',
    };
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof SaveError
      ? { problem: error.problem, failure: error.detail, hosts }
      : { problem: 'unreachable', failure: messageOf(error), hosts };
  }
}

function rangeOf(status: number, contentRange: string | undefined): RangeSupport {
  if (status !== 206) {
    return 'none';
  }
  return contentRange === undefined ? 'unstated' : /^bytes 1-/i.test(contentRange) ? 'given' : 'others';
}
