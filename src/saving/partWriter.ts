import { SECOND } from '../base/clock.ts';
import { asSaveError } from './errors.ts';
import { alignedMemory, type PartFile } from './partFile.ts';

/** What is written to. */
type WrittenFile = Pick<PartFile, 'write' | 'flushData' | 'flush'>;

/** How much is written at once, bytes: small writes cost more than their bytes, and larger ones gain nothing. */
const PIECE = 1024 ** 2;

/** One is filled while the others are written. */
const PIECES = 3;

/** How often what has come is flushed to the disk and reported, ms: no more than this is fetched a second time. */
const FLUSH_EVERY = SECOND;

/** Pieces of downloads that are over, for those to come: a large buffer is costly to make. */
const spare: Buffer[][] = [];

function makePieces(): Buffer[] {
  const memory = alignedMemory(PIECE * PIECES);
  return Array.from({ length: PIECES }, (_, index) => memory.subarray(index * PIECE, (index + 1) * PIECE));
}

/**
 * Appends to a file in large pieces while the next ones come in, and flushes it to the disk now and then, so that what
 * is reported to be there survives a power cut. Holds three pieces in memory, whatever comes.
 */
export class PartWriter {
  private readonly file: WrittenFile;
  private readonly onFlushed: (size: number) => void;
  private readonly free = spare.pop() ?? makePieces();
  private fail: (error: unknown) => void = () => undefined;
  /** How much of the piece at hand, the first of the free ones, is filled. */
  private filled = 0;
  /** Where the next piece goes. */
  private size: number;
  private writing: Promise<void> = Promise.resolve();
  private flushing: Promise<void> | undefined;
  private wroteAt = performance.now();
  private flushedAt = performance.now();

  private readonly failed = new Promise<never>((_done, fail) => {
    this.fail = fail;
  });
  private onRoom: () => void = () => undefined;

  /** Continues at `start`. `onFlushed` receives how many bytes of the file are on the disk. */
  constructor(file: WrittenFile, start: number, onFlushed: (size: number) => void) {
    this.file = file;
    this.size = start;
    this.onFlushed = onFlushed;
    // Whoever adds or finishes gets the error.
    this.failed.catch(() => undefined);
  }

  /**
   * Takes the next bytes. Where there is no room for all of them now, gives what resolves when all have found some, before
   * which nothing else may be added, and rejects when earlier ones could not be written.
   */
  add(chunk: Buffer): Promise<void> | undefined {
    const taken = this.put(chunk);
    return taken < chunk.length ? this.addWhenPossible(chunk.subarray(taken)) : undefined;
  }

  /** Writes and flushes all that was taken. Nothing may be added after that. */
  async finish(): Promise<void> {
    this.write();
    await Promise.race([this.writing, this.failed]);
    await this.flushing;
    await this.file.flush();
    this.onFlushed(this.size);
    spare.push(this.free.splice(0));
  }

  private async addWhenPossible(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length; at += this.put(chunk.subarray(at))) {
      if (this.free.length === 0) {
        await Promise.race([new Promise<void>(done => (this.onRoom = done)), this.failed]);
      }
    }
  }

  /** Copies what there is room for, and gives how much that is, bytes. */
  private put(chunk: Buffer): number {
    let at = 0;
    for (let [piece] = this.free; piece && at < chunk.length; [piece] = this.free) {
      // Pieces end at multiples of their length, from where on the disk takes them whole.
      const room = PIECE - (this.size % PIECE);
      const count = chunk.copy(piece, this.filled, at, at + room - this.filled);
      at += count;
      this.filled += count;
      // A slow line is written every second all the same.
      if (this.filled === room || performance.now() - this.wroteAt >= FLUSH_EVERY) {
        this.write();
      }
    }
    return at;
  }

  private write(): void {
    const [piece, length, position] = [this.free[0], this.filled, this.size];
    this.wroteAt = performance.now();
    if (!piece || length === 0) {
      return;
    }
    this.free.shift();
    this.filled = 0;
    this.size += length;
    this.writing = this.writing.then(async () => {
      await this.append(piece.subarray(0, length), position);
      this.free.push(piece);
      this.onRoom();
    });
    this.writing.catch((error: unknown) => {
      this.fail(asSaveError(error));
    });
  }

  private async append(piece: Buffer, position: number): Promise<void> {
    // A disk that gets full takes what it can, and says so only of the rest.
    for (let at = 0; at < piece.length;) {
      at += await this.file.write(piece.subarray(at), position + at);
    }
    if (!this.flushing && performance.now() - this.flushedAt >= FLUSH_EVERY) {
      this.flushing = this.flush(position + piece.length);
      this.flushing.catch((error: unknown) => {
        this.fail(asSaveError(error));
      });
    }
  }

  /** In parallel with the next pieces: waiting for the disk here would hold up the line. */
  private async flush(size: number): Promise<void> {
    await this.file.flushData();
    this.flushing = undefined;
    this.flushedAt = performance.now();
    this.onFlushed(size);
  }
}
