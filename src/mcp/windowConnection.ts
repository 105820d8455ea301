import { connect, type Socket } from 'node:net';
import { Lines, lineOf } from './lines.ts';
import {
  isToServer,
  LONGEST_CALL,
  LONGEST_RESULT,
  PROTOCOL,
  type Door,
  type ToServer,
  type ToWindow,
} from './protocol.ts';

/** How long a window may take to open its door, ms. */
const LONGEST_KNOCK = 10_000;

/** What came of a request. */
export type Reply = Extract<ToServer, { type: 'tools' | 'result' }>;

/** A call of the window, without its number. */
type Request =
  { readonly type: 'list' } | { readonly type: 'call'; readonly name: string; readonly input: unknown };

interface Waiting {
  readonly done: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
  readonly report: (message: string) => void;
}

/** A window that closes while something is on its way. */
export class WindowClosedError extends Error {
  override readonly name = 'WindowClosedError';
}

/** The connection to one window of VS Code. */
export class WindowConnection {
  private readonly socket: Socket;
  private readonly waiting = new Map<number, Waiting>();
  private readonly onToolsChanged: () => void;
  private last = 0;
  private isWelcome = false;
  private closed = false;

  private constructor(socket: Socket, onToolsChanged: () => void) {
    this.socket = socket;
    this.onToolsChanged = onToolsChanged;
  }

  /**
   * Connects to a window, and shows it the token. Rejects where there is none, or where it refuses. `isOwn`: its VS Code has started this
   * server. `onToolsChanged`: the window has other tools from now on, or is gone.
   */
  static async open(
    { address, token }: Pick<Door, 'address' | 'token'>,
    isOwn = false,
    onToolsChanged: () => void = () => undefined,
  ): Promise<WindowConnection> {
    const socket = connect(address);
    const connection = new WindowConnection(socket, onToolsChanged);
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => {
        socket.destroy(new Error('The window does not respond.'));
      }, LONGEST_KNOCK);
      socket.once('connect', () => {
        connection.write({ type: 'hello', protocol: PROTOCOL, token, isOwn });
      });
      socket.once('error', fail);
      socket.once('close', () => {
        fail(new WindowClosedError('The window refused the connection.'));
      });
      connection.listen(() => {
        clearTimeout(timer);
        done();
      });
      socket.once('close', () => {
        clearTimeout(timer);
      });
    });
    return connection;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Has the window do something. Cancels it there when the signal is aborted. */
  async request(request: Request, signal: AbortSignal, report: (message: string) => void): Promise<Reply> {
    if (this.closed) {
      throw new WindowClosedError('The window was closed.');
    }
    const id = ++this.last;
    if (Buffer.byteLength(lineOf({ ...request, id })) > LONGEST_CALL) {
      throw new Error(`Nothing was done: the input is longer than ${LONGEST_CALL / 1024 ** 2} MB.`);
    }
    const cancel = (): void => {
      this.write({ type: 'cancel', id });
    };
    try {
      return await new Promise<Reply>((done, fail) => {
        this.waiting.set(id, { done, fail, report });
        this.write({ ...request, id });
        signal.addEventListener('abort', cancel);
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      this.waiting.delete(id);
    }
  }

  close(): void {
    this.socket.destroy();
  }

  private write(message: ToWindow): void {
    this.socket.write(lineOf(message));
  }

  private listen(onWelcome: () => void): void {
    const lines = new Lines(LONGEST_RESULT);
    this.socket.on('data', (piece: Buffer) => {
      try {
        for (const message of lines.take(piece)) {
          if (!isToServer(message)) {
            throw new Error('The window has sent something that this version does not know.');
          }
          this.receive(message as unknown as ToServer, onWelcome);
        }
      } catch (error) {
        this.socket.destroy(error as Error);
      }
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.closed = true;
      for (const { fail } of this.waiting.values()) {
        fail(new WindowClosedError('The window was closed.'));
      }
      if (this.isWelcome) {
        this.onToolsChanged();
      }
    });
  }

  private receive(message: ToServer, onWelcome: () => void): void {
    if (message.type === 'welcome') {
      this.isWelcome = true;
      onWelcome();
      return;
    }
    if (message.type === 'toolsChanged') {
      this.onToolsChanged();
      return;
    }
    const waiting = this.waiting.get(message.id);
    if (message.type === 'progress') {
      waiting?.report(message.message);
    } else if (message.type === 'error') {
      waiting?.fail(new Error(message.message));
    } else {
      waiting?.done(message);
    }
  }
}
