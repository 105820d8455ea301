import { open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Part } from '../tasks/part.ts';
import { numbered } from './fileName.ts';
import { exists, moveUnlessTaken } from './moving.ts';
import { sidecarName, writeSidecar } from './sidecar.ts';
import { takeName } from './takeName.ts';
import { versionText, type ClipName, type Target } from './target.ts';

/** A folder of this machine. */
export class LocalFolder implements Target {
  readonly workFolder: string;

  constructor(path: string) {
    this.workFolder = resolve(path);
  }

  get folder(): string {
    return this.workFolder;
  }

  async place(
    part: string,
    { name, ending, hasSidecar, replaces }: ClipName,
    intend: (path: string) => Promise<void>,
  ): Promise<string> {
    const folder = this.workFolder;
    const wanted = join(folder, numbered(name, 1, ending));
    if (replaces !== null && replaces === (await versionOf(wanted))) {
      await intend(wanted);
      await rename(part, wanted);
      await flushFolder(folder);
      return wanted;
    }
    const take = async (candidate: string): Promise<boolean> => {
      const path = join(folder, candidate);
      if ((await exists(path)) || (hasSidecar && (await exists(sidecarName(path))))) {
        return false;
      }
      await intend(path);
      return moveUnlessTaken(part, path);
    };
    const endings = [ending, ...(hasSidecar ? ['json'] : [])] as const;
    const taken = await takeName(name, endings, async () => readdir(folder), take);
    await flushFolder(folder);
    return join(folder, taken);
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

async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { size, mtime } = await stat(path);
    return versionText({ size, mtime: mtime.getTime() });
  } catch {
    // There is no longer anything to replace.
    return undefined;
  }
}
