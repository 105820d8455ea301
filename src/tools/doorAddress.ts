import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf } from '../base/errors.ts';
import { DOOR_ENDING } from '../mcp/protocol.ts';

/** The longest path of a socket on every system, bytes: macOS has 104 with the end of the text, Linux 108. */
const LONGEST_PATH = 103;

/** What is put behind the folder for temporary files. */
const ROOM = '/dailies-XXXXXX/s'.length;

/** A path for a socket in a folder of its own that nobody else can enter, short enough for every system; on Windows the name of a pipe. */
export async function newAddress(temporary = tmpdir(), platform = process.platform): Promise<string> {
  if (platform === 'win32') {
    return `\\\\.\\pipe\\dailies-${randomBytes(16).toString('hex')}`;
  }
  const isShort = Buffer.byteLength(temporary) + ROOM <= LONGEST_PATH;
  const folder = await mkdtemp(join(isShort ? temporary : '/tmp', 'dailies-'));
  await chmod(folder, 0o700);
  return join(folder, 's');
}

/** Removes the file and the folder of a socket, where it has them. */
export async function removeAddress(address: string): Promise<void> {
  if (!address.startsWith('\\\\')) {
    await rm(address, { force: true });
    await rmdir(dirname(address)).catch(() => undefined);
  }
}

/** Removes what windows have left behind that ended without closing their doors: nobody listens there any more. */
export async function removeLeftDoors(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const address = name.endsWith(DOOR_ENDING) ? await addressIn(file) : undefined;
    if (address !== undefined && (await isLeft(address))) {
      await rm(file, { force: true });
      await removeAddress(address);
    }
  }
}

async function addressIn(file: string): Promise<string | undefined> {
  try {
    const { address } = JSON.parse(await readFile(file, 'utf8')) as { readonly address?: unknown };
    return typeof address === 'string' ? address : undefined;
  } catch {
    // It is being written, or not ours.
    return undefined;
  }
}

/** Whether nobody listens at an address; not where that cannot be said. */
async function isLeft(address: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', error => {
      resolve(['ECONNREFUSED', 'ENOENT'].includes(codeOf(error) ?? ''));
    });
  });
}
