import { remoteFile } from './remoteFile.ts';
import { ClipWorkers } from './media/clipWorker.ts';
import type { FrameAt } from './media/messages.ts';

/** Decoding a frame takes some 50 ms. A file that needs longer than this is made to block the decoder, ms. */
const LIMIT = 10_000;

/** Decodes exact frames of a file, in a worker. (Seeking a video element ends only near its last frame.) */
export class FrameReader {
  private readonly workers: ClipWorkers;

  /** `script` is the URL of `dist/pages/clipWorker.js`. */
  constructor(script: string) {
    this.workers = new ClipWorkers(script);
  }

  /**
   * A frame of the clip at a URL, in full size or scaled so that its longer side has `longerSide` pixels. Rejects if there is no
   * such frame, if the file cannot be read, and when `signal` is aborted.
   */
  async take(
    source: string,
    at: FrameAt,
    signal: AbortSignal,
    longerSide: number | null = null,
  ): Promise<HTMLCanvasElement> {
    const file = await remoteFile(source, signal);
    const transfer = [file.start.buffer, file.pieces];
    // Aborting makes the fetches fail, which ends the request: the worker can be reused.
    const frame = await this.workers.request('frame', { file, at, longerSide }, { limit: LIMIT, transfer });
    signal.throwIfAborted();
    const canvas = document.createElement('canvas');
    canvas.width = frame.width;
    canvas.height = frame.height;
    canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(frame);
    return canvas;
  }
}
