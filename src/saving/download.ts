import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { openBody, pour, type Body } from './body.ts';
import { requestWithin } from './claims.ts';
import { refuseOtherThanVideo } from './content.ts';
import { asSaveError, SaveError, Yielded } from './errors.ts';
import type { MediaRules } from './mediaRules.ts';
import { PartFile } from './partFile.ts';
import { PartWriter } from './partWriter.ts';
import { Patience } from './patience.ts';
import { NOTHING, requestRest, type Beginning, type Rest } from './range.ts';
import type { MediaResponse } from './request.ts';

/** How much of a clip is on the disk, and what is known of the whole. */
export type Progress = Required<Pick<Beginning, 'size' | 'total' | 'validator'>>;

/** One attempt to fetch a clip. */
export interface Attempt {
  readonly link: string;
  /** The file that the clip comes together in. */
  readonly path: string;
  /** What an earlier attempt has left there. */
  readonly beginning: Beginning;
  readonly rules: MediaRules;
  /** Detects when a transfer has stalled. */
  readonly clock: Clock;
  /** Whether another clip is waiting for the slot that this attempt has. */
  readonly isAwaited: () => boolean;
  /** Now and then, and when the attempt is over, whatever came of it. */
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/**
 * Downloads a clip into a file, continuing where an earlier attempt stopped if the media host still has the same
 * clip, and flushes it to the disk. Holds a few MiB in memory, whatever the size. Resolves to the size in bytes;
 * rejects with a `SaveError` unless every promised byte came, with `Yielded`, or with the signal's reason.
 */
export async function download(attempt: Attempt): Promise<number> {
  const { path, clock, signal } = attempt;
  const over = new AbortController();
  const patience = new Patience(clock, attempt.isAwaited, verdict => {
    over.abort(verdict === 'yield' ? new Yielded() : new SaveError('stalled'));
  });
  try {
    const file = await PartFile.open(path);
    try {
      return await fill(file, attempt, patience, AbortSignal.any([signal, over.signal]));
    } finally {
      await file.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    over.signal.throwIfAborted();
    throw asSaveError(error);
  } finally {
    patience.dispose();
  }
}

/** Requests what is missing until nothing is: a host may give less at once than was requested. */
async function fill(
  file: PartFile,
  attempt: Attempt,
  patience: Patience,
  stop: AbortSignal,
): Promise<number> {
  const { link, rules } = attempt;
  const isThere = (await file.size()) >= attempt.beginning.size;
  let beginning = isThere ? attempt.beginning : NOTHING;
  for (;;) {
    const from = beginning;
    const rest = await requestWithin(() => requestRest(link, from, rules, stop), link, rules, stop);
    const { size, total, validator } = await take(rest, file, attempt, patience);
    if (size === total) {
      return size;
    }
    const isNearer = size > (beginning.isFresh ? beginning.size : rest.start);
    if (!rest.isPart || !isNearer) {
      throw new SaveError('incomplete', `${size} / ${total ?? '?'}`);
    }
    beginning = { size, total, validator, isFresh: true };
  }
}

/** Takes what comes into the file. Resolves to what is there then; `total` is known of what has ended as it should. */
async function take(rest: Rest, file: PartFile, attempt: Attempt, patience: Patience): Promise<Progress> {
  const { path, rules } = attempt;
  const { response, start } = rest;
  try {
    const reached = rest.total ?? start + (rest.length ?? 0);
    await refuseFullDisk(path, reached - start);
    const body = start === 0 ? await beginning(response) : { stream: response.body, isEncoded: false };
    patience.took(0);
    const { length, total, validator } = body.isEncoded ? UNKNOWN : rest;
    patience.isResumable = validator !== null;
    // Not before it is a video: a page instead of the rest leaves what is there as it is.
    await file.truncate(start);
    const onFlushed = (size: number): void => {
      attempt.onProgress({ size, total, validator });
    };
    if (start < attempt.beginning.size) {
      // At once: nobody must add bytes of the clip's old version to those of the new one.
      onFlushed(start);
    }
    const writer = new PartWriter(file, start, onFlushed);
    const size = await write(body, length, writer, start, rules, patience);
    return { size, total: total ?? (rest.isPart && !body.isEncoded ? null : size), validator };
  } finally {
    response.body.destroy();
  }
}

/** What is known beforehand of a clip that comes encoded. */
const UNKNOWN = { length: null, total: null, validator: null } as const;

/** Opens the body of what begins a clip. Rejects where it is something else. */
async function beginning(response: MediaResponse): Promise<Body> {
  const body = await overTheLine(openBody(response));
  refuseOtherThanVideo(body.head, response);
  return body;
}

/**
 * Writes what comes after what is there, and no more than was promised: what a host sends beyond belongs to nothing.
 * Resolves to the size of both, bytes.
 */
async function write(
  body: Pick<Body, 'stream' | 'isEncoded'>,
  length: number | null,
  writer: PartWriter,
  start: number,
  rules: MediaRules,
  patience: Patience,
): Promise<number> {
  const end = length === null ? Infinity : start + length;
  let size = start;
  let isEnough = false;
  const take = (chunk: Buffer): Promise<void> | undefined => {
    isEnough = size + chunk.length > end;
    const fit = isEnough ? chunk.subarray(0, end - size) : chunk;
    patience.took(fit.length);
    size += fit.length;
    refuseTooLarge(size, rules);
    return writer.add(fit);
  };
  try {
    await overTheLine(pour(body, take, () => isEnough));
  } finally {
    await writer.finish();
  }
  return size;
}

function refuseTooLarge(size: number, { largest }: MediaRules): void {
  if (size > largest) {
    throw new SaveError('tooLarge', String(largest));
  }
}

/** A disk that cannot hold the rest is not filled to its last byte to find that out. */
async function refuseFullDisk(path: string, missing: number): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(dirname(path));
  // Some network file systems do not know their size.
  if (blocks > 0 && bavail * bsize < missing) {
    throw new SaveError('diskFull');
  }
}

/** What breaks while bytes come in is the connection's fault, unless the disk or we have refused them. */
async function overTheLine<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof SaveError
      ? error
      : new SaveError('unreachable', messageOf(error), { cause: error });
  }
}
