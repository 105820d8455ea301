import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder that have a secret in them, in UTF-8 or UTF-16, as a search of the raw bytes finds it. */
export function filesWith(secret: string, folder: string): string[] {
  const needles = [Buffer.from(secret), Buffer.from(secret, 'utf16le')];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .filter(path => {
      const bytes = readFileSync(path);
      return needles.some(needle => bytes.includes(needle));
    });
}
