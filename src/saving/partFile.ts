import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** What large writes are a multiple of, bytes: the largest block that disks and file systems are known to want. */
const BLOCK = 4096;

/** As much of it as is used here; TypeScript knows it for browsers only. */
declare const WebAssembly: {
  readonly Memory: new (descriptor: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
};

/** WebAssembly's unit of memory, bytes. */
const PAGE = 64 * 1024;

/** From this size on, data is written to the disk without being collected, bytes. */
const LARGE = 512 * 1024;

/**
 * The file that a clip comes together in. Where the system can (Linux, `O_DIRECT`), large writes go to the disk at once, and not through
 * the memory that the system keeps files in: that costs less than half, flushing finds next to nothing to do, and a large clip drives
 * nobody else's files out of there.
 */
export class PartFile {
  private readonly file: FileHandle;
  /** The same file, for large writes; `undefined` where it cannot be written so. */
  private direct: FileHandle | undefined;

  private constructor(file: FileHandle, direct: FileHandle | undefined) {
    this.file = file;
    this.direct = direct;
  }

  /** Opens a file, or makes it. Rejects with what the system says. */
  static async open(path: string): Promise<PartFile> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
    // Other systems do not have the constant, whatever its type says.
    const flag = (constants as Partial<typeof constants>).O_DIRECT;
    const direct =
      flag === undefined ? undefined : await open(path, constants.O_WRONLY | flag).catch(() => undefined);
    return new PartFile(file, direct);
  }

  /** How much of the file there is, bytes. */
  async size(): Promise<number> {
    return (await this.file.stat()).size;
  }

  /** Cuts the file off. */
  async truncate(size: number): Promise<void> {
    await this.file.truncate(size);
  }

  /** Writes bytes to a position in the file. Resolves to how many it took, as a full disk takes some. */
  async write(bytes: Buffer, position: number): Promise<number> {
    if (this.direct && isWhole(bytes.length, position)) {
      try {
        return (await this.direct.write(bytes, 0, bytes.length, position)).bytesWritten;
      } catch {
        // The disk has larger blocks, or wants memory of another kind. What else may be wrong is said again below.
        await this.direct.close();
        this.direct = undefined;
      }
    }
    return (await this.file.write(bytes, 0, bytes.length, position)).bytesWritten;
  }

  /** Has what was written survive a power cut, as far as it is needed to read it. */
  async flushData(): Promise<void> {
    await this.file.datasync();
  }

  /** Has the whole file survive a power cut. */
  async flush(): Promise<void> {
    await this.file.sync();
  }

  async close(): Promise<void> {
    await Promise.all([this.file.close(), this.direct?.close()]);
  }
}

function isWhole(length: number, position: number): boolean {
  return length >= LARGE && length % BLOCK === 0 && position % BLOCK === 0;
}

/** Memory of so many bytes that begins where a block may: that of WebAssembly always does. */
export function alignedMemory(size: number): Buffer {
  try {
    return Buffer.from(new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) }).buffer, 0, size);
  } catch {
    // Each reserves address space, of which a process may get no more: it is written another way then.
    return Buffer.allocUnsafeSlow(size);
  }
}
