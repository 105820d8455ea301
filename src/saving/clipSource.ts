import type { FileHandle } from 'node:fs/promises';

/** So much is read of one file to check it, bytes: far above the tables of any clip. */
const BUDGET = 32 * 1024 ** 2;

/** Read at once where a few bytes are wanted, bytes: thousands of small boxes cost one read. */
export const BLOCK = 16 * 1024;

/** Thrown where a file wants more to be looked at than a clip is worth. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** A file to be looked into, of which only so much is read. */
export class ClipSource {
  private readonly file: FileHandle;
  /** bytes */
  readonly size: number;
  private left = BUDGET;
  private block: Buffer = Buffer.alloc(0);
  private blockStart = 0;

  constructor(file: FileHandle, size: number) {
    this.file = file;
    this.size = size;
  }

  /** The bytes from `start` to before `end`, fewer where the file ends before. Throws `TooMuch`, or what the system says. */
  async read(start: number, end: number): Promise<Buffer> {
    const length = Math.max(0, Math.min(end, this.size) - start);
    this.left -= length;
    if (this.left < 0) {
      throw new TooMuch();
    }
    const bytes = Buffer.alloc(length);
    let filled = 0;
    for (let count = -1; filled < length && count !== 0; filled += count) {
      count = (await this.file.read(bytes, filled, length - filled, start + filled)).bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  /** A few bytes, as `read`; those near by come with them. */
  async peek(start: number, length: number): Promise<Buffer> {
    const isHere = start >= this.blockStart && start + length <= this.blockStart + this.block.length;
    if (!isHere) {
      this.blockStart = start;
      this.block = await this.read(start, start + Math.max(BLOCK, length));
    }
    return this.block.subarray(start - this.blockStart, start - this.blockStart + length);
  }
}
