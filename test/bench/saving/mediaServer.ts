/**
 * `mediaServer.ts`, forked, is a media host on loopback: any path that starts with a size, such as
 * `/1073741824/clip.mp4`, is a playable clip of so many bytes; one that ends in `?throttled` comes as from a host that
 * limits each connection. It says its port once it listens, and ends with the
 * process that forked it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { clipBytes } from '../../fixtures/clips/clips.ts';

const CLIP = clipBytes('tone');

/** The header of a box with its length in 64 bits (ISO 14496-12, 4.2). */
const BOX_HEADER = 16;

/** What a grown clip ends in, sent again and again: no clip is ever held in memory. */
const ZEROS = Buffer.alloc(1024 ** 2);

/** What stands before the zeros in a clip of so many bytes: a whole clip, and the header of a `free` box. */
function headOf(size: number): Buffer {
  const length = size - CLIP.length;
  if (length < BOX_HEADER) {
    throw new RangeError(`A clip cannot be made ${size} bytes large.`);
  }
  const header = Buffer.alloc(BOX_HEADER);
  header.writeUInt32BE(1, 0);
  header.write('free', 4, 'latin1');
  header.writeBigUInt64BE(BigInt(length), 8);
  return Buffer.concat([CLIP, header]);
}

/** The bytes of a clip from `start` up to and without `end`. */
function* bytesOf(size: number, start: number, end: number): Generator<Buffer, void, undefined> {
  const head = headOf(size);
  if (start < head.length) {
    yield head.subarray(start, end);
  }
  for (let offset = Math.max(start, head.length); offset < end; offset += ZEROS.length) {
    yield ZEROS.subarray(0, end - offset);
  }
}

/** What a throttled connection gets, bytes a second, and after which time, ms. */
const THROTTLE = { rate: 2_000_000, delay: 80 } as const;

/** The same bytes no faster than a throttled connection gets them. */
async function* throttled(bytes: Iterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  await sleep(THROTTLE.delay);
  const start = performance.now();
  let sent = 0;
  for (const piece of bytes) {
    for (let at = 0; at < piece.length; at += PACED) {
      const chunk = piece.subarray(at, at + PACED);
      sent += chunk.length;
      yield chunk;
      await sleep(Math.max(0, start + (sent / THROTTLE.rate) * 1000 - performance.now()));
    }
  }
}

/** bytes */
const PACED = 64 * 1024;

/** The part of a clip that is asked for; `undefined` when it has none such. */
function rangeOf(request: IncomingMessage, size: number, tag: string): [number, number] | undefined {
  const validator = request.headers['if-range'];
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!asked || (validator !== undefined && validator !== tag)) {
    return [0, size];
  }
  const start = Number(asked[1]);
  const end = asked[2] ? Math.min(size, Number(asked[2]) + 1) : size;
  return start < end ? [start, end] : undefined;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const size = Number(request.url?.split('/')[1]);
  const tag = `"${size}"`;
  const range = rangeOf(request, size, tag);
  if (!range) {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
    return;
  }
  const [start, end] = range;
  const isPart = end - start < size;
  response.writeHead(isPart ? 206 : 200, {
    'Content-Type': 'video/mp4',
    'Content-Length': end - start,
    'Accept-Ranges': 'bytes',
    ETag: tag,
    ...(isPart && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
  });
  const bytes = bytesOf(size, start, end);
  const isThrottled = request.url?.endsWith('?throttled') === true;
  await pipeline(Readable.from(isThrottled ? throttled(bytes) : bytes), response);
}

const server = createServer((request, response) => {
  // Whoever asked has gone: nothing to answer any more.
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once('disconnect', () => {
  process.exit();
});
