import type { Socket } from 'node:net';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { Lines, lineOf } from '../mcp/lines.ts';
import {
  isToWindow,
  LONGEST_CALL,
  LONGEST_RESULT,
  PROTOCOL,
  type ImageText,
  type ToolDescription,
  type ToServer,
  type ToWindow,
} from '../mcp/protocol.ts';

/** Calls of one program at once. */
const MOST_CALLS = 64;

/** The longest message before the token was shown, bytes. */
const LONGEST_HELLO = 1_024;

/** How much may wait for a program that does not read, bytes. */
const MOST_UNREAD = 4 * LONGEST_RESULT;

/** What programs are served with. */
export interface ProgramServices {
  readonly log: Log;
  readonly tools: () => readonly ToolDescription[];
  readonly call: (
    name: string,
    input: unknown,
    signal: AbortSignal,
    report: (message: string) => void,
  ) => Promise<{ readonly text: string; readonly images: readonly ImageText[] }>;
  /** One has shown the token. */
  readonly onKnown: () => void;
}

/** One program at the door. The first thing that is not as it should be ends it. */
export class AgentProgram {
  /** It has shown the token. */
  isKnown = false;
  /** This VS Code has started its server. */
  isOwn = false;
  private readonly socket: Socket;
  private readonly services: ProgramServices;
  private readonly isToken: (token: string) => boolean;
  private readonly calls = new Map<number, AbortController>();
  private lines = new Lines(LONGEST_HELLO);

  constructor(socket: Socket, services: ProgramServices, isToken: (token: string) => boolean) {
    this.socket = socket;
    this.services = services;
    this.isToken = isToken;
    socket.on('data', (piece: Buffer) => {
      this.take(piece);
    });
  }

  /** It is gone: nobody waits for what it called. What was sent to the gateway goes on. */
  end(): void {
    for (const call of this.calls.values()) {
      call.abort();
    }
  }

  /** Its list of tools is no longer true. */
  announceTools(): void {
    if (this.isKnown) {
      this.send({ type: 'toolsChanged' });
    }
  }

  private take(piece: Buffer): void {
    if (this.socket.destroyed) {
      return;
    }
    try {
      for (const message of this.lines.take(piece)) {
        if (!isToWindow(message)) {
          throw new Error('a message that is not known');
        }
        this.obey(message as unknown as ToWindow);
      }
    } catch (error) {
      this.services.log.warn(`Agents: a connection was refused: ${messageOf(error)}`);
      this.socket.destroy();
    }
  }

  private obey(message: ToWindow): void {
    if (message.type === 'hello') {
      if (this.isKnown || message.protocol !== PROTOCOL || !this.isToken(message.token)) {
        throw new Error('a wrong token');
      }
      this.isKnown = true;
      this.isOwn = message.isOwn;
      this.lines = new Lines(LONGEST_CALL);
      this.send({ type: 'welcome' });
      this.services.onKnown();
      return;
    }
    if (!this.isKnown) {
      throw new Error('no token');
    }
    const { id } = message;
    if (message.type === 'cancel') {
      this.calls.get(id)?.abort();
    } else if (message.type === 'list') {
      this.send({ type: 'tools', id, tools: this.services.tools() });
    } else {
      void this.call(message);
    }
  }

  private async call({ id, name, input }: ToWindow & { type: 'call' }): Promise<void> {
    if (this.calls.has(id) || this.calls.size >= MOST_CALLS) {
      this.send({ type: 'error', id, message: 'Too many calls at once. Nothing was done.' });
      return;
    }
    const abort = new AbortController();
    this.calls.set(id, abort);
    try {
      const report = (message: string): void => {
        this.send({ type: 'progress', id, message });
      };
      const { text, images } = await this.services.call(name, input, abort.signal, report);
      this.send({ type: 'result', id, text, images });
    } catch (error) {
      this.send({ type: 'error', id, message: abort.signal.aborted ? 'Cancelled.' : messageOf(error) });
    } finally {
      this.calls.delete(id);
    }
  }

  private send(message: ToServer): void {
    if (this.socket.destroyed) {
      return;
    }
    this.socket.write(lineOf(message));
    if (this.socket.writableLength > MOST_UNREAD) {
      this.services.log.warn('Agents: a connection was closed: what was sent to it is not read');
      this.socket.destroy();
    }
  }
}
