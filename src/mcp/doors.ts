import { lstat, readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { DOOR_ENDING, PROTOCOL, type Door } from './protocol.ts';

/** The largest file of a window, bytes. */
const LARGEST = 64 * 1024;

/** Who else may do anything with a file: group and others. */
const OTHERS = 0o077;

/** Why a file is not read. */
export class UnsafeDoorError extends Error {
  override readonly name = 'UnsafeDoorError';
}

/** Whether the system does not let this user at something. */
export function isForbidden(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EACCES' || code === 'EPERM';
}

/** The VS Code with Dailies is another user's. */
export function anotherUsers(): UnsafeDoorError {
  return new UnsafeDoorError(
    'The VS Code that Dailies runs in belongs to another user of this computer, and only that user can connect to it.',
  );
}

/** A window's file. Throws `UnsafeDoorError` where it is another user's, or others may read it. */
export async function readDoor(path: string): Promise<Door> {
  const file = await lstat(path).catch((error: unknown) => {
    throw isForbidden(error) ? anotherUsers() : error;
  });
  if (!file.isFile()) {
    throw new UnsafeDoorError(`${path} is not a file.`);
  }
  // On Windows, the folder of the person's own settings is theirs alone.
  if (process.getuid && file.uid !== process.getuid()) {
    throw anotherUsers();
  }
  if (process.getuid && (file.mode & OTHERS) !== 0) {
    throw new UnsafeDoorError(`${path} can be read by other users of this computer, so it is not used.`);
  }
  const door = file.size > LARGEST ? undefined : (JSON.parse(await readFile(path, 'utf8')) as unknown);
  if (!isDoor(door)) {
    throw new UnsafeDoorError(`${path} cannot be read.`);
  }
  return door;
}

/**
 * The windows that may be reached, the most fitting first: those of the folder that the server runs in, then those used last. Throws
 * `UnsafeDoorError` where there are only such that must not be.
 */
export async function findDoors(folder: string, workingFolder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isForbidden(error)) {
      throw anotherUsers();
    }
    return [];
  });
  const found: { path: string; door: Door }[] = [];
  let unsafe: UnsafeDoorError | undefined;
  for (const name of names.filter(one => one.endsWith(DOOR_ENDING))) {
    const path = join(folder, name);
    try {
      const door = await readDoor(path);
      if (door.protocol === PROTOCOL) {
        found.push({ path, door });
      }
    } catch (error) {
      // Else it is gone meanwhile.
      unsafe = error instanceof UnsafeDoorError ? error : unsafe;
    }
  }
  if (found.length === 0 && unsafe) {
    throw unsafe;
  }
  const isNear = ({ door }: { door: Door }): boolean =>
    door.folders.some(one => isInside(one, workingFolder));
  return found
    .sort((a, b) => Number(isNear(b)) - Number(isNear(a)) || b.door.at - a.door.at)
    .map(({ path }) => path);
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function isDoor(value: unknown): value is Door {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { protocol, address, token, folders, at } = value as Partial<Record<keyof Door, unknown>>;
  return (
    typeof protocol === 'number' &&
    typeof address === 'string' &&
    typeof token === 'string' &&
    typeof at === 'number' &&
    Array.isArray(folders) &&
    folders.every(one => typeof one === 'string')
  );
}
