import { Readable } from 'node:stream';
import { readInlineLink } from '../gateway/inlineClip.ts';
import { SaveError } from './errors.ts';
import { requestInline } from './inlineBody.ts';
import type { MediaRules } from './mediaRules.ts';
import { requestMedia, type MediaResponse } from './request.ts';

/** The rest of a clip, on its way. */
export interface Rest {
  readonly response: MediaResponse;
  /** Where in the clip it begins, bytes. */
  readonly start: number;
  /** How much comes with this response, bytes, where the media host says so. */
  readonly length: number | null;
  /** How long the whole clip is, bytes, where the media host says so. */
  readonly total: number | null;
  /** Whether it is a part, after which there may be more. */
  readonly isPart: boolean;
  /** What the media host calls this version of the clip; `null` when it gives it no name that can be relied on. */
  readonly validator: string | null;
}

/** What is there of a clip already, and of which version of it. */
export interface Beginning {
  readonly size: number;
  /** How long the whole clip was then, where that is known. */
  readonly total?: number | null;
  readonly validator: string | null;
  /** Whether it came a moment ago, in a part: it is continued, also where its version has no name. */
  readonly isFresh?: boolean;
}

/** Nothing is there yet. */
export const NOTHING: Beginning = { size: 0, total: null, validator: null };

/** A date is a safe name only for what was not changed twice within its second (RFC 9110, 8.8.2.2), ms. */
const SETTLED = 60_000;

/**
 * Requests what is missing of a clip (Range with If-Range, RFC 9110, 13.1.5 and 14), and the whole of it where that is not
 * available or is not what was requested; `start` is where the response begins. A host may send a part even if the whole was
 * requested (`isPart`). Rejects with a `SaveError` for any other response.
 */
export async function requestRest(
  link: string,
  beginning: Beginning,
  rules: MediaRules,
  signal: AbortSignal,
): Promise<Rest> {
  const { size, total = null, validator, isFresh = false } = beginning;
  const goesOn = size > 0 && (validator !== null || isFresh);
  const condition = validator === null ? {} : { 'If-Range': validator };
  const wanted = goesOn ? { Range: `bytes=${size}-`, ...condition } : {};
  const inline = readInlineLink(link);
  const response = inline
    ? await requestInline(inline, rules, signal)
    : await requestMedia(link, wanted, rules, signal);
  const { status } = response;
  const range = contentRange(response);
  const isWhole = status === 200 || status === 203 || (status === 206 && !goesOn && isUnranged(response));
  if (isWhole) {
    const length = promisedLength(response);
    return { response, start: 0, length, total: length, isPart: false, validator: validatorOf(response) };
  }
  if (status === 206 && !goesOn && range?.start === 0) {
    return { response, ...lengthsOf(range), start: 0, isPart: true, validator: validatorOf(response) };
  }
  const isSame = goesOn && isSameVersion(response, beginning, range);
  if (isSame && status === 206 && range?.start === size) {
    const lengths = lengthsOf(range);
    return { response, ...lengths, start: size, total: lengths.total ?? total, isPart: true, validator };
  }
  response.body.destroy();
  const isAllThere = range === undefined ? isFresh && total === null : range.total === size;
  if (isSame && status === 416 && isAllThere) {
    const nothing = { ...response, body: Readable.from([]) };
    return { response: nothing, start: size, length: 0, total: size, isPart: false, validator };
  }
  if (goesOn && (status === 206 || status === 416)) {
    return requestRest(link, NOTHING, rules, signal);
  }
  throw new SaveError('status', String(status));
}

/** What a `Content-Range` says: `bytes 100-199/200`; with an asterisk for what is not known, or in a response 416. */
interface ContentRange {
  readonly start: number | null;
  readonly end: number | null;
  readonly total: number | null;
}

function contentRange(response: MediaResponse): ContentRange | undefined {
  const [, start, end, total] =
    /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/i.exec(response.header('content-range')?.trim() ?? '') ?? [];
  const known = (text: string | undefined): number | null =>
    text === undefined || text === '*' ? null : Number(text);
  // One that ends before it begins says nothing (RFC 9110, 14.4).
  const isInvalid = total === undefined || Number(end ?? 0) < Number(start ?? 0);
  return isInvalid ? undefined : { start: known(start), end: known(end), total: known(total) };
}

/** Where the part begins that a response says it is; `undefined` where it says nothing. */
export function partStart(response: MediaResponse): number | undefined {
  return contentRange(response)?.start ?? undefined;
}

function lengthsOf({ start, end, total }: ContentRange): Pick<Rest, 'length' | 'total'> {
  return { length: start === null || end === null ? null : end + 1 - start, total };
}

/** A 206 that does not say which part it is, to a request for the whole: some proxies call the whole clip so. */
function isUnranged(response: MediaResponse): boolean {
  const type = response.header('content-type') ?? '';
  return response.header('content-range') === undefined && !/^multipart\//i.test(type);
}

function isSameVersion(
  response: MediaResponse,
  { total = null, validator }: Beginning,
  range: ContentRange | undefined,
): boolean {
  const name =
    validator === null ? null : (response.header(isDate(validator) ? 'last-modified' : 'etag') ?? null);
  const isSameLength = total === null || (range?.total ?? total) === total;
  return (name === null || name === validator) && isSameLength;
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

function isDate(validator: string): boolean {
  return !validator.startsWith('"');
}

function promisedLength(response: MediaResponse): number | null {
  const header = response.header('content-length') ?? '';
  return /^\d+$/.test(header) ? Number(header) : null;
}
