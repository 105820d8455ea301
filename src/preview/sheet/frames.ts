import { FrameReader } from '../player/frameReader.ts';
import type { SheetClip } from '../sheetProtocol.ts';

/** How many frames are decoded concurrently. */
const AT_ONCE = 2;

/** How many frames are cached. At 360 × 202 pixels of 4 bytes they take 58 MB. */
const KEPT = 200;

/** The longer side of a first frame, pixels: sharp in the widest tile, or in half of it at a device pixel ratio of 2. */
const LONGER_SIDE = 360;

/** A clip whose file exists. */
export type ClipWithFile = SheetClip & { readonly source: string };

/** The state of a clip's first frame. */
export type Frame = HTMLCanvasElement | 'failed' | undefined;

/** Receives decoded frames and failures. */
export interface FrameListener {
  taken(clip: ClipWithFile, frame: HTMLCanvasElement): void;
  failed(clip: ClipWithFile, reason: string): void;
}

/** Decodes the first frames of clips, two at a time and the most wanted first, and caches the most recently viewed ones. */
export class Frames {
  private readonly listener: FrameListener;
  /** In order of use, the most recent last. */
  private readonly kept = new Map<string, HTMLCanvasElement>();
  private readonly failures = new Set<string>();
  private readonly taking = new Map<string, AbortController>();
  /** A worker for each concurrent frame, so that one that crashes on a damaged file does not affect the other. */
  private readonly readers: FrameReader[];
  private wanted: readonly ClipWithFile[] = [];

  /** `script` is the URL of `dist/pages/clipWorker.js`. */
  constructor(listener: FrameListener, script: string) {
    this.listener = listener;
    this.readers = Array.from({ length: AT_ONCE }, () => new FrameReader(script));
  }

  get(clip: ClipWithFile): Frame {
    const id = idOf(clip);
    const frame = this.kept.get(id);
    if (!frame) {
      return this.failures.has(id) ? 'failed' : undefined;
    }
    this.kept.delete(id);
    this.kept.set(id, frame);
    return frame;
  }

  /** Sets the clips that are in view, the nearest first. Decoding of others is aborted. */
  want(clips: readonly ClipWithFile[]): void {
    this.wanted = clips.filter(clip => !this.kept.has(idOf(clip)) && !this.failures.has(idOf(clip)));
    const ids = new Set(this.wanted.map(idOf));
    for (const [id, abort] of this.taking) {
      if (!ids.has(id)) {
        abort.abort();
        this.taking.delete(id);
      }
    }
    this.takeNext();
  }

  /** Forgets failures, because a file may exist again. */
  forgetFailures(): void {
    this.failures.clear();
  }

  private takeNext(): void {
    for (;;) {
      const next = this.wanted.find(clip => !this.taking.has(idOf(clip)));
      const reader = next && this.readers.pop();
      if (!reader) {
        return;
      }
      void this.take(next, reader);
    }
  }

  private async take(clip: ClipWithFile, reader: FrameReader): Promise<void> {
    const id = idOf(clip);
    const abort = new AbortController();
    this.taking.set(id, abort);
    try {
      const frame = await reader.take(clip.source, 'first', abort.signal, LONGER_SIDE);
      this.keep(id, frame);
      this.settle(clip, abort);
      this.listener.taken(clip, frame);
    } catch (error) {
      // An aborted frame is no longer wanted, or is being decoded again.
      if (!abort.signal.aborted) {
        this.failures.add(id);
        this.settle(clip, abort);
        this.listener.failed(clip, String(error));
      }
    }
    this.readers.push(reader);
    this.takeNext();
  }

  private settle(clip: ClipWithFile, abort: AbortController): void {
    const id = idOf(clip);
    this.wanted = this.wanted.filter(one => idOf(one) !== id);
    if (this.taking.get(id) === abort) {
      this.taking.delete(id);
    }
  }

  private keep(id: string, frame: HTMLCanvasElement): void {
    this.kept.set(id, frame);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) {
      this.kept.delete(oldest);
    }
  }
}

/** The cache key: another file of the same task has another frame, and so have two tasks with the same file. */
function idOf({ key, source }: ClipWithFile): string {
  return `${key} ${source}`;
}
