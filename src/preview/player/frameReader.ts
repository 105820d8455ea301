import { remoteFile } from './pieces.ts';
import { ClipWorkers } from './media/clipWorker.ts';
import type { FrameAt } from './media/messages.ts';

/** A frame takes some 50 ms; what takes longer than this is made to take for ever, ms. */
const LIMIT = 10_000;

/** Takes single frames out of files, in a worker: seeking a video ends near its last frame, not on it. */
export class FrameReader {
  private readonly workers: ClipWorkers;

  /** `script` is the address of `dist/pages/clipWorker.js`. */
  constructor(script: string) {
    this.workers = new ClipWorkers(script);
  }

  /**
   * A frame of the clip at an address, in its full size or with its longer side so many pixels long. Rejects where there is none,
   * where the file cannot be read, and when `signal` says so.
   */
  async take(
    source: string,
    at: FrameAt,
    signal: AbortSignal,
    longerSide: number | null = null,
  ): Promise<HTMLCanvasElement> {
    const file = await remoteFile(source, signal);
    const transfer = [file.start.buffer, file.pieces];
    // The signal ends the fetching, and so the request: the worker is good for the next frame.
    const frame = await this.workers.ask('frame', { file, at, longerSide }, { limit: LIMIT, transfer });
    signal.throwIfAborted();
    const canvas = document.createElement('canvas');
    canvas.width = frame.width;
    canvas.height = frame.height;
    canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(frame);
    return canvas;
  }
}
