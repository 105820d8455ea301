import { Agent as HttpAgent, IncomingMessage, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';

/** Takes in bytes where they are to lie. */
export interface Sink {
  /** Where the next bytes go; empty while there is no room. One and the same buffer until some are put there. */
  readonly room: Buffer;
  /** So many bytes have been put into `room`. */
  took(count: number): void;
  /** Is called when there is room again. */
  onRoom: () => void;
  /** Never resolves; rejects when what was taken cannot be kept. */
  readonly failed: Promise<never>;
}

/** A connection whose bytes go to Node's HTTP parser until they are turned into a sink. */
interface Tap {
  sink: Sink | undefined;
  /** How many bytes the sink still waits for. */
  left: number;
  /** What came when the sink had no room. */
  rest: Buffer;
  /** What comes when the sink has no room comes here first. */
  spill: Buffer;
  onBytes: () => void;
}

/** What the parser is fed with, bytes at a time; Node's own measure. */
const PARSED = 64 * 1024;

const NOTHING = Buffer.alloc(0);

const taps = new WeakMap<Socket, Tap>();

/**
 * Agents for connections that can be tapped. Node reads a body into a new buffer for each 64 KiB and leaves them to the
 * garbage collector, which for a large clip costs more time than fetching it and more memory than its limit. Its `onread`
 * (nodejs.org, socket.connect) reads into buffers of ours.
 */
export const tappableAgents: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } = {
  httpAgent: tappable(new HttpAgent()),
  httpsAgent: tappable(new HttpsAgent()),
};

/** Whether a body's bytes can be turned into a sink: not where a proxy has made the connection. */
export function isTappable(body: Readable): body is IncomingMessage {
  return body instanceof IncomingMessage && taps.has(body.socket) && !('transfer-encoding' in body.headers);
}

/**
 * Turns the body of an answer into a sink, all `length` bytes of it. `onBytes` hears of each arrival. Rejects when the line
 * breaks before the end, or the sink fails. The connection cannot be used for anything else afterwards.
 */
export async function pour(
  body: IncomingMessage,
  length: number,
  sink: Sink,
  onBytes: () => void,
): Promise<void> {
  const tap = taps.get(body.socket);
  if (!tap) {
    throw new Error('This connection cannot be tapped.');
  }
  const poured = new Promise<void>((done, fail) => {
    const onBroken = (error: Error): void => {
      // Over TLS the line may close when all has come, and still waits for room.
      if (tap.rest.length < tap.left) {
        fail(error);
      }
    };
    body.on('error', onBroken);
    body.on('close', () => {
      onBroken(closed());
    });
    if (body.destroyed) {
      // The line broke before anybody listened.
      fail(body.errored ?? closed());
    }
    tap.left = length;
    tap.spill = Buffer.allocUnsafeSlow(PARSED);
    tap.onBytes = () => {
      onBytes();
      if (tap.left === 0) {
        done();
      }
    };
    // What the parser has already; then nothing goes to it any more.
    for (let chunk = readFrom(body); chunk; chunk = readFrom(body)) {
      tap.rest = Buffer.concat([tap.rest, chunk]);
    }
    tap.sink = sink;
    sink.onRoom = () => {
      if (fillFrom(tap, sink, NOTHING)) {
        body.socket.resume();
      }
    };
    sink.onRoom();
    if (tap.left === 0) {
      done();
    }
  });
  await Promise.race([poured, sink.failed]);
}

/** As Node calls a line that broke. */
export function closed(): Error {
  return Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' });
}

function readFrom(body: IncomingMessage): Buffer | null {
  return body.read() as Buffer | null;
}

/** Passes bytes on to the sink as far as it has room, and keeps the others. Gives whether it has room for more. */
function fillFrom(tap: Tap, sink: Sink, bytes: Buffer): boolean {
  const all = tap.rest.length === 0 ? bytes : Buffer.concat([tap.rest, bytes]);
  let at = 0;
  while (at < all.length && tap.left > 0 && sink.room.length > 0) {
    const count = all.copy(sink.room, 0, at, at + tap.left);
    at += count;
    pass(tap, sink, count);
  }
  // Copied: the next bytes come to the same place.
  tap.rest = Buffer.from(all.subarray(at));
  return hasRoom(tap, sink);
}

/** So many bytes lie in the sink's room. */
function pass(tap: Tap, sink: Sink, count: number): void {
  tap.left -= count;
  sink.took(count);
  tap.onBytes();
}

function hasRoom(tap: Tap, sink: Sink): boolean {
  return tap.left > 0 && sink.room.length > 0;
}

/** Where the next bytes of a connection are to come. */
function roomOf({ sink, spill }: Tap): Buffer {
  if (!sink) {
    // The parser keeps pieces of what it is given: it gets a new buffer each time, as Node would give it.
    return Buffer.allocUnsafeSlow(PARSED);
  }
  return sink.room.length > 0 ? sink.room : spill;
}

/** Makes an agent open its connections with a tap. */
function tappable<A extends HttpAgent>(agent: A): A {
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, onCreated): Duplex | null | undefined => {
    const tap: Tap = {
      sink: undefined,
      left: 0,
      rest: NOTHING,
      spill: NOTHING,
      onBytes: () => undefined,
    };
    let socket: Duplex | null | undefined = undefined;
    const onread = {
      buffer: (): Buffer => roomOf(tap),
      callback: (count: number, buffer: Uint8Array): boolean => {
        const { sink } = tap;
        if (!sink) {
          socket?.emit('data', Buffer.from(buffer.buffer, buffer.byteOffset, count));
          return true;
        }
        if (buffer === sink.room) {
          pass(tap, sink, Math.min(count, tap.left));
        } else {
          fillFrom(tap, sink, Buffer.from(buffer.buffer, buffer.byteOffset, count));
        }
        return hasRoom(tap, sink);
      },
    };
    socket = open({ ...options, onread } as ClientRequestArgs, onCreated);
    if (socket instanceof Socket) {
      taps.set(socket, tap);
    }
    return socket;
  };
  return agent;
}
