import { SaveError } from './errors.ts';
import type { MediaRules } from './mediaRules.ts';
import { partStart, type Rest } from './range.ts';
import { requestMedia } from './request.ts';

/**
 * Requests the rest of a clip, and checks a length that the media host claims if it is more than is allowed: hosts and proxies
 * claim wrong lengths, and repeat them each time. Then the first byte beyond the limit is requested. If there is one, or if that
 * is unknown and the response itself claims to be that long, rejects with a `SaveError`; otherwise `request` is called once more,
 * and the bytes that really come are counted.
 */
export async function requestWithin(
  request: () => Promise<Rest>,
  link: string,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<Rest> {
  const { largest } = rules;
  const rest = await request();
  if (Math.max(rest.total ?? 0, comingOf(rest)) <= largest) {
    return rest;
  }
  // Not left waiting meanwhile: what has come of it would be lost if it breaks off.
  rest.response.body.destroy();
  const isTrue = await hasByteAt(largest, link, rules, signal).catch(() => undefined);
  if (isTrue ?? comingOf(rest) > largest) {
    throw new SaveError('tooLarge', String(largest));
  }
  const again = await request();
  return { ...again, total: null, length: comingOf(again) > largest ? null : again.length };
}

/** Where a response ends, as far as it says so. */
function comingOf({ start, length }: Rest): number {
  return start + (length ?? 0);
}

/** Whether a clip has a byte at a position; `undefined` where the media host does not say. */
async function hasByteAt(
  position: number,
  link: string,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const response = await requestMedia(link, { Range: `bytes=${position}-${position}` }, rules, signal);
  response.body.destroy();
  if (response.status === 416) {
    return false;
  }
  return response.status === 206 && partStart(response) === position ? true : undefined;
}
