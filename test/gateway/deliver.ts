import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import type { Answer } from './answers.ts';
import { share } from './byteRange.ts';
import type { DeliveryFault, NoFault } from './faults.ts';
import type { OpenRecord } from './recorder.ts';

/** Small enough that what the record counts as sent is near what the client has. */
const CHUNK_BYTES = 64 * 1024;

/** A slow line is fed this often, in ms. */
const SLOW_EVERY_MS = 50;

/**
 * Sends an answer, with what goes wrong on its way, and writes status and bytes into the record. Settles when the exchange is
 * over; rejects only if `signal` (the client has left, or the server is closing) cuts it short.
 */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  fault: DeliveryFault | NoFault,
  record: OpenRecord,
  signal: AbortSignal,
): Promise<void> {
  const { socket } = response;
  if (!socket) return;
  if (fault.kind === 'delay') await pause(fault.ms, undefined, { signal });
  if (fault.kind === 'reset' && fault.afterShare === undefined) {
    socket.resetAndDestroy();
    return;
  }

  const sender = new Sender(response, record, signal);
  sender.head(answer, fault);
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  switch (fault.kind) {
    case 'none':
    case 'delay':
    case 'noLength':
      await sender.body(answer.body);
      response.end();
      return;
    case 'slow':
      await sender.trickle(answer.body, fault.bytesPerSecond);
      response.end();
      return;
    case 'wrongLength':
      await sender.body(answer.body);
      socket.end();
      return;
    case 'truncated':
      await sender.body(share(answer.body, fault.afterShare));
      socket.end();
      return;
    case 'stall':
      await sender.body(share(answer.body, fault.afterShare));
      await once(response, 'close', { signal });
      return;
    case 'reset':
      await sender.body(share(answer.body, fault.afterShare));
      socket.resetAndDestroy();
      return;
  }
}

class Sender {
  private readonly response: ServerResponse;
  private readonly record: OpenRecord;
  private readonly signal: AbortSignal;

  constructor(response: ServerResponse, record: OpenRecord, signal: AbortSignal) {
    this.response = response;
    this.record = record;
    this.signal = signal;
  }

  head(answer: Answer, fault: DeliveryFault | NoFault): void {
    const off = fault.kind === 'wrongLength' ? fault.by : 0;
    const length = { 'content-length': String(Math.max(0, answer.body.length + off)) };
    this.record.status = answer.status;
    this.response.writeHead(answer.status, {
      ...answer.headers,
      ...(fault.kind === 'noLength' ? {} : length),
    });
    // Without a body they go with the end, and as they are: flushed, Node would send them as UTF-8.
    if (answer.body.length > 0) this.response.flushHeaders();
  }

  /** Returns when the connection has taken every byte. */
  async body(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
      await this.write(bytes.subarray(at, at + CHUNK_BYTES));
  }

  async trickle(bytes: Buffer, bytesPerSecond: number): Promise<void> {
    const step = Math.max(1, Math.round((bytesPerSecond * SLOW_EVERY_MS) / 1000));
    for (let at = 0; at < bytes.length; at += step) {
      await this.write(bytes.subarray(at, at + step));
      await pause(SLOW_EVERY_MS, undefined, { signal: this.signal });
    }
  }

  private async write(chunk: Buffer): Promise<void> {
    this.signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        reject(new Error('The client has left.'));
      };
      this.signal.addEventListener('abort', leave, { once: true });
      this.response.write(chunk, error => {
        this.signal.removeEventListener('abort', leave);
        if (error) reject(error);
        else resolve();
      });
    });
    this.record.bytesSent += chunk.length;
  }
}
