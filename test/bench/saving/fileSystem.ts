import { mkdirSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';

const OUT = resolve(import.meta.dirname, '../../../out');

/** A new folder that lies on a disk: among temporary files, or, where those are kept in memory, in `out/`. */
export function makeFolderOnDisk(): string {
  const isInMemory = /^(tmpfs|ramfs)\b/.test(fileSystemOf(tmpdir()));
  const parent = isInMemory ? OUT : tmpdir();
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'dailies-bench-'));
}

/** The file system that a folder is on, such as `ext4 of /dev/vda`; empty where the system does not tell. */
export function fileSystemOf(folder: string): string {
  const path = join(realpathSync(folder), sep);
  const [mount] = mounts()
    .filter(([, point = '']) => path.startsWith(join(point, sep)))
    .sort(([, a = ''], [, b = '']) => b.length - a.length);
  const [device = '', , type = ''] = mount ?? [];
  return mount ? `${type} of ${device}` : '';
}

/** Device, place and type of what is mounted, on Linux. */
function mounts(): string[][] {
  try {
    return readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map(line => line.split(' '));
  } catch {
    // Not Linux.
    return [];
  }
}
