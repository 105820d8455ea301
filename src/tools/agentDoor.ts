import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { SECOND } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import { DOOR_ENDING, PROTOCOL, type Door } from '../mcp/protocol.ts';
import { AgentProgram, type ProgramServices } from './agentProgram.ts';
import { newAddress, removeAddress, removeLeftDoors } from './doorAddress.ts';

/** Programs at once. */
const MOST_CONNECTIONS = 32;

/** Who does not show the token within this time is gone, ms. */
const LONGEST_SILENCE = 5 * SECOND;

/** What a door needs from outside. */
export interface DoorServices extends Omit<ProgramServices, 'onKnown'> {
  /** The folder of the files of all windows; only the person can read it. */
  readonly folder: string;
  readonly folders: () => readonly string[];
  readonly now: () => number;
  /** Whether a server that this VS Code has started is connected: it has changed. */
  readonly onOwn: (isThere: boolean) => void;
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
  private readonly programs = new Map<Socket, AgentProgram>();
  private server: Server | undefined;
  private address = '';
  private hasOwn = false;

  private constructor(services: DoorServices) {
    this.services = services;
    this.file = join(services.folder, `${randomBytes(8).toString('hex')}${DOOR_ENDING}`);
  }

  /** Opens a door. Rejects where the system allows none. */
  static async open(services: DoorServices): Promise<AgentDoor> {
    const door = new AgentDoor(services);
    await mkdir(services.folder, { recursive: true, mode: 0o700 });
    await chmod(services.folder, 0o700);
    await door.announce();
    await removeLeftDoors(services.folder);
    return door;
  }

  /** Says that this window was used last. What clears up temporary files may have taken the socket: there is another then. */
  async announce(): Promise<void> {
    if (this.address === '' || (process.platform !== 'win32' && !existsSync(this.address))) {
      await this.listen();
    }
    const door: Door = {
      protocol: PROTOCOL,
      address: this.address,
      token: this.token,
      folders: this.services.folders(),
      at: this.services.now(),
    };
    // Whole at once: it may be read at any time.
    const part = `${this.file}.part`;
    await writeFile(part, JSON.stringify(door), { mode: 0o600 });
    await rename(part, this.file);
  }

  /** The list of tools has changed. */
  announceTools(): void {
    for (const program of this.programs.values()) {
      program.announceTools();
    }
  }

  dispose(): void {
    this.server?.close();
    for (const socket of this.programs.keys()) {
      socket.destroy();
    }
    const end = async (): Promise<void> => {
      await rm(this.file, { force: true });
      await removeAddress(this.address);
    };
    end().catch((error: unknown) => {
      this.services.log.warn(`Agents: ${messageOf(error)}`);
    });
  }

  private async listen(): Promise<void> {
    this.server?.close();
    const server = createServer(socket => {
      this.receive(socket);
    });
    const address = await newAddress();
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(address, done);
    });
    server.on('error', error => {
      this.services.log.error(`Agents: ${messageOf(error)}`);
    });
    this.server = server;
    this.address = address;
  }

  private receive(socket: Socket): void {
    if (this.programs.size >= MOST_CONNECTIONS) {
      socket.destroy();
      return;
    }
    const onKnown = (): void => {
      this.followOwn();
    };
    const services = { ...this.services, onKnown };
    const program = new AgentProgram(socket, services, token => isSame(token, this.token));
    this.programs.set(socket, program);
    const timer = setTimeout(() => {
      if (!program.isKnown) {
        socket.destroy();
      }
    }, LONGEST_SILENCE);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      this.programs.delete(socket);
      program.end();
      this.followOwn();
    });
  }

  private followOwn(): void {
    const hasOwn = [...this.programs.values()].some(({ isOwn }) => isOwn);
    if (hasOwn !== this.hasOwn) {
      this.hasOwn = hasOwn;
      this.services.onOwn(hasOwn);
    }
  }
}

/** Compares in a time that says nothing of where two tokens differ. */
function isSame(given: string, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}
