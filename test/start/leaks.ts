import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder that have a secret in them, in UTF-8 or UTF-16, as a search of the raw bytes finds it. */
export function filesWith(secret: string, folder: string): string[] {
  const needles = [Buffer.from(secret), Buffer.from(secret, 'utf16le')];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .filter(path => {
      const bytes = readIfThere(path);
      return needles.some(needle => bytes.includes(needle));
    });
}

/** A file's bytes; none of one that was removed since it was listed, as a running VS Code does. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
