import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { Lines, lineOf } from '../mcp/lines.ts';
import {
  DOOR_ENDING,
  isToWindow,
  LONGEST_CALL,
  PROTOCOL,
  type Door,
  type ImageText,
  type ToolDescription,
  type ToServer,
  type ToWindow,
} from '../mcp/protocol.ts';

/** Programs at once, and calls of one at once. */
const MOST_CONNECTIONS = 32;
const MOST_CALLS = 64;

/** Who does not show the token within this time is gone, ms. */
const LONGEST_SILENCE = 5 * SECOND;

/** The longest message before the token was shown, bytes. */
const LONGEST_HELLO = 1_024;

/** What a door needs from outside. */
export interface DoorServices {
  /** The folder of the files of all windows; only the person can read it. */
  readonly folder: string;
  readonly folders: () => readonly string[];
  readonly now: () => number;
  readonly log: Log;
  readonly tools: () => readonly ToolDescription[];
  readonly call: (
    name: string,
    input: unknown,
    signal: AbortSignal,
    report: (message: string) => void,
  ) => Promise<{ readonly text: string; readonly images: readonly ImageText[] }>;
}

/**
 * Where agents of other programs reach this window: a socket that only the person can connect to, and only with the token of a file that
 * only they can read.
 */
export class AgentDoor implements Disposable {
  /** The window's file. */
  readonly file: string;

  private readonly services: DoorServices;
  private readonly token = randomBytes(32).toString('base64url');
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private address = '';

  private constructor(services: DoorServices) {
    this.services = services;
    this.file = join(services.folder, `${randomBytes(8).toString('hex')}${DOOR_ENDING}`);
    this.server = createServer(socket => {
      this.receive(socket);
    });
  }

  /** Opens a door. Rejects where the system allows none. */
  static async open(services: DoorServices): Promise<AgentDoor> {
    const door = new AgentDoor(services);
    door.address = await addressForSocket();
    await new Promise<void>((done, fail) => {
      door.server.once('error', fail);
      door.server.listen(door.address, done);
    });
    door.server.on('error', error => {
      services.log.error(`Agents: ${messageOf(error)}`);
    });
    await mkdir(services.folder, { recursive: true, mode: 0o700 });
    await chmod(services.folder, 0o700);
    await door.announce();
    return door;
  }

  /** Says that this window was used last. */
  async announce(): Promise<void> {
    const door: Door = {
      protocol: PROTOCOL,
      address: this.address,
      token: this.token,
      folders: this.services.folders(),
      at: this.services.now(),
    };
    await writeFile(this.file, JSON.stringify(door), { mode: 0o600 });
  }

  dispose(): void {
    this.server.close();
    for (const socket of this.sockets) {
      socket.destroy();
    }
    const end = async (): Promise<void> => {
      await rm(this.file, { force: true });
      if (process.platform !== 'win32') {
        await rm(dirname(this.address), { recursive: true, force: true });
      }
    };
    end().catch((error: unknown) => {
      this.services.log.warn(`Agents: ${messageOf(error)}`);
    });
  }

  private receive(socket: Socket): void {
    if (this.sockets.size >= MOST_CONNECTIONS) {
      socket.destroy();
      return;
    }
    this.sockets.add(socket);
    const program = new Program(socket, this.services, token => isSame(token, this.token));
    const timer = setTimeout(() => {
      if (!program.isKnown) {
        socket.destroy();
      }
    }, LONGEST_SILENCE);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      this.sockets.delete(socket);
      program.end();
    });
  }
}

/** One program at the door. The first thing that is not as it should be ends it. */
class Program {
  isKnown = false;
  private readonly socket: Socket;
  private readonly services: DoorServices;
  private readonly isToken: (token: string) => boolean;
  private readonly calls = new Map<number, AbortController>();
  private lines = new Lines(LONGEST_HELLO);

  constructor(socket: Socket, services: DoorServices, isToken: (token: string) => boolean) {
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
      this.lines = new Lines(LONGEST_CALL);
      this.send({ type: 'welcome' });
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
    if (!this.socket.destroyed) {
      this.socket.write(lineOf(message));
    }
  }
}

/** Compares in a time that says nothing of where two tokens differ. */
function isSame(given: string, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

/** A path for a socket in a folder of its own that nobody else can enter, short enough for every system; on Windows the name of a pipe. */
async function addressForSocket(): Promise<string> {
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\dailies-${randomBytes(16).toString('hex')}`;
  }
  const folder = await mkdtemp(join(tmpdir(), 'dailies-'));
  await chmod(folder, 0o700);
  return join(folder, 's');
}
