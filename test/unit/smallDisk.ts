import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from './builders.ts';

/**
 * A disk of its own of so many bytes, which can be filled and made read-only; `close` comes before it goes. Mounting one
 * needs Linux and root, or sudo without a word. Call in a `describe`.
 */
export function useSmallDisk(bytes: number, close: () => void): () => string {
  const disk = (): string => join(folder(), 'disk');
  afterEach(() => {
    close();
    asRoot('umount', disk());
  });
  const folder = useFolder();
  beforeEach(() => {
    mkdirSync(disk());
    mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', disk());
  });
  return disk;
}

/** Makes such a disk read-only, for root too, or writable again. */
export function remount(disk: string, mode: 'ro' | 'rw'): void {
  mount('-o', `remount,${mode}`, disk);
}

/** Has the system refuse to rename or remove a file (EBUSY), as it does while another program holds it. Gives what lets go. */
export function hold(path: string): () => void {
  mount('--bind', path, path);
  return () => {
    asRoot('umount', path);
  };
}

function mount(...parameters: string[]): void {
  asRoot('mount', ...parameters);
}

function asRoot(program: string, ...parameters: string[]): void {
  const command = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const [first = program, ...rest] = [...command, program, ...parameters];
  execFileSync(first, rest);
}
