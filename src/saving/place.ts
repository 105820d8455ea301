import { open, stat, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Part } from '../tasks/part.ts';
import { SaveError } from './errors.ts';
import { MOST_NUMBERS, numbered } from './fileName.ts';
import { exists, moveUnlessTaken } from './moving.ts';
import { sidecarName, writeSidecar } from './sidecar.ts';
import type { ClipName, Target } from './target.ts';

/** A folder of this machine. */
export class LocalFolder implements Target {
  readonly workFolder: string;

  constructor(path: string) {
    this.workFolder = resolve(path);
  }

  async place(
    part: string,
    { name, ending, hasSidecar }: ClipName,
    intend: (path: string) => Promise<void>,
  ): Promise<string> {
    for (let count = 1; count <= MOST_NUMBERS; count++) {
      const path = join(this.workFolder, numbered(name, count, ending));
      const isTaken = (await exists(path)) || (hasSidecar && (await exists(sidecarName(path))));
      if (!isTaken) {
        await intend(path);
        if (await moveUnlessTaken(part, path)) {
          await flushFolder(this.workFolder);
          return path;
        }
      }
    }
    throw new SaveError('folder', `${numbered(name, MOST_NUMBERS, ending)} is there already.`);
  }

  async wasPlaced({ path, placing, size }: Part): Promise<boolean> {
    const [part, placed] = await Promise.all([path, placing ?? ''].map(statOf));
    if (!placed) {
      return false;
    }
    if (part) {
      // Both names, one file: only the temporary one was still to go.
      const isOne = part.ino === placed.ino && part.dev === placed.dev;
      if (isOne) {
        await unlink(path).catch(() => undefined);
      }
      return isOne;
    }
    return placed.size === size;
  }

  async writeSidecar(clip: string, content: string): Promise<void> {
    await writeSidecar(clip, content);
  }
}

/** A name that is not flushed can be lost with the power, though the file's content is not. */
async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Windows and some network shares cannot flush a folder.
  }
}

async function statOf(path: string): Promise<{ ino: bigint; dev: bigint; size: number } | undefined> {
  try {
    const { ino, dev, size } = await stat(path, { bigint: true });
    return { ino, dev, size: Number(size) };
  } catch {
    return undefined;
  }
}
