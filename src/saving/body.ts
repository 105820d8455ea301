import { pipeline, Readable, type Duplex } from 'node:stream';
import zlib from 'node:zlib';
import { codeOf } from '../base/errors.ts';
import { HEAD, isPlain } from './content.ts';
import type { MediaResponse } from './request.ts';

/** A body as it is to be kept. */
export interface Body {
  /** Its first `HEAD` bytes, or all of a shorter one: what it is. */
  readonly head: Buffer;
  /** All of it, the head included. A chunk is no more once the next one is asked for. */
  readonly chunks: AsyncIterable<Buffer>;
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
 * do of what lies plain behind them, leaves it as it is. Rejects when the line breaks, and so do the chunks.
 */
export async function openBody(response: MediaResponse): Promise<Body> {
  let { head, chunks } = await begin(response.body);
  let isEncoded = false;
  for (const name of codingsOf(response, head)) {
    const coding = CODINGS[name]?.find(candidate => isTrue(candidate, head));
    if (coding) {
      const plain = pipeline(Readable.from(chunks, { objectMode: false }), coding.undo(), () => undefined);
      ({ head, chunks } = await begin(plain));
      isEncoded = true;
    }
  }
  return { head, chunks: isEncoded ? chunks : givingBack(chunks), isEncoded };
}

/** As `openBody`, of a part that does not begin the clip: of that, nothing tells what it is. */
export function restOfBody(response: MediaResponse): Promise<Body> {
  const chunks = givingBack(response.body as AsyncIterable<Buffer>);
  return Promise.resolve({ head: Buffer.alloc(0), chunks, isEncoded: false });
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

/** Takes as much of a stream as tells what it is. */
async function begin(stream: Readable): Promise<{ head: Buffer; chunks: AsyncIterable<Buffer> }> {
  const all = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let length = 0;
  let next = await all.next();
  for (; next.done !== true; next = await all.next()) {
    first.push(next.value);
    length += next.value.length;
    if (length >= HEAD) {
      break;
    }
  }
  const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
    yield* first;
    for (let one = await all.next(); one.done !== true; one = await all.next()) {
      yield one.value;
    }
  };
  return { head: Buffer.concat(first).subarray(0, HEAD), chunks: chunks() };
}

/**
 * Gives the memory of each chunk back when the next one is asked for. Node reads a body into a new buffer for each 64 KiB,
 * and the garbage collector, to which they are small things, lets many MiB of them pile up.
 */
async function* givingBack(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of chunks) {
    yield chunk;
    // Not where others have a share in it.
    if (chunk.buffer instanceof ArrayBuffer && chunk.buffer.byteLength === chunk.length) {
      chunk.buffer.transfer(0);
    }
  }
}
