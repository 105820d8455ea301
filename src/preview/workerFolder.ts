import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { Uri } from 'vscode';

/** The script of the workers of all pages: the largest file of Dailies. */
const NAME = 'clipWorker.js';

/** Where it is unpacked, and the folders that it has been found in, by the folder of the pages. */
let storage: Uri | undefined;
const found = new Map<string, Uri>();

/** Sets the folder in which packed scripts are unpacked. */
export function unpackInto(folder: Uri): void {
  storage = folder;
}

/**
 * The folder with the script that reads clips in workers. The package has it packed, as it would take a third of the package; it is
 * unpacked once for each version.
 */
export function workerFolder(pages: Uri): Uri {
  const known = found.get(pages.toString());
  if (known && existsSync(urlOf(known, NAME))) {
    return known;
  }
  const folder = existsSync(urlOf(pages, NAME)) || !storage ? pages : unpacked(pages, storage);
  found.set(pages.toString(), folder);
  return folder;
}

function unpacked(pages: Uri, into: Uri): Uri {
  const packed = readFileSync(urlOf(pages, `${NAME}.br`));
  const name = createHash('sha256').update(packed).digest('hex').slice(0, 16);
  const folder = Uri.joinPath(into, name);
  if (!existsSync(urlOf(folder, NAME))) {
    mkdirSync(urlOf(folder, ''), { recursive: true });
    // Other windows may be at it, too: what has the name is whole.
    const part = urlOf(folder, `.${randomUUID()}.part`);
    writeFileSync(part, brotliDecompressSync(packed));
    renameSync(part, urlOf(folder, NAME));
    removeOthers(into, name);
  }
  return folder;
}

/** Those of versions before. One that another window still uses may stay. */
function removeOthers(folder: Uri, name: string): void {
  for (const other of readdirSync(urlOf(folder, ''))) {
    if (other !== name) {
      try {
        rmSync(urlOf(folder, other), { recursive: true, force: true });
      } catch {
        // In use, on Windows.
      }
    }
  }
}

function urlOf(folder: Uri, name: string): URL {
  return new URL(Uri.joinPath(folder, name).toString());
}
