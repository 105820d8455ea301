import { Readable } from 'node:stream';
import { SaveError } from './errors.ts';
import type { MediaRules } from './mediaRules.ts';
import { requestMedia, type MediaResponse } from './request.ts';

/** The rest of a clip, on its way. */
export interface Rest {
  readonly response: MediaResponse;
  /** Where in the clip it begins, bytes. */
  readonly start: number;
  /** How much comes with this answer, bytes, where the media host says so. */
  readonly length: number | null;
  /** How long the whole clip is, bytes, where the media host says so. */
  readonly total: number | null;
  /** What the media host calls this version of the clip; `null` when it gives it no name that can be relied on. */
  readonly validator: string | null;
}

/** What is there of a clip already, and of which version of it. */
export interface Beginning {
  readonly size: number;
  /** How long the whole clip was then, where that is known. */
  readonly total?: number | null;
  readonly validator: string | null;
}

/** Nothing is there yet. */
export const NOTHING: Beginning = { size: 0, total: null, validator: null };

/** A date is a safe name only for what was not changed twice within its second (RFC 9110, 8.8.2.2), ms. */
const SETTLED = 60_000;

/**
 * Asks for what is missing of a clip (Range with If-Range, RFC 9110, 13.1.5 and 14), and for the whole of it where that
 * cannot be had or is not what was asked for: `start` tells which. Rejects with a `SaveError` for any other answer.
 */
export async function requestRest(
  link: string,
  beginning: Beginning,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<Rest> {
  const { size, total = null, validator } = beginning;
  const isResumed = size > 0 && validator !== null;
  const headers = isResumed ? { Range: `bytes=${size}-`, 'If-Range': validator } : {};
  const response = await requestMedia(link, headers, rules, signal);
  const { status } = response;
  const length = promisedLength(response);
  if (status === 200) {
    return { response, start: 0, length, total: length, validator: validatorOf(response) };
  }
  const range = contentRange(response);
  const name = response.header(isDate(validator) ? 'last-modified' : 'etag') ?? null;
  const isSameLength = total === null || range?.total === null || range?.total === total;
  const isSameVersion = (name === null || name === validator) && isSameLength;
  if (isResumed && isSameVersion && status === 206 && range?.start === size) {
    return { response, start: size, length, total: range.total, validator };
  }
  response.body.destroy();
  if (isResumed && isSameVersion && status === 416 && range?.total === size) {
    // All of it was there already.
    return {
      response: { ...response, body: Readable.from([]) },
      start: size,
      length: 0,
      total: size,
      validator,
    };
  }
  if (isResumed && (status === 206 || status === 416)) {
    return requestRest(link, NOTHING, rules, signal);
  }
  throw new SaveError('status', String(status));
}

/** A strong ETag, else a date that is old enough to mean one version only. */
function validatorOf(response: MediaResponse): string | null {
  const etag = response.header('etag');
  if (etag?.startsWith('"')) {
    return etag;
  }
  const modified = response.header('last-modified');
  const age = Date.parse(response.header('date') ?? '') - Date.parse(modified ?? '');
  return modified !== undefined && age >= SETTLED ? modified : null;
}

function isDate(validator: string | null): boolean {
  return validator !== null && !validator.startsWith('"');
}

function promisedLength(response: MediaResponse): number | null {
  const header = response.header('content-length');
  return header === undefined ? null : Number(header);
}

/** `bytes 100-199/200`, or in an answer 416 with an asterisk for the range. */
function contentRange(response: MediaResponse): { start: number | null; total: number | null } | undefined {
  const [, start, total] =
    /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(response.header('content-range') ?? '') ?? [];
  const known = (text: string | undefined): number | null =>
    text === undefined || text === '*' ? null : Number(text);
  return total === undefined ? undefined : { start: known(start), total: known(total) };
}
