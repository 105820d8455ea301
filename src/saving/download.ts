import { once } from 'node:events';
import { constants } from 'node:fs';
import { open, statfs, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { HOUR, SECOND, type Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { HEAD, refuseOtherThanVideo } from './content.ts';
import { asSaveError, SaveError } from './errors.ts';
import type { MediaRules } from './mediaRules.ts';
import { PartWriter } from './partWriter.ts';
import { NOTHING, requestRest, type Beginning, type Rest } from './range.ts';
import { closed, isTappable, pour } from './tap.ts';

/** How much of a clip is on the disk, and what is known of the whole. */
export type Progress = Required<Beginning>;

/** One attempt to fetch a clip. */
export interface Attempt {
  readonly link: string;
  /** The file that the clip comes together in. */
  readonly path: string;
  /** What an earlier attempt has left there. */
  readonly beginning: Beginning;
  readonly rules: MediaRules;
  /** Tells when a transfer has stood still for too long. */
  readonly clock: Clock;
  /** Now and then, and when the attempt is over, whatever came of it. */
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** How long a transfer may stand still, ms. */
const STALL = 60 * SECOND;

/**
 * How long one attempt may take that another can go on with, ms: a drop now and then must not hold one of two places for
 * ever.
 */
const LONGEST_ATTEMPT = HOUR;

/**
 * Downloads a clip into a file, going on from where an earlier attempt stopped if the media host still has the same
 * clip, and flushes it to the disk. Holds a few MiB in memory, whatever the size. Resolves to the size in bytes;
 * rejects with a `SaveError` unless every promised byte came, or with the signal's reason.
 */
export async function download(attempt: Attempt): Promise<number> {
  const { path, clock, signal } = attempt;
  const stall = new AbortController();
  const stop = AbortSignal.any([signal, stall.signal]);
  let cameAt = clock.now();
  const onChunk = (): void => {
    cameAt = clock.now();
  };
  // Not a new timer for each arrival: thousands come in a second.
  const watch = (): void => {
    const left = cameAt + STALL - clock.now();
    if (left > 0) {
      timer = clock.setTimer(watch, left);
    } else {
      stall.abort();
    }
  };
  let timer = clock.setTimer(watch, STALL);
  try {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
    try {
      return await fill(file, attempt, stop, onChunk, () => {
        stall.abort();
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (stop.aborted) {
      throw new SaveError('stalled', '', { cause: error });
    }
    throw asSaveError(error);
  } finally {
    timer.dispose();
  }
}

async function fill(
  file: FileHandle,
  attempt: Attempt,
  stop: AbortSignal,
  onChunk: () => void,
  onLate: () => void,
): Promise<number> {
  const { link, path, beginning, rules, clock } = attempt;
  const isThere = (await file.stat()).size >= beginning.size;
  const rest = await requestRest(link, isThere ? beginning : NOTHING, rules, stop);
  const { response, start, total, validator } = rest;
  const limit = validator === null ? undefined : clock.setTimer(onLate, LONGEST_ATTEMPT);
  let size: number;
  let body = response.body;
  try {
    if (total !== null) {
      refuseTooLarge(total, rules);
      await refuseFullDisk(path, total - start);
    }
    if (start === 0) {
      const begun = await overTheLine(headOf(body));
      refuseOtherThanVideo(begun.head, response);
      ({ body } = begun);
      onChunk();
    }
    // Not before it is a video: a page in place of the rest leaves what is there as it is.
    await file.truncate(start);
    const onFlushed = (flushed: number): void => {
      attempt.onProgress({ size: flushed, total, validator });
    };
    if (start < beginning.size) {
      // At once: nobody must add bytes of the clip's old version to those of the new one.
      onFlushed(start);
    }
    size = await write(
      { ...rest, response: { ...response, body } },
      new PartWriter(file, start, onFlushed),
      rules,
      onChunk,
    );
  } finally {
    limit?.dispose();
    response.body.destroy();
  }
  if (total !== null && size !== total) {
    throw new SaveError('incomplete', `${size} / ${total}`);
  }
  return size;
}

/** Writes what comes after what is there. Resolves to the size of both, bytes. */
async function write(
  { response: { body }, start, length }: Rest,
  writer: PartWriter,
  rules: MediaRules,
  onChunk: () => void,
): Promise<number> {
  let size = start;
  try {
    if (length !== null && isTappable(body)) {
      await overTheLine(pour(body, length, writer, onChunk));
      size += length;
    } else {
      const take = async (): Promise<void> => {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          onChunk();
          size += chunk.length;
          refuseTooLarge(size, rules);
          await writer.add(chunk);
        }
      };
      await overTheLine(take());
    }
  } finally {
    // Nothing must be read into the writer's memory any more.
    body.destroy();
    await writer.finish();
  }
  return size;
}

/** How a body begins, as far as it tells a video from anything else, and the whole body to go on with. */
async function headOf(body: Readable): Promise<{ head: Buffer; body: Readable }> {
  let head = Buffer.alloc(0);
  for (;;) {
    const chunk = body.read() as Buffer | null;
    if (chunk) {
      head = Buffer.concat([head, chunk]);
    }
    if (head.length >= HEAD) {
      body.unshift(head);
      return { head, body };
    }
    if (!chunk) {
      if (body.readableEnded) {
        return { head, body: Readable.from(head.length === 0 ? [] : [head]) };
      }
      if (body.destroyed) {
        throw body.errored ?? closed();
      }
      await Promise.race([once(body, 'readable'), once(body, 'end')]);
    }
  }
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
