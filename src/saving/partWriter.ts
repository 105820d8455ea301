import type { FileHandle } from 'node:fs/promises';
import { SECOND } from '../base/clock.ts';

/** Small writes cost more than their bytes: chunks are gathered up to this size. */
const WRITE_SIZE = 1024 ** 2;

/** How often what has come is flushed to the disk and reported, ms: no more than this is fetched a second time. */
const FLUSH_EVERY = SECOND;

/**
 * Appends to a file in large pieces while the next ones come in, and flushes it to the disk now and then, so that what
 * is reported to be there survives a power cut. Holds no more than two pieces in memory.
 */
export class PartWriter {
  private readonly file: FileHandle;
  private readonly onFlushed: (size: number) => void;
  private gathered: Buffer[] = [];
  private gatheredSize = 0;
  /** Where the next piece goes. */
  private size: number;
  private writing: Promise<void> = Promise.resolve();
  private flushing: Promise<void> = Promise.resolve();
  private isFlushing = false;
  private wroteAt = performance.now();
  private flushedAt = performance.now();

  /** Goes on at `start`. `onFlushed` hears how many bytes of the file are on the disk. */
  constructor(file: FileHandle, start: number, onFlushed: (size: number) => void) {
    this.file = file;
    this.size = start;
    this.onFlushed = onFlushed;
  }

  /** Takes the next bytes; resolves when there is room for more. Rejects when an earlier piece could not be written. */
  async add(chunk: Buffer): Promise<void> {
    this.gathered.push(chunk);
    this.gatheredSize += chunk.length;
    // A slow line is written every second all the same.
    if (this.gatheredSize >= WRITE_SIZE || performance.now() - this.wroteAt >= FLUSH_EVERY) {
      await this.writing;
      this.write();
    }
  }

  /** Writes and flushes all that was taken. */
  async finish(): Promise<void> {
    await this.writing;
    this.write();
    await this.writing;
    await this.flushing;
    await this.file.sync();
    this.onFlushed(this.size);
  }

  private write(): void {
    const [piece, position] = [this.gathered, this.size];
    this.gathered = [];
    this.size += this.gatheredSize;
    this.gatheredSize = 0;
    this.wroteAt = performance.now();
    if (piece.length > 0) {
      this.writing = this.append(piece, position);
      // Whoever adds or finishes next hears of it.
      this.writing.catch(() => undefined);
    }
  }

  private async append(piece: Buffer[], position: number): Promise<void> {
    await this.file.writev(piece, position);
    if (!this.isFlushing && performance.now() - this.flushedAt >= FLUSH_EVERY) {
      this.flushing = this.flush(this.size);
      this.flushing.catch(() => undefined);
    }
  }

  /** Beside the next pieces: waiting for the disk here would hold up the line. */
  private async flush(size: number): Promise<void> {
    this.isFlushing = true;
    try {
      await this.file.datasync();
      this.onFlushed(size);
    } finally {
      this.isFlushing = false;
      this.flushedAt = performance.now();
    }
  }
}
