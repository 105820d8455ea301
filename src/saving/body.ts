import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline, Readable, type Duplex } from 'node:stream';
import zlib from 'node:zlib';
import { codeOf } from '../base/errors.ts';
import { HEAD, isPlain } from './content.ts';
import type { MediaResponse } from './request.ts';

/** A body as it is to be kept. */
export interface Body {
  /** Its first `HEAD` bytes, or all of a shorter one: what it is. */
  readonly head: Buffer;
  /** All of it, the head included. */
  readonly stream: Readable;
  /** Whether it came encoded: what the host says of lengths and parts is not true of what is kept. */
  readonly isEncoded: boolean;
}

/** A way of encoding, and what undoes it: of a beginning, which throws where it is not encoded so, and of a stream. */
interface Coding {
  readonly undoHead: (head: Buffer, options: HeadOptions) => Buffer;
  readonly flush: number;
  readonly undo: () => Duplex;
}

type HeadOptions = Pick<zlib.ZlibOptions & zlib.ZstdOptions, 'finishFlush' | 'maxOutputLength'>;

const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_flush } = zlib.constants;

const GZIP: Coding = { undoHead: zlib.gunzipSync, flush: Z_SYNC_FLUSH, undo: () => zlib.createGunzip() };

/** What may be meant by a name in `Content-Encoding`. Deflate comes with and without its wrapper (RFC 9110, 8.4.1.2). */
const CODINGS: Readonly<Record<string, readonly Coding[]>> = {
  gzip: [GZIP],
  'x-gzip': [GZIP],
  deflate: [
    { undoHead: zlib.inflateSync, flush: Z_SYNC_FLUSH, undo: () => zlib.createInflate() },
    { undoHead: zlib.inflateRawSync, flush: Z_SYNC_FLUSH, undo: () => zlib.createInflateRaw() },
  ],
  br: [
    {
      undoHead: zlib.brotliDecompressSync,
      flush: BROTLI_OPERATION_FLUSH,
      undo: () => zlib.createBrotliDecompress(),
    },
  ],
  zstd: [{ undoHead: zlib.zstdDecompressSync, flush: ZSTD_e_flush, undo: () => zlib.createZstdDecompress() }],
};

/** More than this is not met, and each costs memory. */
const MOST_CODINGS = 3;

/** As much as a head is undone to, bytes: a few hundred can stand for gigabytes. */
const MOST_UNDONE = 1024 ** 2;

/**
 * Opens the body of a whole clip. Undoes its encoding where it has one; where only the header says so, as content networks
 * do of what lies plain behind them, leaves it as it is. Rejects when the line breaks.
 */
export async function openBody(response: MediaResponse): Promise<Body> {
  let { head, stream } = await begin(response.body);
  let isEncoded = false;
  for (const name of codingsOf(response, head)) {
    const coding = CODINGS[name]?.find(candidate => isTrue(candidate, head));
    if (coding) {
      ({ head, stream } = await begin(pipeline(stream, coding.undo(), () => undefined)));
      isEncoded = true;
    }
  }
  return { head, stream, isEncoded };
}

/** What was done to a body, as its header or else its first bytes say, the last first. */
function codingsOf(response: MediaResponse, head: Buffer): string[] {
  const names = response.header('content-encoding')?.toLowerCase().split(',') ?? [];
  // Stored as it was compressed, by somebody who did not say so.
  const isGzip = names.length === 0 && head.toString('latin1', 0, 3) === '\x1f\x8b\x08';
  return isGzip
    ? ['gzip']
    : names
        .slice(-MOST_CODINGS)
        .map(name => name.trim())
        .reverse();
}

function isTrue({ undoHead, flush }: Coding, head: Buffer): boolean {
  if (isPlain(head)) {
    return false;
  }
  try {
    undoHead(head, { finishFlush: flush, maxOutputLength: MOST_UNDONE });
    return true;
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
  }
}

/** Reads enough of a stream to identify its content, and puts it back. */
async function begin(stream: Readable): Promise<{ head: Buffer; stream: Readable }> {
  let head = Buffer.alloc(0);
  for (;;) {
    const chunk = stream.read() as Buffer | null;
    if (chunk) {
      head = Buffer.concat([head, chunk]);
    }
    if (head.length >= HEAD) {
      stream.unshift(head);
      return { head: Buffer.from(head.subarray(0, HEAD)), stream };
    }
    if (stream.readableEnded) {
      return { head, stream: Readable.from(head.length === 0 ? [] : [Buffer.from(head)]) };
    }
    if (!chunk) {
      refuseBroken(stream);
      await Promise.race([once(stream, 'readable'), once(stream, 'end'), once(stream, 'close')]);
    }
  }
}

/**
 * Hands the chunks of a stream on as they come, and waits where `take` gives something to wait for; a chunk is no more once
 * it was taken. Rejects when the stream breaks before its end, unless `isEnough`, and when `take` fails.
 */
export async function pour(
  { stream, isEncoded }: Pick<Body, 'stream' | 'isEncoded'>,
  take: (chunk: Buffer) => Promise<void> | undefined,
  isEnough: () => boolean,
): Promise<void> {
  refuseBroken(stream);
  // What a decoder gives shares its memory with what it gives next.
  const memory = isEncoded ? undefined : new Memory(stream);
  await new Promise<void>((done, fail) => {
    let taking: Promise<void> | undefined;
    const end = (error?: Error): void => {
      // Also where the end comes while a chunk is still being taken.
      Promise.resolve(taking).then(() => {
        if (error) {
          fail(error);
        } else {
          done();
        }
      }, fail);
    };
    stream.on('data', (chunk: Buffer) => {
      try {
        memory?.see(chunk);
        taking = take(chunk);
      } catch (error) {
        stream.pause();
        end(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (isEnough()) {
        stream.pause();
        end();
      } else if (taking) {
        stream.pause();
        taking.then(() => {
          memory?.giveBack(chunk);
          stream.resume();
        }, fail);
      } else {
        memory?.giveBack(chunk);
      }
    });
    stream.once('end', () => {
      end();
    });
    stream.once('error', end);
    stream.once('close', () => {
      end(broken(stream));
    });
    stream.resume();
  }).finally(() => memory?.dispose());
}

/**
 * The memory that a body comes in. Node reads each 64 KiB into a new buffer, and copies the body in it to another; the garbage
 * collector, to which both are small things, lets a hundred MiB of them pile up, and works hard then. So they are given back
 * as soon as they have been used.
 */
class Memory {
  private readonly stream: Readable;
  private readonly socket: Socket | undefined;
  private latest: ArrayBufferLike | undefined;
  /** What was read, and has not been given back. */
  private readonly read: Buffer[] = [];

  constructor(stream: Readable) {
    this.stream = stream;
    this.socket = stream instanceof IncomingMessage ? stream.socket : undefined;
    // Comes after Node's own listener, which has taken the body out of it.
    this.socket?.on('data', this.onRead);
  }

  /** Looks at a chunk of the body that comes. */
  see(chunk: Buffer): void {
    this.latest = chunk.buffer;
  }

  /** Gives the memory of a chunk back, unless others have a share in it. */
  giveBack({ buffer, length }: Buffer): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === length) {
      buffer.transfer(0);
    }
  }

  dispose(): void {
    this.socket?.off('data', this.onRead);
  }

  private readonly onRead = (read: Buffer): void => {
    this.read.push(read);
    // Should Node pass on what it has read uncopied: not while somebody may look at it.
    if (this.stream.readableLength === 0) {
      for (const used of this.read.splice(0)) {
        if (used.buffer !== this.latest) {
          this.giveBack(used);
        }
      }
    }
  };
}

function refuseBroken(stream: Readable): void {
  if (stream.destroyed && !stream.readableEnded) {
    throw broken(stream);
  }
}

/** What broke a stream; as Node calls a line that broke, where nothing is said. */
function broken(stream: Readable): Error {
  return stream.errored ?? Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' });
}
